package io.escalus4j.stories.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {
    @ParameterizedTest
    @CsvSource({
        "*, RosterStory, a_contact_is_removed, true",
        "roster, RosterStory, a_contact_is_removed, true",
        "ROSTER, RosterStory, a_contact_is_removed, true",
        "sterSt, RosterStory, a_contact_is_removed, true",
        "ping, RosterStory, a_contact_is_removed, false",
        "roster.*contact*, RosterStory, a_contact_is_removed, true",
        "roster.a_contact_is_removed, RosterStory, a_contact_is_removed, true",
        "roster.contact, RosterStory, a_contact_is_removed, false",
        "*.*removed, RosterStory, a_contact_is_removed, true",
        "*.*removed, PingStory, the_server_answers_a_ping, false",
        "r*r, RosterStory, a_contact_is_removed, true",
        "(.+, RosterStory, a_contact_is_removed, false",
        "'ping,roster', RosterStory, a_contact_is_removed, true",
        "'ping.*, roster.*removed', RosterStory, a_contact_is_removed, true",
        "'ping,version', RosterStory, a_contact_is_removed, false",
    })
    void a_pattern_names_stories(String pattern, String type, String method, boolean wanted) {
        assertThat(Selection.of(pattern).includes(type, method)).isEqualTo(wanted);
    }
}
