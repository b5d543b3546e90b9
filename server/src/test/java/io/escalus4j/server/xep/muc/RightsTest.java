package io.escalus4j.server.xep.muc;

import static io.escalus4j.server.store.MucRoom.Affiliation.ADMIN;
import static io.escalus4j.server.store.MucRoom.Affiliation.MEMBER;
import static io.escalus4j.server.store.MucRoom.Affiliation.NONE;
import static io.escalus4j.server.store.MucRoom.Affiliation.OUTCAST;
import static io.escalus4j.server.store.MucRoom.Affiliation.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.server.store.MucRoom.Affiliation;
import io.escalus4j.server.xmpp.StanzaError;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Laws of who may do what, over all that there are; the tables themselves are told as stories. */
class RightsTest {
    private static final List<Affiliation> ALL = List.of(Affiliation.values());
    private static final List<Role> ROLES = List.of(Role.values());

    private static String outcome(Optional<StanzaError> refusal) {
        return refusal.map(error -> error.condition().wire()).orElse("ok");
    }

    private static String role(Affiliation actor, Role role, Affiliation target, Role before, Role after) {
        return outcome(Rights.toRole(actor, role, target, before, after));
    }

    @Test
    void who_is_no_moderator_gives_nobody_a_voice_and_takes_none() {
        for (Affiliation target : ALL) {
            for (Role asking : List.of(Role.NONE, Role.VISITOR, Role.PARTICIPANT)) {
                for (Role after : List.of(Role.NONE, Role.VISITOR, Role.PARTICIPANT)) {
                    assertThat(role(NONE, asking, target, Role.VISITOR, after)).isEqualTo("forbidden");
                }
            }
        }
    }

    @Test
    void only_admins_and_owners_make_moderators_wherever_they_are() {
        for (Affiliation actor : ALL) {
            for (Role asking : ROLES) {
                assertThat(role(actor, asking, MEMBER, Role.PARTICIPANT, Role.MODERATOR))
                        .isEqualTo(actor.isAtLeast(ADMIN) ? "ok" : "forbidden");
            }
        }
    }

    @Test
    void nobody_takes_the_status_or_the_voice_of_an_admin_or_owner() {
        for (Affiliation target : List.of(ADMIN, OWNER)) {
            assertThat(role(OWNER, Role.MODERATOR, target, Role.MODERATOR, Role.PARTICIPANT))
                    .isEqualTo("not-allowed");
            assertThat(role(OWNER, Role.MODERATOR, target, Role.MODERATOR, Role.VISITOR))
                    .isEqualTo("not-allowed");
            assertThat(role(OWNER, Role.MODERATOR, target, Role.PARTICIPANT, Role.VISITOR))
                    .isEqualTo("not-allowed");
        }
    }

    @Test
    void nobody_kicks_who_is_more() {
        for (Affiliation actor : List.of(NONE, MEMBER, ADMIN, OWNER)) {
            for (Affiliation target : List.of(NONE, MEMBER, ADMIN, OWNER)) {
                assertThat(role(actor, Role.MODERATOR, target, Role.PARTICIPANT, Role.NONE))
                        .as("%s kicks %s", actor, target)
                        .isEqualTo(actor.isAtLeast(target) ? "ok" : "not-allowed");
            }
        }
        assertThat(role(NONE, Role.MODERATOR, NONE, Role.MODERATOR, Role.NONE)).isEqualTo("not-allowed");
        assertThat(role(MEMBER, Role.MODERATOR, NONE, Role.MODERATOR, Role.NONE))
                .isEqualTo("not-allowed");
        assertThat(role(ADMIN, Role.MODERATOR, NONE, Role.MODERATOR, Role.NONE)).isEqualTo("ok");
    }

    // ---- affiliations

    @Test
    void who_is_more_may_do_all_that_who_is_less_may() {
        for (Affiliation target : ALL) {
            for (Affiliation after : ALL) {
                var may = Stream.of(NONE, MEMBER, ADMIN, OWNER)
                        .map(actor -> Rights.toAffiliation(actor, target, after, false)
                                .isEmpty())
                        .toList();
                assertThat(may).as("%s to %s", target, after).isSorted();
            }
        }
    }

    @Test
    void nobody_bans_oneself_but_everybody_who_may_gives_up_what_they_are() {
        assertThat(outcome(Rights.toAffiliation(OWNER, OWNER, OUTCAST, true))).isEqualTo("conflict");
        assertThat(outcome(Rights.toAffiliation(ADMIN, ADMIN, OUTCAST, true))).isEqualTo("conflict");
        assertThat(outcome(Rights.toAffiliation(OWNER, OWNER, NONE, true))).isEqualTo("ok");
        assertThat(outcome(Rights.toAffiliation(ADMIN, ADMIN, MEMBER, true))).isEqualTo("forbidden");
    }

    // ---- lists

    @ParameterizedTest
    @EnumSource(Affiliation.class)
    void an_owner_sees_every_list_and_an_outcast_none(Affiliation wanted) {
        var open = RoomConfig.STANDARD.with(Option.WHOIS, "anyone");

        assertThat(Rights.toList(wanted, OWNER, Role.NONE, RoomConfig.STANDARD)).isEmpty();
        assertThat(Rights.toList(wanted, OUTCAST, Role.NONE, open)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        // where only moderators see JIDs, the list of members is for those, if the room gives it to them
        "moderators, moderator, NONE, MODERATOR, ok",
        "moderators, moderator, NONE, PARTICIPANT, forbidden",
        "moderators, participant, NONE, PARTICIPANT, forbidden",
        "moderators, participant, NONE, MODERATOR, forbidden",
        "moderators, moderator, MEMBER, PARTICIPANT, forbidden",
        "moderators, visitor, ADMIN, NONE, ok",
        // where everybody does, for members and for whom the room gives it
        "anyone, moderator, MEMBER, NONE, ok",
        "anyone, moderator, NONE, PARTICIPANT, forbidden",
        "anyone, participant, NONE, PARTICIPANT, ok",
        "anyone, participant, NONE, NONE, forbidden"
    })
    void who_sees_the_members(String whois, String given, Affiliation actor, Role role, String outcome) {
        var config = RoomConfig.STANDARD.with(Option.WHOIS, whois).with(Option.MEMBER_LIST, given);

        assertThat(outcome(Rights.toList(MEMBER, actor, role, config))).isEqualTo(outcome);
    }

    @Test
    void the_list_of_moderators_is_for_those_who_make_them() {
        assertThat(Rights.toListRole(Role.MODERATOR, NONE, Role.MODERATOR)).isPresent();
        assertThat(Rights.toListRole(Role.MODERATOR, ADMIN, Role.NONE)).isEmpty();
        assertThat(Rights.toListRole(Role.VISITOR, NONE, Role.MODERATOR)).isEmpty();
        assertThat(Rights.toListRole(Role.VISITOR, MEMBER, Role.PARTICIPANT)).isPresent();
    }
}
