package io.escalus4j.server.xep.im;

import static io.escalus4j.server.World.xml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.escalus4j.exml.Element;
import io.escalus4j.server.TestSession;
import io.escalus4j.server.store.RosterItem;
import io.escalus4j.server.store.RosterItem.Subscription;
import io.escalus4j.server.xmpp.Jid;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6121 section 2. */
class RosterTest extends ImTest {
    private static final String ALICE = "alice@localhost/phone";

    private static String get(String ver) {
        return "<iq type='get' id='get'><query xmlns='jabber:iq:roster'" + ver + "/></iq>";
    }

    private static Element query(Element iq) {
        return iq.child("query", RosterXml.NS).orElseThrow();
    }

    @Test
    void an_empty_roster_is_a_result_without_items() {
        var alice = world.connect(ALICE);

        alice.sends(get(""));

        var result = alice.received().get(0);
        assertThat(result.attribute("type")).contains("result");
        assertThat(query(result).elements()).isEmpty();
        assertThat(query(result).attribute("ver")).isPresent();
    }

    @Test
    void the_roster_shows_all_that_its_owner_has_noted_and_asked() {
        world.account("alice@localhost");
        put(
                "alice@localhost",
                RosterItem.unknown(Jid.of("bob@localhost"))
                        .described(Optional.of("Bob"), Set.of("Work", "Friends"))
                        .with(Subscription.FROM)
                        .withPendingOut(true));
        put(
                "alice@localhost",
                RosterItem.unknown(Jid.of("kate@localhost")).inRoster().withPreApproved(true));
        put(
                "alice@localhost",
                RosterItem.unknown(Jid.of("mallory@localhost"))
                        .withPendingIn(Optional.of(presence("subscribe", "mallory@localhost", "alice@localhost"))));
        var alice = world.connect(ALICE);

        alice.sends(get(""));

        assertThat(query(alice.received().get(0)).elements())
                .containsExactly(
                        query(push(
                                        ALICE,
                                        "<item jid='bob@localhost' name='Bob' subscription='from' ask='subscribe'>"
                                                + "<group>Friends</group><group>Work</group></item>"))
                                .elements()
                                .get(0),
                        query(push(ALICE, "<item jid='kate@localhost' subscription='none' approved='true'/>"))
                                .elements()
                                .get(0));
    }

    @Test
    void a_roster_get_with_an_item_is_a_bad_request() {
        var alice = world.connect(ALICE);

        alice.sends("<iq type='get' id='1'><query xmlns='jabber:iq:roster'><item jid='bob@localhost'/></query></iq>");

        assertThat(alice.received().toString()).contains("bad-request", "an item in a roster get");
    }

    @Test
    void a_new_contact_is_pushed_to_all_interested_resources_and_to_nobody_else() {
        var phone = world.login(ALICE);
        var desk = world.login("alice@localhost/desk");
        var printer = world.connect("alice@localhost/printer").sends("<presence/>");
        List.of(phone, desk, printer).forEach(TestSession::received);

        rosterSet(phone, "<item jid='Bob@LOCALHOST' name='Bob' subscription='both'><group>Friends</group></item>");

        String item = "<item jid='bob@localhost' name='Bob' subscription='none'><group>Friends</group></item>";
        assertThat(received(phone))
                .containsExactly(push(ALICE, item), xml("<iq type='result' id='set' to='" + ALICE + "'/>"));
        assertThat(received(desk)).containsExactly(push("alice@localhost/desk", item));
        assertThat(printer.received()).isEmpty();
    }

    @Test
    void an_update_replaces_name_and_groups_and_leaves_the_subscription() {
        friends("alice@localhost", "bob@localhost");
        var alice = world.login(ALICE);

        rosterSet(alice, "<item jid='bob@localhost' name='Bob' ask='subscribe' approved='true'/>");
        rosterSet(alice, "<item jid='bob@localhost' name=''><group>A</group></item>");

        assertThat(received(alice))
                .contains(
                        push(ALICE, "<item jid='bob@localhost' name='Bob' subscription='both'/>"),
                        push(ALICE, "<item jid='bob@localhost' subscription='both'><group>A</group></item>"));
    }

