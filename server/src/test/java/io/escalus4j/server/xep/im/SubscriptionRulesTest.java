package io.escalus4j.server.xep.im;

import static io.escalus4j.server.xmpp.Presence.Type.SUBSCRIBE;
import static io.escalus4j.server.xmpp.Presence.Type.SUBSCRIBED;
import static io.escalus4j.server.xmpp.Presence.Type.UNSUBSCRIBE;
import static io.escalus4j.server.xmpp.Presence.Type.UNSUBSCRIBED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.server.store.RosterItem;
import io.escalus4j.server.store.RosterItem.Subscription;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Presence;
import io.escalus4j.server.xmpp.Presence.Type;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6121 appendix A, cell by cell; a state is written as there, with {@code approved} for a pre-approval. */
class SubscriptionRulesTest {
    private static final Jid OWNER = Jid.of("alice@localhost");
    private static final Jid CONTACT = Jid.of("bob@localhost");

    private static RosterItem item(String state) {
        var subscription = Subscription.valueOf(state.split(" ")[0].toUpperCase(java.util.Locale.ROOT));
        var request =
                state.contains("In") ? Optional.of(request().element()) : Optional.<io.escalus4j.exml.Element>empty();
        return RosterItem.unknown(CONTACT)
                .inRoster()
                .with(subscription)
                .withPendingOut(state.contains("Out"))
                .withPendingIn(request)
                .withPreApproved(state.contains("approved"));
    }

    private static Presence request() {
        return Presence.of(SUBSCRIBE, CONTACT, OWNER);
    }

    @Nested
    class Outbound {
        @ParameterizedTest(name = "table 2: subscribe in {0}")
        @CsvSource(delimiter = '|', textBlock = """
                        None                  | None + Pending Out
                        None + Pending Out    | None + Pending Out
                        None + Pending In     | None + Pending Out+In
                        None + Pending Out+In | None + Pending Out+In
                        To                    | To
                        To + Pending In       | To + Pending In
                        From                  | From + Pending Out
                        From + Pending Out    | From + Pending Out
                        Both                  | Both
                        """)
        void a_request_is_always_routed(String before, String after) {
            check(before, SUBSCRIBE, true, after);
        }

        @ParameterizedTest(name = "table 3: unsubscribe in {0}")
        @CsvSource(delimiter = '|', textBlock = """
                        None                  | None
                        None + Pending Out    | None
                        None + Pending In     | None + Pending In
                        None + Pending Out+In | None + Pending In
                        To                    | None
                        To + Pending In       | None + Pending In
                        From                  | From
                        From + Pending Out    | From
                        Both                  | From
                        """)
        void an_unsubscription_is_always_routed(String before, String after) {
            check(before, UNSUBSCRIBE, true, after);
        }

        @ParameterizedTest(name = "table 4: subscribed in {0}")
        @CsvSource(delimiter = '|', textBlock = """
                        None                      | false | None approved
                        None + Pending Out        | false | None + Pending Out approved
                        None + Pending In         | true  | From
                        None + Pending Out+In     | true  | From + Pending Out
                        To                        | false | To approved
                        To + Pending In           | true  | Both
                        From                      | false | From
                        From + Pending Out        | false | From + Pending Out
                        Both                      | false | Both
                        None approved             | false | None approved
                        """)
        void an_approval_is_routed_where_it_was_asked_for(String before, boolean route, String after) {
            check(before, SUBSCRIBED, route, after);
        }

        @ParameterizedTest(name = "table 5: unsubscribed in {0}")
        @CsvSource(delimiter = '|', textBlock = """
                        None                        | false | None
                        None + Pending Out          | false | None + Pending Out
                        None + Pending In           | true  | None
                        None + Pending Out+In       | true  | None + Pending Out
                        To                          | false | To
                        To + Pending In             | true  | To
                        From                        | true  | None
                        From + Pending Out          | true  | None + Pending Out
                        Both                        | true  | To
                        None approved               | false | None
                        None + Pending Out approved | false | None + Pending Out
                        To approved                 | false | To
                        Both approved               | true  | To
                        """)
        void a_cancellation_is_routed_where_it_ends_something(String before, boolean route, String after) {
            check(before, UNSUBSCRIBED, route, after);
        }

        private void check(String before, Type type, boolean route, String after) {
            assertThat(SubscriptionRules.outbound(item(before), type))
                    .isEqualTo(new SubscriptionRules.Outbound(item(before), item(after), route));
        }

        @Test
        void asking_or_approving_puts_a_stranger_into_the_roster() {
            var stranger = RosterItem.unknown(CONTACT);

            assertThat(SubscriptionRules.outbound(stranger, SUBSCRIBE).after()).isEqualTo(item("None + Pending Out"));
            assertThat(SubscriptionRules.outbound(stranger, SUBSCRIBED).after()).isEqualTo(item("None approved"));
            assertThat(SubscriptionRules.outbound(
                                    stranger.withPendingIn(Optional.of(request().element())), SUBSCRIBED)
                            .after())
                    .isEqualTo(item("From"));
        }

        @Test
        void refusing_a_stranger_leaves_nothing_of_them() {
            var asking = RosterItem.unknown(CONTACT)
                    .withPendingIn(Optional.of(request().element()));

            assertThat(SubscriptionRules.outbound(asking, UNSUBSCRIBED).after().isUnknown())
                    .isTrue();
            assertThat(SubscriptionRules.outbound(RosterItem.unknown(CONTACT), UNSUBSCRIBE)
                            .after()
                            .isUnknown())
                    .isTrue();
        }
    }

