package io.escalus4j.server.xep.muc;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.MucRoom.Affiliation;
import io.escalus4j.server.xmpp.DataForm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a room is like, as a form has it and as it counts. */
class RoomConfigTest {
    private static RoomConfig submitted(String fields) {
        Element query = Element.parse("<query xmlns='" + MucXml.OWNER + "'><x xmlns='jabber:x:data' type='submit'>"
                + fields + "</x></query>");
        return RoomConfig.STANDARD.with(DataForm.in(query).orElseThrow());
    }

    @ParameterizedTest
    @EnumSource(Option.class)
    void what_is_standard_is_allowed_and_says_the_same_if_it_is_sent_back(Option option) {
        assertThat(option.faultIn(option.standard())).isEmpty();
        assertThat(RoomConfig.STANDARD.with(Map.of(option, option.standard()))).isEqualTo(RoomConfig.STANDARD);
        assertThat(Option.of(option.field())).contains(option);
    }

    @Test
    void a_form_that_is_sent_back_changes_nothing() {
        Element form = RoomConfig.STANDARD
                .addTo(DataForm.asking(MucXml.CONFIG, "", ""))
                .toElement()
                .with("type", "submit");
        var read = DataForm.in(Element.of("query", MucXml.OWNER).with(form)).orElseThrow();

        assertThat(RoomConfig.STANDARD.with(read)).isEqualTo(RoomConfig.STANDARD);
    }

    @Test
    void what_a_form_does_not_say_stays_and_what_is_no_option_counts_for_nothing() {
        var config = submitted("<field var='muc#roomconfig_roomname'><value>Chess</value></field>"
                + "<field var='muc#roomconfig_colour'><value>red</value></field>");

        assertThat(config).isEqualTo(RoomConfig.STANDARD.with(Option.NAME, "Chess"));
    }

    @ParameterizedTest
    @CsvSource({"1, true", "true, true", "0, false", "false, false"})
    void a_flag_is_kept_in_one_way(String written, boolean meant) {
        var config = RoomConfig.STANDARD.with(Option.MEMBERS_ONLY, written);

        assertThat(config.isMembersOnly()).isEqualTo(meant);
        assertThat(config.text(Option.MEMBERS_ONLY)).isEqualTo(meant ? "1" : "0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes", "TRUE", " 1", "2"})
    void another_is_a_fault(String written) {
        assertThat(Option.MEMBERS_ONLY.faultIn(List.of(written))).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"none,", "1, 1", "37, 37", "999999, 999999"})
    void how_many_may_be_in_a_room(String written, Integer most) {
        assertThat(Option.MAX_USERS.faultIn(List.of(written))).isEmpty();
        assertThat(RoomConfig.STANDARD
                        .with(Option.MAX_USERS, written)
                        .maxUsers()
                        .orElse(null))
                .isEqualTo(most);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5", "all", "1000000", "٣"})
    void what_is_no_number_of_users(String written) {
        assertThat(Option.MAX_USERS.faultIn(List.of(written))).isPresent();
        assertThat(Option.HISTORY.faultIn(List.of(written))).isPresent();
    }

    @Test
    void a_password_counts_where_one_is_needed() {
        var secret = RoomConfig.STANDARD.with(Option.SECRET, "toil");

        assertThat(secret.password()).isEmpty();
        assertThat(secret.with(Option.PROTECTED, "1").password()).contains("toil");
        assertThat(RoomConfig.STANDARD.with(Option.PROTECTED, "1").password()).contains("");
    }

    @Test
    void several_values_are_for_lists_of_several() {
        assertThat(Option.BROADCAST.faultIn(List.of("visitor", "moderator"))).isEmpty();
        assertThat(Option.WHOIS.faultIn(List.of("anyone", "moderators"))).isPresent();
        assertThat(Option.NAME.faultIn(List.of("One", "Two"))).isPresent();
        var config = RoomConfig.STANDARD.with(Map.of(Option.BROADCAST, List.of("visitor", "moderator", "visitor")));
        assertThat(config.values().get(Option.BROADCAST)).containsExactly("moderator", "visitor");
        assertThat(config.broadcasts(Role.PARTICIPANT)).isFalse();
        assertThat(RoomConfig.STANDARD.with(Map.of(Option.BROADCAST, List.of())).broadcasts(Role.MODERATOR))
                .isFalse();
    }

    @Test
    void texts_have_an_end() {
        assertThat(Option.NAME.faultIn(List.of("x".repeat(255)))).isEmpty();
        assertThat(Option.NAME.faultIn(List.of("x".repeat(256)))).isPresent();
        assertThat(Option.DESCRIPTION.faultIn(List.of("x".repeat(4000)))).isEmpty();
        assertThat(Option.DESCRIPTION.faultIn(List.of("x".repeat(4001)))).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "0, NONE, PARTICIPANT", "0, MEMBER, PARTICIPANT", "0, ADMIN, MODERATOR", "0, OWNER, MODERATOR",
        "1, NONE, VISITOR", "1, MEMBER, PARTICIPANT", "1, ADMIN, MODERATOR", "1, OWNER, MODERATOR"
    })
    void what_somebody_is_on_entering(String moderated, Affiliation affiliation, Role role) {
        assertThat(RoomConfig.STANDARD.with(Option.MODERATED, moderated).initialRole(affiliation))
                .isEqualTo(role);
    }

    @ParameterizedTest
    @CsvSource({
        "anyone, VISITOR, true", "participants, VISITOR, false", "participants, PARTICIPANT, true",
        "moderators, PARTICIPANT, false", "moderators, MODERATOR, true", "none, MODERATOR, false"
    })
    void who_sends_private_messages(String allowed, Role role, boolean may) {
        assertThat(RoomConfig.STANDARD.with(Option.PRIVATE_MESSAGES, allowed).letsSendPrivately(role))
                .isEqualTo(may);
    }
}