    @Test
    void naming_somebody_whose_request_waits_puts_them_into_the_roster_and_keeps_the_request() {
        var alice = world.login(ALICE);
        world.login("bob@localhost/b").sends("<presence type='subscribe' to='alice@localhost'/>");
        alice.received();

        rosterSet(alice, "<item jid='bob@localhost'/>");

        assertThat(received(alice)).contains(push(ALICE, "<item jid='bob@localhost' subscription='none'/>"));
        assertThat(item("alice@localhost", "bob@localhost").pendingIn()).isPresent();
    }

    @ParameterizedTest(name = "{1}: {0}")
    @CsvSource(delimiter = '|', textBlock = """
                    ''                                                                          | bad-request    | 0 items in a roster set, exactly one is allowed (RFC 6121 section 2.1.5)
                    <item jid='b@localhost'/><item jid='c@localhost'/>                          | bad-request    | 2 items in a roster set, exactly one is allowed (RFC 6121 section 2.1.5)
                    <item/>                                                                     | bad-request    | '' is no JID (RFC 6121 section 2.1.2.3)
                    <item jid='a@b@c'/>                                                         | jid-malformed  | 'a@b@c' is no JID (RFC 6121 section 2.1.2.3)
                    <item jid='b@localhost/r'/>                                                 | bad-request    | 'b@localhost/r' is a full JID, a contact has a bare one
                    <item jid='alice@localhost'/>                                               | not-allowed    | 'alice@localhost' is your own JID (RFC 6121 section 2.3.3)
                    <item jid='b@localhost'><group>A</group><group>A</group></item>             | bad-request    | a group is given twice (RFC 6121 section 2.3.3)
                    <item jid='b@localhost'><group/></item>                                     | not-acceptable | a group without a name (RFC 6121 section 2.3.3)
                    <item jid='b@localhost' subscription='remove'/>                             | item-not-found | 'b@localhost' is not in the roster (RFC 6121 section 2.5.3)
                    """)
    void a_wrong_roster_set_is_refused_and_changes_nothing(String items, String condition, String text) {
        var alice = world.login(ALICE);

        rosterSet(alice, items);

        var answers = alice.received();
        assertThat(answers).hasSize(1);
        assertThat(answers.get(0).child("error").orElseThrow().elements())
                .extracting(Element::name, Element::text)
                .containsExactly(tuple(condition, ""), tuple("text", text));
        assertThat(world.context()
                        .stores()
                        .rosters()
                        .of(Jid.of("alice@localhost"))
                        .toCompletableFuture()
                        .join())
                .isEmpty();
    }

    @Test
    void nobody_reads_or_changes_the_roster_of_somebody_else() {
        var alice = world.login(ALICE);
        var bob = world.login("bob@localhost/b");

        bob.sends("<iq type='set' id='1' to='alice@localhost'><query xmlns='jabber:iq:roster'>"
                + "<item jid='bob@localhost'/></query></iq>");
        bob.sends("<iq type='get' id='2' to='alice@localhost'><query xmlns='jabber:iq:roster'/></iq>");

        assertThat(bob.received())
                .hasSize(2)
                .allMatch(answer -> answer.toString().contains("<forbidden"));
        assertThat(alice.received()).isEmpty();
    }

    @Test
    void a_push_that_a_client_makes_up_carries_its_own_name() {
        var alice = world.login(ALICE);

        world.login("mallory@localhost/m")
                .sends("<iq type='set' id='1' from='alice@localhost' to='" + ALICE
                        + "'><query xmlns='jabber:iq:roster'><item jid='mallory@localhost'/></query></iq>");

        assertThat(alice.received()).extracting(iq -> iq.attribute("from", "")).containsExactly("mallory@localhost/m");
    }

    @Test
    void an_answer_to_a_push_is_taken_without_a_word() {
        var alice = world.login(ALICE);

        alice.sends("<iq type='result' id='push1'/>").sends("<iq type='error' id='push1' to='alice@localhost'/>");

        assertThat(alice.received()).isEmpty();
    }

