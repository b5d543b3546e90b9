package io.escalus4j.server.xep.im;

import static io.escalus4j.server.World.xml;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.server.TestSession;
import io.escalus4j.server.module.To;
import io.escalus4j.server.store.RosterItem;
import io.escalus4j.server.store.RosterItem.Subscription;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Stanzas;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6121 section 3. */
class SubscriptionsTest extends ImTest {
    private static final String A = "alice@localhost";
    private static final String B = "bob@localhost";
    private static final String PHONE = A + "/phone";
    private static final String DESK = B + "/desk";

    private static void send(TestSession session, String type, String to) {
        session.sends("<presence type='" + type + "' to='" + to + "'/>");
    }

    @Test
    void alice_asks_and_bob_accepts() {
        var alice = world.login(PHONE);
        var bob = world.login(DESK);

        alice.sends("<presence type='subscribe' id='s1' to='bob@localhost/desk'><status>Hi</status></presence>");

        assertThat(received(alice))
                .containsExactly(push(PHONE, "<item jid='" + B + "' subscription='none' ask='subscribe'/>"));
        assertThat(received(bob))
                .containsExactly(xml("<presence type='subscribe' id='s1' from='alice@localhost' to='bob@localhost'>"
                        + "<status>Hi</status></presence>"));

        bob.sends("<presence type='subscribed' id='s2' to='alice@localhost'/>");

        assertThat(received(bob)).containsExactly(push(DESK, "<item jid='" + A + "' subscription='from'/>"));
        assertThat(received(alice))
                .containsExactly(
                        xml("<presence type='subscribed' id='s2' from='bob@localhost' to='alice@localhost'/>"),
                        push(PHONE, "<item jid='" + B + "' subscription='to'/>"),
                        presence(DESK, A));
    }

    @Test
    void a_request_comes_to_available_resources_and_its_approval_also_to_interested_ones() {
        var bob = world.connect(DESK);
        bob.sends("<iq type='get' id='r'><query xmlns='jabber:iq:roster'/></iq>")
                .received();
        var tablet = world.connect(B + "/tablet").sends("<presence><priority>-1</priority></presence>");
        tablet.received();

        send(world.login(PHONE), "subscribe", B);
        assertThat(bob.received()).isEmpty();
        assertThat(received(tablet)).containsExactly(presence("subscribe", A, B));

        send(tablet, "subscribe", A);
        bob.received();
        send(world.login(A + "/desk"), "subscribed", B);

        assertThat(received(bob))
                .containsExactly(presence("subscribed", A, B), push(DESK, "<item jid='" + A + "' subscription='to'/>"));
        assertThat(received(tablet)).contains(presence("subscribed", A, B));
    }

    @Test
    void bob_says_no() {
        var alice = world.login(PHONE);
        var bob = world.login(DESK);
        send(alice, "subscribe", B);
        alice.received();
        bob.received();

        send(bob, "unsubscribed", A);

        assertThat(bob.received()).isEmpty();
        assertThat(received(alice))
                .containsExactly(
                        presence("unsubscribed", B, A), push(PHONE, "<item jid='" + B + "' subscription='none'/>"));
        assertThat(item(B, A).isUnknown()).isTrue();
    }

    @Test
    void who_withdraws_an_approval_is_seen_to_leave_first() {
        friends(A, B);
        var alice = world.login(PHONE);
        var bob = world.login(DESK);
        alice.received();

        send(bob, "unsubscribed", A);

        assertThat(received(bob)).containsExactly(push(DESK, "<item jid='" + A + "' subscription='to'/>"));
        assertThat(received(alice))
                .containsExactly(
                        presence("unavailable", DESK, A),
                        presence("unsubscribed", B, A),
                        push(PHONE, "<item jid='" + B + "' subscription='from'/>"));
    }

    @Test
    void who_unsubscribes_sees_the_contact_leave() {
        friends(A, B);
        var alice = world.login(PHONE);
        var bob = world.login(DESK);
        alice.received();

        send(alice, "unsubscribe", B);

        assertThat(received(alice))
                .containsExactly(
                        push(PHONE, "<item jid='" + B + "' subscription='from'/>"), presence("unavailable", DESK, A));
        assertThat(received(bob))
                .containsExactly(
                        presence("unsubscribe", A, B), push(DESK, "<item jid='" + A + "' subscription='to'/>"));
    }

    @Test
    void a_request_waits_and_is_shown_at_each_login_once_until_it_is_answered() {
        var alice = world.login(PHONE);
        world.account(B);
        alice.sends("<presence type='subscribe' id='1' to='bob@localhost'><nick>Alice</nick></presence>");
        alice.sends("<presence type='subscribe' id='2' to='bob@localhost'/>");
        var request = xml(
                "<presence type='subscribe' id='1' from='alice@localhost' to='bob@localhost'><nick>Alice</nick></presence>");

        var desk = world.connect(DESK).sends("<presence/>");
        assertThat(desk.received()).containsOnlyOnce(request);

        desk.sends("<presence><show>away</show></presence>");
        assertThat(desk.received()).doesNotContain(request);

        var tablet = world.connect(B + "/tablet").sends("<presence/>");
        assertThat(tablet.received()).containsOnlyOnce(request);

        send(tablet, "subscribed", A);
        var phone = world.connect(B + "/phone").sends("<presence/>");
        assertThat(phone.received()).doesNotContain(request);
    }

