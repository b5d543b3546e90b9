package io.escalus4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ExpectedFailuresTest {
    @Test
    void a_line_names_a_story_the_section_the_reason_and_a_link() {
        var failures = ExpectedFailures.parse("""
                # comment

                RosterStory.a_contact | RFC 6121 section 2 | no push | https://example.org/1
                """, "file");

        assertThat(failures.all()).hasSize(1);
        assertThat(failures.of("RosterStory.a_contact"))
                .hasValue(new ExpectedFailure(
                        "RosterStory.a_contact", "RFC 6121 section 2", "no push", "https://example.org/1"));
        assertThat(failures.of("RosterStory.another")).isEmpty();
    }

    @Test
    void a_line_without_a_reason_a_link_or_a_part_is_told_with_its_number() {
        assertThatThrownBy(() -> ExpectedFailures.parse("\nA.b | RFC 1 | reason", "file"))
                .hasMessage(
                        "file line 2: 'A.b | RFC 1 | reason' has 3 parts, we allow 'Story.name | section | reason | link'");
        assertThatThrownBy(() -> ExpectedFailures.parse("A.b | RFC 1 | | x", "file"))
                .hasMessageContaining("file line 1: the expected failure of A.b must have a reason and a link");
        assertThatThrownBy(() -> ExpectedFailures.parse("A.b|s|r|l\nA.b|s|r|l", "file"))
                .hasMessageContaining("file line 2: 'A.b' stands there twice");
    }

    @Test
    void the_file_of_a_server_has_its_name_and_version() {
        assertThat(ExpectedFailures.resource(new ServerFeatures.Software("Prosody", "0.12.3")))
                .isEqualTo("expected-failures/prosody-0.12.3.txt");
        assertThat(ExpectedFailures.resource(new ServerFeatures.Software("ejabberd", "23.01-1")))
                .isEqualTo("expected-failures/ejabberd-23.01.txt");
    }

    @Test
    void without_the_setting_nothing_is_expected() {
        assertThat(ExpectedFailures.of(Settings.standard(), ServerFeatures.Software.UNKNOWN)
                        .all())
                .isEmpty();
        assertThat(ExpectedFailures.of(
                                Settings.standard().with(Option.EXPECTED, "auto"), ServerFeatures.Software.UNKNOWN)
                        .all())
                .isEmpty();
    }
}
