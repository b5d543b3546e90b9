package io.escalus4j.server.xep.muclight;

import static io.escalus4j.server.store.LightRoom.Affiliation.MEMBER;
import static io.escalus4j.server.store.LightRoom.Affiliation.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.LightRoom;
import io.escalus4j.server.store.LightRoom.Affiliation;
import io.escalus4j.server.xep.muclight.Outcome.Changed;
import io.escalus4j.server.xep.muclight.Outcome.Refused;
import io.escalus4j.server.xep.muclight.Outcome.Unchanged;
import io.escalus4j.server.xep.muclight.RoomRequest.Affiliate;
import io.escalus4j.server.xep.muclight.RoomRequest.Configure;
import io.escalus4j.server.xep.muclight.RoomRequest.Create;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of MUC Light, with every option. */
class RoomRulesTest {
    private static final Jid ROOM = Jid.of("club@muclight.localhost");
    private static final Jid ANN = Jid.of("ann@localhost");
    private static final Jid BEN = Jid.of("ben@localhost");
    private static final Jid DAN = Jid.of("dan@localhost");
    private static final Jid KIM = Jid.of("kim@localhost");
    private static final LightRoom CLUB = room(Map.of(ANN, OWNER, BEN, MEMBER, DAN, MEMBER));
    private static final LightRoom EQUALS = room(Map.of(ANN, MEMBER, BEN, MEMBER));

    private static LightRoom room(Map<Jid, Affiliation> occupants) {
        return new LightRoom(ROOM, Map.of(), occupants, "v1");
    }

    private static RoomRules rules(UnaryOperator<Options> set) {
        var config = set.apply(new Options()).config();
        return new RoomRules(config, config.schema());
    }

    private static RoomRules standard() {
        return rules(options -> options);
    }

    private static Map<Jid, Optional<Affiliation>> changes(Object... pairs) {
        var changes = new LinkedHashMap<Jid, Optional<Affiliation>>();
        for (int i = 0; i < pairs.length; i += 2) {
            changes.put((Jid) pairs[i], Optional.ofNullable((Affiliation) pairs[i + 1]));
        }
        return changes;
    }

    private static Outcome affiliate(RoomRules rules, LightRoom room, Jid user, Object... pairs) {
        return rules.decide(room, user, new Affiliate(changes(pairs)), Set.of(), "v2");
    }