    @Nested
    class Removing {
        @Test
        void a_contact_is_pushed_as_removed_and_told_that_all_is_over() {
            friends("alice@localhost", "bob@localhost");
            var bob = world.login("bob@localhost/b");
            var alice = world.login(ALICE);
            bob.received();

            rosterSet(alice, "<item jid='bob@localhost' subscription='remove'/>");

            assertThat(received(alice))
                    .containsExactly(
                            push(ALICE, "<item jid='bob@localhost' subscription='remove'/>"),
                            presence("unavailable", "bob@localhost/b", "alice@localhost"),
                            xml("<iq type='result' id='set' to='" + ALICE + "'/>"));
            assertThat(received(bob))
                    .containsExactly(
                            presence("unavailable", ALICE, "bob@localhost"),
                            presence("unsubscribe", "alice@localhost", "bob@localhost"),
                            push("bob@localhost/b", "<item jid='alice@localhost' subscription='to'/>"),
                            presence("unsubscribed", "alice@localhost", "bob@localhost"),
                            push("bob@localhost/b", "<item jid='alice@localhost' subscription='none'/>"));
            assertThat(item("alice@localhost", "bob@localhost").isUnknown()).isTrue();
        }

        @Test
        void a_contact_without_a_subscription_hears_nothing() {
            contact("alice@localhost", "bob@localhost", Subscription.NONE);
            var bob = world.login("bob@localhost/b");

            rosterSet(world.login(ALICE), "<item jid='bob@localhost' subscription='remove'/>");

            assertThat(bob.received()).isEmpty();
        }

        @Test
        void requests_that_wait_on_either_side_end_too() {
            var alice = world.login(ALICE);
            var bob = world.login("bob@localhost/b");
            bob.sends("<presence type='subscribe' to='alice@localhost'/>");
            alice.sends("<presence type='subscribe' to='bob@localhost'/>");
            alice.received();
            bob.received();

            rosterSet(alice, "<item jid='bob@localhost' subscription='remove'/>");

            assertThat(item("alice@localhost", "bob@localhost").isUnknown()).isTrue();
            assertThat(item("bob@localhost", "alice@localhost"))
                    .isEqualTo(RosterItem.unknown(Jid.of("alice@localhost")).inRoster());
            assertThat(received(bob))
                    .containsExactly(
                            presence("unsubscribe", "alice@localhost", "bob@localhost"),
                            presence("unsubscribed", "alice@localhost", "bob@localhost"),
                            push("bob@localhost/b", "<item jid='alice@localhost' subscription='none'/>"));
        }

        @Test
        void somebody_whose_request_waits_is_not_in_the_roster_yet() {
            var alice = world.login(ALICE);
            world.login("bob@localhost/b").sends("<presence type='subscribe' to='alice@localhost'/>");
            alice.received();

            rosterSet(alice, "<item jid='bob@localhost' subscription='remove'/>");

            assertThat(alice.received().toString()).contains("item-not-found");
            assertThat(item("alice@localhost", "bob@localhost").pendingIn()).isPresent();
        }
    }

    @Nested
    class Versions {
        private String version(TestSession session) {
            session.sends(get(" ver=''"));
            return query(session.received().get(0)).attribute("ver", "");
        }

        @Test
        void who_knows_the_version_gets_an_empty_result_and_pushes_from_then_on() {
            String version = version(world.login(ALICE));
            var desk = world.connect("alice@localhost/desk");

            desk.sends(get(" ver='" + version + "'"));
            assertThat(desk.received()).containsExactly(xml("<iq type='result' id='get' to='alice@localhost/desk'/>"));

            rosterSet(desk, "<item jid='bob@localhost'/>");
            assertThat(desk.received()).hasSize(2);
        }

        @Test
        void each_push_brings_the_version_that_the_roster_then_has() {
            var alice = world.login(ALICE);
            String before = version(alice);

            rosterSet(alice, "<item jid='bob@localhost'/>");

            String pushed = query(alice.received().get(0)).attribute("ver", "");
            assertThat(pushed).isNotEqualTo(before).isEqualTo(version(alice));
        }

