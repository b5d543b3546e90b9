package io.escalus4j.server.xep;

import static io.escalus4j.server.World.xml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.escalus4j.exml.Element;
import io.escalus4j.server.TestSession;
import io.escalus4j.server.World;
import io.escalus4j.server.store.RosterItem;
import io.escalus4j.server.store.RosterItem.Subscription;
import io.escalus4j.server.xep.im.ImConfig;
import io.escalus4j.server.xep.im.InstantMessaging;
import io.escalus4j.server.xmpp.Jid;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** XEP-0191. */
class BlockingTest {
    private static final String A = "alice@localhost";
    private static final String B = "bob@localhost";
    private static final String PHONE = A + "/phone";
    private static final String DESK = B + "/desk";

    private final World world = World.of(
            context -> new InstantMessaging(context, ImConfig.STANDARD),
            context -> new OfflineMessages(context, OfflineMessages.Config.STANDARD),
            context -> new Blocking(context, new Blocking.Config(4)));

    @AfterEach
    void close() {
        world.close();
    }

    private static TestSession command(TestSession session, String command, String... jids) {
        var payload = new StringBuilder();
        for (String jid : jids) {
            payload.append("<item jid='").append(jid).append("'/>");
        }
        session.sends(
                "<iq type='set' id='c'><%1$s xmlns='urn:xmpp:blocking'>%2$s</%1$s></iq>".formatted(command, payload));
        return session;
    }

    private static TestSession block(TestSession session, String... jids) {
        return command(session, "block", jids);
    }

    private static TestSession unblock(TestSession session, String... jids) {
        return command(session, "unblock", jids);
    }

    private static List<String> list(TestSession session) {
        session.received();
        session.sends("<iq type='get' id='list'><blocklist xmlns='urn:xmpp:blocking'/></iq>");
        return session.received().get(0).child("blocklist", Blocking.NS).orElseThrow().elements().stream()
                .map(item -> item.attribute("jid", ""))
                .toList();
    }

    private void friends() {
        subscribe(A, B);
        subscribe(B, A);
    }

    private void subscribe(String owner, String contact) {
        world.account(owner);
        var item = RosterItem.unknown(Jid.of(contact)).inRoster().with(Subscription.BOTH);
        world.context().stores().rosters().update(Jid.of(owner), Jid.of(contact), known -> Optional.of(item));
    }

    private static Element presence(String attributes) {
        return xml("<presence " + attributes + "/>");
    }

    @Nested
    class TheList {
        @Test
        void it_is_empty_at_first_and_then_what_was_blocked_in_canonical_form() {
            var alice = world.login(PHONE);
            assertThat(list(alice)).isEmpty();

            block(alice, "Bob@LOCALHOST", "example.org", "kate@localhost/k");
            assertThat(alice.received()).contains(xml("<iq type='result' id='c' to='" + PHONE + "'/>"));
            assertThat(list(alice)).containsExactly("bob@localhost", "example.org", "kate@localhost/k");

            unblock(alice, "bob@localhost", "never@localhost");
            assertThat(list(alice)).containsExactly("example.org", "kate@localhost/k");

            unblock(alice);
            assertThat(list(alice)).isEmpty();
        }