    @Nested
    class Inbound {
        @ParameterizedTest(name = "table 6: subscribe in {0}")
        @CsvSource(delimiter = '|', textBlock = """
                        None                        | true  |            | None + Pending In
                        None + Pending Out          | true  |            | None + Pending Out+In
                        None + Pending In           | false |            | None + Pending In
                        None + Pending Out+In       | false |            | None + Pending Out+In
                        To                          | true  |            | To + Pending In
                        To + Pending In             | false |            | To + Pending In
                        From                        | false | SUBSCRIBED | From
                        From + Pending Out          | false | SUBSCRIBED | From + Pending Out
                        Both                        | false | SUBSCRIBED | Both
                        None approved               | false | SUBSCRIBED | From approved
                        None + Pending Out approved | false | SUBSCRIBED | From + Pending Out approved
                        To approved                 | false | SUBSCRIBED | Both approved
                        """)
        void a_request_waits_unless_it_is_approved(String before, boolean deliver, Type reply, String after) {
            check(before, SUBSCRIBE, deliver, reply, after);
        }

        @ParameterizedTest(name = "table 7: unsubscribe in {0}")
        @CsvSource(delimiter = '|', textBlock = """
                        None                  | false |              | None
                        None + Pending Out    | false |              | None + Pending Out
                        None + Pending In     | true  | UNSUBSCRIBED | None
                        None + Pending Out+In | true  | UNSUBSCRIBED | None + Pending Out
                        To                    | false |              | To
                        To + Pending In       | true  | UNSUBSCRIBED | To
                        From                  | true  | UNSUBSCRIBED | None
                        From + Pending Out    | true  | UNSUBSCRIBED | None + Pending Out
                        Both                  | true  | UNSUBSCRIBED | To
                        Both approved         | true  | UNSUBSCRIBED | To approved
                        """)
        void an_unsubscription_is_delivered_where_it_ends_something(
                String before, boolean deliver, Type reply, String after) {
            check(before, UNSUBSCRIBE, deliver, reply, after);
        }

        @ParameterizedTest(name = "table 8: subscribed in {0}")
        @CsvSource(delimiter = '|', textBlock = """
                        None                  | false | None
                        None + Pending Out    | true  | To
                        None + Pending In     | false | None + Pending In
                        None + Pending Out+In | true  | To + Pending In
                        To                    | false | To
                        To + Pending In       | false | To + Pending In
                        From                  | false | From
                        From + Pending Out    | true  | Both
                        Both                  | false | Both
                        """)
        void an_approval_counts_where_it_was_asked_for(String before, boolean deliver, String after) {
            check(before, SUBSCRIBED, deliver, null, after);
        }

        @ParameterizedTest(name = "table 9: unsubscribed in {0}")
        @CsvSource(delimiter = '|', textBlock = """
                        None                  | false | None
                        None + Pending Out    | true  | None
                        None + Pending In     | false | None + Pending In
                        None + Pending Out+In | true  | None + Pending In
                        To                    | true  | None
                        To + Pending In       | true  | None + Pending In
                        From                  | false | From
                        From + Pending Out    | true  | From
                        Both                  | true  | From
                        None approved         | false | None approved
                        """)
        void a_cancellation_counts_where_there_is_something_to_cancel(String before, boolean deliver, String after) {
            check(before, UNSUBSCRIBED, deliver, null, after);
        }

        private void check(String before, Type type, boolean deliver, Type reply, String after) {
            assertThat(SubscriptionRules.inbound(item(before), Presence.of(type, CONTACT, OWNER)))
                    .isEqualTo(new SubscriptionRules.Inbound(
                            item(before), item(after), deliver, Optional.ofNullable(reply)));
        }

        @Test
        void a_strangers_request_does_not_put_them_into_the_roster() {
            var decision = SubscriptionRules.inbound(RosterItem.unknown(CONTACT), request());

            assertThat(decision.after().listed()).isFalse();
            assertThat(decision.after().pendingIn()).contains(request().element());
            assertThat(decision.waits()).isTrue();
        }

        @Test
        void a_stranger_who_withdraws_a_request_is_just_forgotten() {
            var asking = RosterItem.unknown(CONTACT)
                    .withPendingIn(Optional.of(request().element()));

            var decision = SubscriptionRules.inbound(asking, Presence.of(UNSUBSCRIBE, CONTACT, OWNER));

            assertThat(decision)
                    .isEqualTo(new SubscriptionRules.Inbound(
                            asking, RosterItem.unknown(CONTACT), false, Optional.empty()));
        }
    }

    @Test
    void presence_that_is_no_subscription_is_not_decided_here() {
        assertThatThrownBy(() -> SubscriptionRules.outbound(item("None"), Type.PROBE))
                .hasMessage("presence of type 'probe' manages no subscription (RFC 6121 section 3)");
        assertThatThrownBy(() -> SubscriptionRules.inbound(item("None"), Presence.of(Type.ERROR, CONTACT, OWNER)))
                .hasMessage("presence of type 'error' manages no subscription (RFC 6121 section 3)");
    }
}