    @Test
    void a_second_request_is_not_shown_while_the_first_waits() {
        var alice = world.login(PHONE);
        var bob = world.login(DESK);
        send(alice, "subscribe", B);
        bob.received();

        send(alice, "subscribe", B);

        assertThat(bob.received()).isEmpty();
    }

    @Test
    void who_is_subscribed_already_and_asks_again_is_told_so_and_sees_the_contact() {
        contact(B, A, Subscription.FROM);
        var alice = world.login(PHONE);
        var bob = world.login(DESK);
        alice.received();

        alice.sends("<presence type='subscribe' id='s1' to='bob@localhost'/>");

        assertThat(bob.received()).isEmpty();
        assertThat(received(alice))
                .containsExactly(
                        push(PHONE, "<item jid='" + B + "' subscription='none' ask='subscribe'/>"),
                        xml("<presence type='subscribed' id='s1' from='bob@localhost' to='alice@localhost'/>"),
                        push(PHONE, "<item jid='" + B + "' subscription='to'/>"),
                        presence(DESK, A));
    }

    @Nested
    class PreApproval {
        @Test
        void an_approval_in_advance_stays_with_the_owner_and_answers_the_request() {
            var alice = world.login(PHONE);
            var bob = world.login(DESK);

            send(bob, "subscribed", A);
            assertThat(received(bob))
                    .containsExactly(push(DESK, "<item jid='" + A + "' subscription='none' approved='true'/>"));
            assertThat(alice.received()).isEmpty();

            send(alice, "subscribe", B);
            assertThat(received(bob))
                    .containsExactly(push(DESK, "<item jid='" + A + "' subscription='from' approved='true'/>"));
            assertThat(received(alice)).contains(presence("subscribed", B, A), presence(DESK, A));
        }

        @Test
        void an_approval_given_twice_is_pushed_once() {
            var bob = world.login(DESK);
            send(bob, "subscribed", A);
            bob.received();

            send(bob, "subscribed", A);

            assertThat(bob.received()).isEmpty();
        }

        @Test
        void it_can_be_taken_back_without_a_word_to_the_contact() {
            var alice = world.login(PHONE);
            var bob = world.login(DESK);
            send(bob, "subscribed", A);
            bob.received();

            send(bob, "unsubscribed", A);

            assertThat(received(bob)).containsExactly(push(DESK, "<item jid='" + A + "' subscription='none'/>"));
            assertThat(alice.received()).isEmpty();
        }

        @Test
        void a_contact_that_says_no_does_not_end_it() {
            var alice = world.login(PHONE);
            var bob = world.login(DESK);
            send(bob, "subscribed", A);
            send(bob, "subscribe", A);

            send(alice, "unsubscribed", B);

            assertThat(item(B, A).preApproved()).isTrue();
            assertThat(item(B, A).pendingOut()).isFalse();
        }
    }

    @Nested
    class WhatIsNotDone {
        @ParameterizedTest
        @ValueSource(strings = {"subscribe", "subscribed", "unsubscribe", "unsubscribed"})
        void a_subscription_needs_a_contact(String type) {
            var alice = world.login(PHONE);

            alice.sends("<presence type='" + type + "'/>");
            assertThat(alice.received())
                    .containsExactly(error(
                            "<presence type='" + type + "' to='" + PHONE + "'/>",
                            "modify",
                            "bad-request",
                            "'" + type + "' without a 'to', which must be a contact (RFC 6121 section 3)"));

            send(alice, type, A);
            assertThat(alice.received().toString()).contains("not-allowed", "is your own JID");
        }

        @ParameterizedTest
        @ValueSource(strings = {"subscribed", "unsubscribe", "unsubscribed"})
        void nobody_can_push_themselves_into_a_roster(String type) {
            var alice = world.login(PHONE);

            send(world.login(DESK), type, A);

            assertThat(alice.received()).isEmpty();
            assertThat(item(A, B).isUnknown()).isTrue();
        }

        @ParameterizedTest
        @ValueSource(strings = {"subscribe", "subscribed", "unsubscribe", "unsubscribed"})
        void what_is_for_no_account_is_ignored(String type) {
            var alice = world.login(PHONE);

            send(alice, type, "nobody@localhost");

            assertThat(received(alice))
                    .filteredOn(stanza -> stanza.name().equals("presence"))
                    .isEmpty();
            assertThat(item("nobody@localhost", A).isUnknown()).isTrue();
        }