        @Test
        void a_change_is_pushed_to_the_resources_that_have_asked_for_the_list() {
            var phone = world.login(PHONE);
            var tablet = world.login(A + "/tablet");
            var other = world.login(A + "/other");
            list(phone);
            list(tablet);
            List.of(phone, tablet, other).forEach(TestSession::received);

            block(phone, B);
            unblock(phone);

            assertThat(tablet.received())
                    .extracting(iq -> iq.without("id"))
                    .containsExactly(
                            xml("<iq type='set' from='alice@localhost' to='alice@localhost/tablet'>"
                                    + "<block xmlns='urn:xmpp:blocking'><item jid='bob@localhost'/></block></iq>"),
                            xml("<iq type='set' from='alice@localhost' to='alice@localhost/tablet'>"
                                    + "<unblock xmlns='urn:xmpp:blocking'/></iq>"));
            assertThat(phone.received())
                    .extracting(iq -> iq.attribute("type", ""))
                    .containsExactly("set", "result", "set", "result");
            assertThat(other.received()).isEmpty();
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource(delimiter = '|', textBlock = """
                        <block xmlns='urn:xmpp:blocking'/>                               | bad-request   | nobody to block (XEP-0191 section 3.3)
                        <block xmlns='urn:xmpp:blocking'><item/></block>                 | bad-request   | an item without a jid
                        <unblock xmlns='urn:xmpp:blocking'><item/></unblock>             | bad-request   | an item without a jid
                        <block xmlns='urn:xmpp:blocking'><item jid='a@b@c'/></block>     | jid-malformed | 'a@b@c' is no JID
                        <unblock xmlns='urn:xmpp:blocking'><item jid='@'/></unblock>     | jid-malformed | '@' is no JID
                        """)
        void a_wrong_command_is_refused(String command, String condition, String text) {
            var alice = world.login(PHONE);

            alice.sends("<iq type='set' id='1'>" + command + "</iq>");

            assertThat(alice.received().get(0).child("error").orElseThrow().elements())
                    .extracting(Element::name)
                    .containsExactly(condition, "text");
            assertThat(list(alice)).isEmpty();
        }

        @Test
        void it_has_an_end() {
            var alice = world.login(PHONE);
            block(alice, "1@localhost", "2@localhost", "3@localhost");
            alice.received();

            block(alice, "4@localhost", "5@localhost");

            assertThat(alice.received().toString())
                    .contains("policy-violation", "the block list is full, at most 4 items are allowed");
            assertThat(list(alice)).hasSize(3);
            assertThat(world.counted("xmpp.limits.hit", "limit", "block-list")).isEqualTo(1);
            assertThatThrownBy(() -> new Blocking.Config(0)).hasMessage("max_items must be at least 1, was 0");
        }

        @Test
        void nobody_else_reads_it() {
            world.login(PHONE);
            var bob = world.login(DESK);

            bob.sends("<iq type='get' id='1' to='alice@localhost'><blocklist xmlns='urn:xmpp:blocking'/></iq>");

            assertThat(bob.received().toString()).contains("forbidden");
        }

        @Test
        void it_is_forgotten_with_the_account() {
            block(world.login(PHONE), B);

            world.context().accounts().remove(Jid.of(A)).toCompletableFuture().join();

            assertThat(list(world.login(A + "/new"))).isEmpty();
        }

        @Test
        void an_account_that_is_gone_has_none() {
            var alice = world.login(PHONE);
            world.context().stores().remove(Jid.of(A));

            block(alice, B);

            assertThat(alice.received().toString()).contains("item-not-found");
            assertThat(list(alice)).isEmpty();
        }

        @Test
        void the_server_announces_it() {
            assertThat(world.context().modules().features()).contains("urn:xmpp:blocking");
            assertThat(world.context().modules().installed())
                    .extracting(m -> m.xep().id())
                    .contains("XEP-0191");
        }
    }

    @Nested
    class TheGate {
        /** Section 6: what is blocked, and who of bob's and kate's resources that concerns. */
        @ParameterizedTest(name = "{0} blocks {1}: {2}")
        @CsvSource({
            "bob@localhost/desk, bob@localhost/desk, true",
            "bob@localhost/desk, bob@localhost/phone, false",
            "bob@localhost, bob@localhost/desk, true",
            "bob@localhost, bobby@localhost/desk, false",
            "BOB@Localhost, bob@localhost/desk, true",
            "localhost, bob@localhost/desk, true",
            "example.org, bob@localhost/desk, false",
            "localhost/desk, bob@localhost/desk, false"
        })
        void a_jid_covers_what_is_below_it(String blocked, String sender, boolean covered) {
            var alice = world.login(PHONE);
            var bob = world.login(sender);
            block(alice, blocked);
            alice.received();

            bob.sends("<message to='" + PHONE + "'><body>Hi</body></message>");

            assertThat(alice.received().isEmpty()).isEqualTo(covered);
            assertThat(bob.received().toString().contains("service-unavailable"))
                    .isEqualTo(covered);
        }