    private static Map<Jid, Affiliation> occupants(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Changed.class);
        return ((Changed) outcome).after().occupants();
    }

    private static void assertRefused(Outcome outcome, Condition condition) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.error().condition()).isEqualTo(condition));
    }

    /** The affiliations that {@code user} is told, as {@code jid=affiliation}. */
    private static List<String> told(Outcome outcome, Jid user) {
        return Modern.payload(((Changed) outcome).notices().get(user)).stream()
                .flatMap(x -> x.elements("user", RoomXml.AFFILIATIONS).stream())
                .map(item -> item.text() + "=" + item.attribute("affiliation", ""))
                .toList();
    }

    private static Element notice(Outcome outcome, Jid user) {
        return Modern.payload(((Changed) outcome).notices().get(user)).get(0);
    }

    @Nested
    class WhoMayDoWhat {
        @ParameterizedTest
        @CsvSource({
            "ann, ben, NONE, yes", "ann, ben, OWNER, yes", "ann, kim, MEMBER, yes", "ann, ann, NONE, yes",
            "ann, ann, MEMBER, yes", "ben, ben, NONE, yes", "ben, ben, OWNER, no", "ben, ann, NONE, no",
            "ben, ann, MEMBER, no", "ben, dan, NONE, no", "ben, dan, OWNER, no", "ben, kim, MEMBER, no",
            "ben, kim, OWNER, no"
        })
        void an_owner_may_all_and_a_member_may_leave(String who, String whom, String becomes, String may) {
            var affiliation = becomes.equals("NONE") ? null : Affiliation.valueOf(becomes);

            var outcome =
                    affiliate(standard(), CLUB, Jid.of(who + "@localhost"), Jid.of(whom + "@localhost"), affiliation);

            if (may.equals("yes")) {
                assertThat(outcome).isInstanceOf(Changed.class);
            } else {
                assertRefused(outcome, Condition.NOT_ALLOWED);
            }
        }

        @Test
        void who_is_not_in_the_room_finds_none() {
            assertRefused(affiliate(standard(), CLUB, KIM, KIM, MEMBER), Condition.ITEM_NOT_FOUND);
        }

        @Test
        void members_who_can_invite_add_members_and_nothing_else() {
            var rules = rules(options -> options.allCanInvite(true));

            assertThat(occupants(affiliate(rules, CLUB, BEN, KIM, MEMBER))).containsEntry(KIM, MEMBER);
            assertRefused(affiliate(rules, CLUB, BEN, KIM, OWNER), Condition.NOT_ALLOWED);
            assertRefused(affiliate(rules, CLUB, BEN, DAN, null), Condition.NOT_ALLOWED);
            assertRefused(affiliate(rules, CLUB, BEN, ANN, MEMBER), Condition.NOT_ALLOWED);
            assertRefused(affiliate(rules, CLUB, BEN, KIM, MEMBER, DAN, null), Condition.NOT_ALLOWED);
        }

        @Test
        void a_room_says_for_itself_whether_members_can_invite() {
            var rules = rules(options ->
                    options.schema("roomname:string=Untitled", "open:boolean=false:all_can_invite", "subject:string="));

            assertRefused(affiliate(rules, CLUB, BEN, KIM, MEMBER), Condition.NOT_ALLOWED);
            var open = CLUB.withConfiguration(Map.of("open", "true"), "v1");
            assertThat(occupants(affiliate(rules, open, BEN, KIM, MEMBER))).containsKey(KIM);
        }

        @Test
        void a_member_sets_the_subject_alone() {
            assertThat(configure(standard(), BEN, "subject", "Tea")).isInstanceOf(Changed.class);
            assertRefused(configure(standard(), BEN, "roomname", "Tea"), Condition.NOT_ALLOWED);
            assertRefused(configure(standard(), BEN, "roomname", "Tea", "subject", "Tea"), Condition.NOT_ALLOWED);
            assertThat(configure(rules(options -> options.allCanConfigure(true)), BEN, "roomname", "Tea"))
                    .isInstanceOf(Changed.class);
        }

        private Outcome configure(RoomRules rules, Jid user, String... pairs) {
            var fields = new LinkedHashMap<String, String>();
            for (int i = 0; i < pairs.length; i += 2) {
                fields.put(pairs[i], pairs[i + 1]);
            }
            return rules.decide(CLUB, user, new Configure(fields), Set.of(), "v2");
        }

        @Test
        void only_an_owner_destroys_and_where_all_are_equal_nobody() {
            var destroy = new RoomRequest.Destroy();
            assertRefused(standard().decide(CLUB, BEN, destroy, Set.of(), "v2"), Condition.NOT_ALLOWED);
            assertRefused(standard().decide(EQUALS, ANN, destroy, Set.of(), "v2"), Condition.NOT_ALLOWED);
            assertThat(occupants(standard().decide(CLUB, ANN, destroy, Set.of(), "v2")))
                    .isEmpty();
        }
    }

    @Nested
    class WhatIsRefused {
        @Test
        void a_change_that_changes_nothing() {
            assertRefused(affiliate(standard(), CLUB, ANN, BEN, MEMBER), Condition.BAD_REQUEST);
            assertRefused(affiliate(standard(), CLUB, ANN, ANN, OWNER), Condition.BAD_REQUEST);
            assertRefused(affiliate(standard(), CLUB, ANN, KIM, null), Condition.BAD_REQUEST);
            assertRefused(affiliate(standard(), CLUB, ANN, KIM, MEMBER, BEN, MEMBER), Condition.BAD_REQUEST);
        }

        @Test
        void an_owner_where_all_are_equal() {
            var rules = rules(options -> options.equalOccupants(true).allCanInvite(true));

            assertRefused(affiliate(rules, EQUALS, ANN, KIM, OWNER), Condition.NOT_ALLOWED);
            assertThat(occupants(affiliate(rules, EQUALS, ANN, KIM, MEMBER))).hasSize(3);
        }

        @Test
        void two_new_owners_unless_there_may_be_several() {
            assertRefused(affiliate(standard(), CLUB, ANN, BEN, OWNER, DAN, OWNER), Condition.BAD_REQUEST);
            assertThat(occupants(affiliate(
                            rules(options -> options.allowMultipleOwners(true)), CLUB, ANN, BEN, OWNER, DAN, OWNER)))
                    .containsEntry(ANN, OWNER)
                    .containsEntry(BEN, OWNER)
                    .containsEntry(DAN, OWNER);
        }

        @Test
        void more_occupants_than_a_room_may_have() {
            var rules = rules(options -> options.maxOccupants(3));

            assertRefused(affiliate(rules, CLUB, ANN, KIM, MEMBER), Condition.BAD_REQUEST);
            assertThat(occupants(affiliate(rules, CLUB, ANN, KIM, MEMBER, BEN, null)))
                    .hasSize(3);
        }

        @Test
        void a_last_owner_who_goes_where_nobody_follows() {
            var rules = rules(options -> options.promoteOnLastOwnerLeave(false));

            assertRefused(affiliate(rules, CLUB, ANN, ANN, null), Condition.BAD_REQUEST);
            assertRefused(affiliate(rules, CLUB, ANN, ANN, MEMBER), Condition.BAD_REQUEST);
            assertThat(occupants(affiliate(rules, CLUB, ANN, ANN, null, DAN, OWNER)))
                    .containsEntry(DAN, OWNER)
                    .doesNotContainKey(ANN);
        }
    }

    @Nested
    class WhoFollows {
        @Test
        void a_new_owner_makes_a_member_of_the_former() {
            var outcome = affiliate(standard(), CLUB, ANN, BEN, OWNER);

            assertThat(occupants(outcome)).isEqualTo(Map.of(ANN, MEMBER, BEN, OWNER, DAN, MEMBER));
            assertThat(told(outcome, DAN)).containsExactly("ben@localhost=owner", "ann@localhost=member");
        }

        @Test
        void first_a_member_whom_the_request_does_not_name() {
            var outcome = affiliate(standard(), CLUB, ANN, ANN, null, KIM, MEMBER);

            assertThat(occupants(outcome)).isEqualTo(Map.of(BEN, OWNER, DAN, MEMBER, KIM, MEMBER));
            assertThat(told(outcome, DAN))
                    .containsExactly("ann@localhost=none", "kim@localhost=member", "ben@localhost=owner");
        }

        @Test
        void then_somebody_who_has_just_joined() {
            var outcome = affiliate(standard(), room(Map.of(ANN, OWNER)), ANN, ANN, null, KIM, MEMBER);

            assertThat(occupants(outcome)).isEqualTo(Map.of(KIM, OWNER));
            assertThat(told(outcome, KIM)).containsExactly("kim@localhost=owner");
        }

        @Test
        void at_last_the_owner_who_wanted_to_be_a_member_remains_one() {
            assertThat(affiliate(standard(), room(Map.of(ANN, OWNER)), ANN, ANN, MEMBER))
                    .isInstanceOf(Unchanged.class);
            var outcome = affiliate(standard(), room(Map.of(ANN, OWNER, BEN, MEMBER)), ANN, ANN, MEMBER, BEN, null);
            assertThat(occupants(outcome)).isEqualTo(Map.of(ANN, OWNER));
            assertThat(told(outcome, ANN)).containsExactly("ben@localhost=none");
        }

        @Test
        void nobody_where_there_never_was_an_owner() {
            assertThat(occupants(affiliate(standard(), EQUALS, ANN, ANN, null))).isEqualTo(Map.of(BEN, MEMBER));
        }

        @Test
        void nobody_if_nobody_is_left() {
            assertThat(occupants(affiliate(standard(), room(Map.of(ANN, OWNER)), ANN, ANN, null)))
                    .isEmpty();
        }

        @Test
        void somebody_even_where_the_last_owner_must_stay_if_the_account_is_gone() {
            var rules = rules(options -> options.promoteOnLastOwnerLeave(false));

            assertThat(occupants(rules.removed(CLUB, ANN, "v2"))).isEqualTo(Map.of(BEN, OWNER, DAN, MEMBER));
            assertThat(rules.removed(CLUB, KIM, "v2")).isInstanceOf(Unchanged.class);
        }
    }

    @Nested
    class WhoIsTold {
        @Test
        void those_who_stay_hear_all_those_who_join_or_go_their_own() {
            var outcome = affiliate(standard(), CLUB, ANN, KIM, MEMBER, BEN, null);

            assertThat(told(outcome, ANN)).containsExactly("kim@localhost=member", "ben@localhost=none");
            assertThat(told(outcome, DAN)).containsExactly("kim@localhost=member", "ben@localhost=none");
            assertThat(told(outcome, KIM)).containsExactly("kim@localhost=member");
            assertThat(told(outcome, BEN)).containsExactly("ben@localhost=none");
        }

        @Test
        void versions_are_for_those_who_are_in_the_room() {
            var outcome = affiliate(standard(), CLUB, ANN, KIM, MEMBER, BEN, null);

            assertThat(notice(outcome, ANN).childText("prev-version")).contains("v1");
            assertThat(notice(outcome, ANN).childText("version")).contains("v2");
            assertThat(notice(outcome, KIM).childText("prev-version")).isEmpty();
            assertThat(notice(outcome, KIM).childText("version")).contains("v2");
            assertThat(notice(outcome, BEN).childText("version")).isEmpty();
        }

        @Test
        void who_does_not_want_to_be_added_is_left_out_without_a_word() {
            var request = new Affiliate(changes(KIM, MEMBER, BEN, null));

            var outcome = standard().decide(CLUB, ANN, request, Set.of(KIM), "v2");
            assertThat(occupants(outcome)).isEqualTo(Map.of(ANN, OWNER, DAN, MEMBER));
            assertThat(told(outcome, ANN)).containsExactly("ben@localhost=none");

            assertThat(standard().decide(CLUB, ANN, new Affiliate(changes(KIM, MEMBER)), Set.of(KIM), "v2"))
                    .isInstanceOf(Unchanged.class);
        }
    }

    @Nested
    class HowItBegins {
        private Outcome create(RoomRules rules, Map<Jid, Affiliation> occupants, Jid... unwilling) {
            return rules.create(ROOM, ANN, new Create(Map.of(), occupants), Set.of(unwilling), "v1");
        }

        @Test
        void the_creator_owns_the_room() {
            var outcome = create(standard(), Map.of(BEN, MEMBER));

            assertThat(occupants(outcome)).isEqualTo(Map.of(ANN, OWNER, BEN, MEMBER));
            assertThat(told(outcome, BEN)).containsExactly("ben@localhost=member");
            assertThat(told(outcome, ANN)).containsExactly("ann@localhost=owner");
            assertThat(notice(outcome, ANN).childText("prev-version")).isEmpty();
        }

        @Test
        void another_owner_makes_a_member_of_the_creator() {
            assertThat(occupants(create(standard(), Map.of(BEN, OWNER)))).isEqualTo(Map.of(ANN, MEMBER, BEN, OWNER));
            assertThat(occupants(create(rules(options -> options.allowMultipleOwners(true)), Map.of(BEN, OWNER))))
                    .isEqualTo(Map.of(ANN, OWNER, BEN, OWNER));
        }

        @Test
        void an_owner_who_does_not_want_the_room_leaves_it_to_the_creator() {
            assertThat(occupants(create(standard(), Map.of(BEN, OWNER), BEN))).isEqualTo(Map.of(ANN, OWNER));
        }

        @Test
        void where_all_are_equal_the_creator_is_a_member_too() {
            var rules = rules(options -> options.equalOccupants(true));

            assertThat(occupants(create(rules, Map.of(BEN, MEMBER)))).isEqualTo(Map.of(ANN, MEMBER, BEN, MEMBER));
            assertRefused(create(rules, Map.of(BEN, OWNER)), Condition.BAD_REQUEST);
        }

        @Test
        void what_cannot_be_is_refused() {
            assertRefused(create(standard(), Map.of(ANN, MEMBER)), Condition.BAD_REQUEST);
            assertRefused(create(standard(), Map.of(BEN, OWNER, DAN, OWNER)), Condition.BAD_REQUEST);
            assertRefused(
                    create(rules(options -> options.maxOccupants(2)), Map.of(BEN, MEMBER, DAN, MEMBER)),
                    Condition.BAD_REQUEST);
            assertThat(occupants(
                            create(rules(options -> options.maxOccupants(2)), Map.of(BEN, MEMBER, DAN, MEMBER), DAN)))
                    .hasSize(2);
        }
    }
}