        @Test
        void an_answer_to_a_resource_that_is_gone_is_ignored_but_a_request_counts_for_the_account() {
            contact(A, B, Subscription.TO);
            contact(B, A, Subscription.FROM);
            var alice = world.login(PHONE);
            alice.received();

            inbound("unsubscribed", B, A + "/gone");
            assertThat(alice.received()).isEmpty();

            inbound("unsubscribed", B, PHONE);
            assertThat(received(alice)).contains(presence("unsubscribed", B, A));

            inbound("subscribe", B, A + "/gone");
            assertThat(received(alice)).containsExactly(presence("subscribe", B, A));
        }

        /** From a server that does not stamp it as it should. */
        private void inbound(String type, String from, String to) {
            var stanza = presence(type, from + "/x", to);
            world.context().router().route(Stanzas.trusted(stanza, Jid.of(from + "/x"), Optional.of(Jid.of(to))));
        }

        @Test
        void a_request_that_is_taken_back_is_forgotten() {
            var alice = world.login(PHONE);
            world.account(B);
            send(alice, "subscribe", B);

            send(alice, "unsubscribe", B);

            assertThat(item(B, A).isUnknown()).isTrue();
        }

        @Test
        void who_is_removed_while_a_stanza_is_on_its_way_keeps_nothing() {
            var alice = world.login(PHONE);
            world.context().stores().remove(Jid.of(A));

            send(alice, "subscribe", B);

            assertThat(alice.received()).isEmpty();
            assertThat(item(A, B).isUnknown()).isTrue();
        }
    }

    @Test
    void when_an_account_is_removed_its_contacts_hear_the_end_of_all() {
        friends(A, B);
        contact(A, "kate@localhost", Subscription.NONE);
        put(
                A,
                RosterItem.unknown(Jid.of("carol@localhost"))
                        .withPendingIn(Optional.of(presence("subscribe", "carol@localhost", A))));
        put("carol@localhost", RosterItem.unknown(Jid.of(A)).inRoster().withPendingOut(true));
        var alice = world.login(PHONE);
        var bob = world.login(DESK);
        var kate = world.login("kate@localhost/k");
        var carol = world.login("carol@localhost/c");
        List.of(alice, bob, kate, carol).forEach(TestSession::received);

        world.context().accounts().remove(Jid.of(A)).toCompletableFuture().join();

        assertThat(received(bob))
                .containsExactly(
                        presence("unavailable", PHONE, B),
                        presence("unsubscribe", A, B),
                        push(DESK, "<item jid='" + A + "' subscription='to'/>"),
                        presence("unsubscribed", A, B),
                        push(DESK, "<item jid='" + A + "' subscription='none'/>"));
        assertThat(received(carol)).contains(presence("unsubscribed", A, "carol@localhost"));
        assertThat(kate.received()).isEmpty();
        assertThat(item(A, B).isUnknown()).isTrue();
        assertThat(alice.closed()).isPresent();
    }

    @Test
    void messages_and_requests_are_none_of_its_business() {
        var alice = world.login(PHONE);

        world.login(DESK).sends("<message to='" + PHONE + "'><body>Hi</body></message>");

        assertThat(alice.received()).hasSize(1);
        assertThat(world.context().modules().installed())
                .extracting(m -> m.xep().id())
                .containsExactly("RFC 6121");
        assertThat(world.context()
                        .modules()
                        .handler(
                                (Iq) Stanzas.trusted(
                                        xml("<iq type='get' id='1'><query xmlns='jabber:iq:roster'/></iq>"),
                                        Jid.of(PHONE),
                                        Optional.empty()),
                                To.SERVER))
                .isEmpty();
    }

    /** Under small limits. */
    @Nested
    class Limited extends ImTest {
        Limited() {
            super(SMALL);
        }

        @Test
        void only_so_many_requests_wait_and_the_rest_is_dropped() {
            var alice = world.login(PHONE);
            for (int i = 0; i < 3; i++) {
                var stranger = world.login("stranger" + i + "@localhost/x");
                send(stranger, "subscribe", A);
                assertThat(received(stranger)).hasSize(1);
            }

            assertThat(alice.received()).hasSize(2);
            assertThat(world.counted("xmpp.limits.hit", "limit", "subscription-requests"))
                    .isEqualTo(1);
        }

        @Test
        void a_request_that_is_too_large_is_refused() {
            var alice = world.login(PHONE);

            alice.sends("<presence type='subscribe' to='bob@localhost'><status>" + "x".repeat(400)
                    + "</status></presence>");

            assertThat(alice.received().toString()).contains("policy-violation", "at most 400 are allowed");
        }

        @Test
        void a_large_request_from_elsewhere_is_refused_as_well() {
            world.account(A);
            var bob = world.login(DESK);
            var stanza = presence("subscribe", DESK, A).withText("x".repeat(400));

            world.context().router().route(Stanzas.trusted(stanza, Jid.of(DESK), Optional.of(Jid.of(A))));

            assertThat(bob.received().toString()).contains("policy-violation");
            assertThat(item(A, B).isUnknown()).isTrue();
        }
    }
}