        @Test
        void the_blocked_see_an_account_that_is_never_there() {
            friends();
            var alice = world.login(PHONE);
            var bob = world.login(DESK);
            block(alice, B);
            bob.received();
            alice.received();

            bob.sends("<message to='" + A + "' type='chat'><body>1</body></message>");
            bob.sends("<message to='" + PHONE + "'><body>2</body></message>");
            bob.sends("<iq type='get' id='q1' to='" + PHONE + "'><ping xmlns='urn:xmpp:ping'/></iq>");
            bob.sends("<iq type='get' id='q2' to='" + A + "'><vCard xmlns='vcard-temp'/></iq>");
            assertThat(bob.received())
                    .hasSize(4)
                    .allMatch(answer -> answer.toString().contains("<service-unavailable"));

            bob.sends("<message to='" + A + "' type='groupchat'><body>3</body></message>");
            bob.sends("<message to='" + A + "' type='error'><body>4</body></message>");
            bob.sends("<iq type='result' id='r1' to='" + PHONE + "'/>");
            bob.sends("<presence to='" + A + "'/>");
            bob.sends("<presence type='probe' to='" + A + "'/>");
            bob.sends("<presence type='subscribe' to='" + A + "'/>");
            bob.sends("<presence type='unsubscribe' to='" + A + "'/>");
            assertThat(bob.received())
                    .noneMatch(answer -> answer.attribute("from", "").startsWith(A));
            assertThat(alice.received()).isEmpty();
        }

        @Test
        void what_the_blocked_send_while_nobody_is_there_does_not_wait() {
            var alice = world.login(PHONE);
            block(alice, B);
            alice.disconnects();

            world.login(DESK).sends("<message to='" + A + "' type='chat'><body>Hi</body></message>");

            assertThat(world.context()
                            .stores()
                            .offline()
                            .count(Jid.of(A))
                            .toCompletableFuture()
                            .join())
                    .isZero();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "<message type='chat' to='bob@localhost'><body>Hi</body></message>",
                    "<message to='bob@localhost/desk'><body>Hi</body></message>",
                    "<iq type='get' id='1' to='bob@localhost'><ping xmlns='urn:xmpp:ping'/></iq>",
                    "<presence to='bob@localhost'/>",
                    "<presence type='subscribe' to='bob@localhost'/>"
                })
        void one_cannot_send_to_whom_one_blocks(String stanza) {
            var bob = world.login(DESK);
            var alice = world.login(PHONE);
            block(alice, B).received();

            alice.sends(stanza);

            var refused = alice.received().get(0);
            assertThat(refused.attribute("type")).contains("error");
            var error = refused.child("error").orElseThrow();
            assertThat(error.attribute("type")).contains("cancel");
            assertThat(error.elements())
                    .extracting(Element::name, Element::namespace)
                    .contains(
                            tuple("not-acceptable", "urn:ietf:params:xml:ns:xmpp-stanzas"),
                            tuple("blocked", "urn:xmpp:blocking:errors"));
            assertThat(bob.received()).isEmpty();
        }

        @Test
        void an_answer_to_the_blocked_is_dropped_without_a_word() {
            var alice = world.login(PHONE);
            block(alice, B).received();

            alice.sends("<iq type='result' id='1' to='bob@localhost/desk'/>");

            assertThat(alice.received()).isEmpty();
        }

        @Test
        void nobody_blocks_themselves() {
            var phone = world.login(PHONE);
            var tablet = world.login(A + "/tablet");
            block(phone, "localhost", A);
            phone.received();
            tablet.received();

            phone.sends("<message to='" + A + "/tablet'><body>Me</body></message>")
                    .sends("<presence><show>away</show></presence>");

            assertThat(tablet.received()).hasSize(2);
            assertThat(phone.received()).hasSize(1);
        }