        @Test
        void who_knows_an_old_version_gets_the_whole_roster() {
            var alice = world.login(ALICE);
            String old = version(alice);
            rosterSet(alice, "<item jid='bob@localhost'/>");
            alice.received();

            alice.sends(get(" ver='" + old + "'"));

            assertThat(query(alice.received().get(0)).elements()).hasSize(1);
        }

        @Test
        void what_its_owner_cannot_see_does_not_change_the_version() {
            var alice = world.login(ALICE);
            String before = version(alice);

            world.login("bob@localhost/b").sends("<presence type='subscribe' to='alice@localhost'/>");
            alice.received();

            assertThat(version(alice)).isEqualTo(before);
        }
    }

    @Test
    void the_stream_offers_versions_and_pre_approval() {
        assertThat(world.context().modules().streamFeatures())
                .containsExactly(
                        Element.of("ver", "urn:xmpp:features:rosterver"),
                        Element.of("sub", "urn:xmpp:features:pre-approval"));
    }

    @Test
    void a_client_that_is_gone_does_not_become_interested() {
        var alice = world.connect(ALICE);
        world.context().sessions().remove(alice);

        alice.sends(get(""));

        assertThat(alice.received()).isEmpty();
    }

    @Test
    void an_account_that_is_gone_gets_no_roster() {
        var alice = world.login(ALICE);
        world.context().stores().remove(Jid.of("alice@localhost"));

        rosterSet(alice, "<item jid='bob@localhost'/>");
        rosterSet(alice, "<item jid='bob@localhost' subscription='remove'/>");

        assertThat(alice.received())
                .hasSize(2)
                .allMatch(answer -> answer.toString().contains("item-not-found"));
        assertThat(item("alice@localhost", "bob@localhost").isUnknown()).isTrue();
    }

    /** Under small limits. */
    @Nested
    class Full extends ImTest {
        Full() {
            super(SMALL);
        }

        @Test
        void a_full_roster_takes_nobody_new_but_changes() {
            var alice = world.login(ALICE);
            IntStream.range(0, 3).forEach(i -> rosterSet(alice, "<item jid='c%d@localhost'/>".formatted(i)));
            alice.received();

            rosterSet(alice, "<item jid='c4@localhost'/>");
            assertThat(alice.received().toString())
                    .contains("policy-violation", "the roster is full, at most 3 contacts are allowed");

            rosterSet(alice, "<item jid='c1@localhost' name='One'/>");
            assertThat(alice.received()).hasSize(2);
            assertThat(world.counted("xmpp.limits.hit", "limit", "contacts")).isEqualTo(1);
        }

        @Test
        void subscribing_and_approving_in_advance_need_room_as_well() {
            var alice = world.login(ALICE);
            IntStream.range(0, 3).forEach(i -> rosterSet(alice, "<item jid='c%d@localhost'/>".formatted(i)));
            alice.received();

            alice.sends("<presence type='subscribe' to='c4@localhost'/>");
            alice.sends("<presence type='subscribed' to='c5@localhost'/>");
            alice.sends("<presence type='subscribe' to='c1@localhost'/>");

            assertThat(alice.received())
                    .extracting(stanza -> stanza.name() + stanza.attribute("type", ""))
                    .containsExactly("presenceerror", "presenceerror", "iqset");
        }

        @Test
        void names_and_groups_have_limits() {
            var alice = world.login(ALICE);

            rosterSet(alice, "<item jid='b@localhost' name='123456789'/>");
            rosterSet(alice, "<item jid='b@localhost'><group>123456789</group></item>");
            rosterSet(alice, "<item jid='b@localhost'><group>1</group><group>2</group><group>3</group></item>");

            assertThat(alice.received().stream().map(Element::toString).collect(Collectors.joining("\n")))
                    .contains(
                            "a name of 9 characters, at most 8 are allowed",
                            "a group of 9 characters, at most 8 are allowed",
                            "3 groups, at most 2 are allowed");
        }
    }
}