        @Test
        void who_is_unblocked_comes_through_again() {
            var alice = world.login(PHONE);
            var bob = world.login(DESK);
            unblock(block(alice, B), B).received();

            bob.sends("<message to='" + PHONE + "'><body>Hi</body></message>");
            alice.sends("<message to='" + DESK + "'><body>Hi</body></message>");

            assertThat(alice.received()).hasSize(1);
            assertThat(bob.received()).hasSize(1);
        }
    }

    @Nested
    class WhatOthersSee {
        @Test
        void a_subscriber_sees_each_resource_leave_and_nothing_until_it_is_unblocked() {
            friends();
            var bob = world.login(DESK);
            var phone = world.login(PHONE);
            var tablet = world.login(A + "/tablet");
            bob.received();

            block(phone, B);
            assertThat(bob.received())
                    .containsExactlyInAnyOrder(
                            presence("type='unavailable' from='" + PHONE + "' to='" + B + "'"),
                            presence("type='unavailable' from='alice@localhost/tablet' to='" + B + "'"));

            phone.sends("<presence><show>dnd</show></presence>");
            tablet.disconnects();
            world.login(A + "/third");
            assertThat(bob.received()).isEmpty();
            assertThat(world.connect(B + "/late").sends("<presence/>").received())
                    .noneMatch(stanza -> stanza.attribute("from", "").startsWith(A));
            bob.received();

            unblock(phone, B);
            assertThat(bob.received())
                    .contains(
                            xml("<presence from='" + PHONE + "' to='" + B + "'><show>dnd</show></presence>"),
                            presence("from='alice@localhost/third' to='" + B + "'"));
        }

        @Test
        void a_stranger_sees_nothing_of_it() {
            var bob = world.login(DESK);
            var alice = world.login(PHONE);

            unblock(block(alice, B));

            assertThat(bob.received()).isEmpty();
        }

        @Test
        void who_was_sent_directed_presence_sees_its_sender_leave() {
            var bob = world.login(DESK);
            var alice = world.login(PHONE).sends("<presence to='" + DESK + "'/>");
            bob.received();

            block(alice, "localhost");
            assertThat(bob.received())
                    .containsExactly(presence("type='unavailable' from='" + PHONE + "' to='" + DESK + "'"));

            alice.disconnects();
            assertThat(bob.received()).isEmpty();
        }

        @Test
        void of_a_subscriber_one_resource_can_be_blocked() {
            friends();
            var desk = world.login(DESK);
            var lamp = world.login(B + "/lamp");
            var alice = world.login(PHONE);
            desk.received();
            lamp.received();

            block(alice, DESK);
            assertThat(desk.received())
                    .containsExactly(presence("type='unavailable' from='" + PHONE + "' to='" + DESK + "'"));
            assertThat(lamp.received()).isEmpty();

            unblock(alice, DESK);
            assertThat(desk.received()).containsExactly(presence("from='" + PHONE + "' to='" + DESK + "'"));
        }

        @Test
        void who_is_blocked_twice_sees_it_once_and_comes_back_when_nothing_blocks_any_more() {
            friends();
            var bob = world.login(DESK);
            var alice = world.login(PHONE);
            block(alice, B);
            bob.received();

            block(alice, "localhost");
            unblock(alice, "localhost");
            assertThat(bob.received())
                    .extracting(stanza -> stanza.attribute("type", ""))
                    .doesNotContain("");

            unblock(alice, B);
            assertThat(bob.received()).containsExactly(presence("from='" + PHONE + "' to='" + B + "'"));
        }

        @Test
        void a_blocked_contact_that_is_removed_hears_the_end_but_nothing_of_resources() {
            friends();
            var bob = world.login(DESK);
            var alice = world.login(PHONE);
            block(alice, B);
            bob.received();

            alice.sends("<iq type='set' id='1'><query xmlns='jabber:iq:roster'><item jid='" + B
                    + "' subscription='remove'/></query></iq>");

            assertThat(bob.received())
                    .filteredOn(stanza -> stanza.name().equals("presence"))
                    .extracting(stanza -> stanza.attribute("type", ""))
                    .containsExactly("unsubscribe", "unsubscribed");
        }
    }
}
