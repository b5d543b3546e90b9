package io.escalus4j.server.xep.im;

import static io.escalus4j.server.World.xml;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import io.escalus4j.server.TestSession;
import io.escalus4j.server.module.Hook;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Phase;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.module.Xep;
import io.escalus4j.server.store.RosterItem.Subscription;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Stanza;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** RFC 6121 section 4. */
class PresenceTest extends ImTest {
    private static final String A = "alice@localhost";
    private static final String B = "bob@localhost";
    private static final String PHONE = A + "/phone";
    private static final String DESK = B + "/desk";

    /** A component that remembers what it gets, and what sessions have become available. */
    private static final class Recorder implements Module {
        private final List<Element> received = new ArrayList<>();
        private final List<String> available = new ArrayList<>();

        @Override
        public Xep xep() {
            return new Xep(0, "Recorder", "0");
        }

        @Override
        public void install(Hooks hooks) {
            hooks.component("muc", this::take).on(Hook.AVAILABLE, Phase.AFTER, session -> {
                available.add(session.jid().resource());
                return Verdict.proceed(session);
            });
        }

        private CompletableFuture<Void> take(Stanza stanza) {
            received.add(stanza.element());
            return CompletableFuture.completedFuture(null);
        }
    }

    private Recorder recorder() {
        var recorder = new Recorder();
        world.context().modules().install(recorder);
        return recorder;
    }

    @Nested
    class Broadcast {
        @ParameterizedTest
        @EnumSource(Subscription.class)
        void presence_goes_to_those_who_are_subscribed(Subscription subscription) {
            contact(A, B, subscription);
            var bob = world.login(DESK);

            world.connect(PHONE).sends("<presence id='p1'><show>dnd</show></presence>");

            var seen = xml("<presence id='p1' from='" + PHONE + "' to='" + B + "'><show>dnd</show></presence>");
            if (subscription.from()) {
                assertThat(bob.received()).containsExactly(seen);
            } else {
                assertThat(bob.received()).doesNotContain(seen);
            }
        }

        @Test
        void presence_comes_back_to_who_sent_it_and_to_the_accounts_other_resources() {
            var tablet = world.login(A + "/tablet");
            var phone = world.connect(PHONE);

            phone.sends("<presence/>");

            assertThat(phone.received()).containsExactly(presence(PHONE, A), presence(A + "/tablet", PHONE));
            assertThat(tablet.received()).containsExactly(presence(PHONE, A));
        }

        @Test
        void initial_presence_brings_that_of_contacts_to_this_resource_alone_and_later_presence_does_not() {
            friends(A, B);
            contact(A, "kate@localhost", Subscription.FROM);
            contact("kate@localhost", A, Subscription.TO);
            world.connect(DESK).sends("<presence id='d'><status>Here</status></presence>");
            world.login("kate@localhost/k");
            var tablet = world.login(A + "/tablet");

            var phone = world.connect(PHONE).sends("<presence/>");
            assertThat(phone.received())
                    .contains(xml(
                            "<presence id='d' from='" + DESK + "' to='" + PHONE + "'><status>Here</status></presence>"))
                    .hasSize(3);
            assertThat(tablet.received()).containsExactly(presence(PHONE, A));

            phone.sends("<presence><show>away</show></presence>");
            assertThat(phone.received())
                    .containsExactly(xml("<presence from='" + PHONE + "' to='" + A + "'><show>away</show></presence>"));
        }

        @Test
        void a_contact_who_has_ended_the_subscription_meanwhile_says_so() {
            contact(A, B, Subscription.TO);
            world.account(B);
            var tablet = world.login(A + "/tablet");
            assertThat(item(A, B).subscription()).isEqualTo(Subscription.NONE);

            world.login(PHONE);

            assertThat(received(tablet)).containsExactly(presence(PHONE, A));
        }

        @Test
        void a_contact_elsewhere_is_probed_in_the_name_of_the_account() {
            var recorder = recorder();
            contact(A, "room@muc.localhost", Subscription.BOTH);

            world.login(PHONE);

            assertThat(recorder.received)
                    .containsExactly(presence(PHONE, "room@muc.localhost"), presence("probe", A, "room@muc.localhost"));
        }

        @Test
        void modules_hear_of_initial_presence_and_not_of_later_one() {
            var recorder = recorder();
            var phone = world.login(PHONE);
            phone.sends("<presence><show>away</show></presence>");
            assertThat(recorder.available).containsExactly("phone");

            phone.sends("<presence type='unavailable'/>").sends("<presence/>");
            assertThat(recorder.available).containsExactly("phone", "phone");
        }

        @Test
        void presence_that_is_for_nobody_and_says_nothing_is_dropped() {
            var alice = world.login(PHONE);

            alice.sends("<presence type='probe'/>").sends("<presence type='error'/>");

            assertThat(alice.received()).isEmpty();
        }
    }

    @Nested
    class Leaving {
        @Test
        void a_goodbye_goes_to_all_who_saw_the_resource_with_all_that_it_says() {
            friends(A, B);
            var bob = world.login(DESK);
            var tablet = world.login(A + "/tablet");
            var phone = world.login(PHONE);
            List.of(bob, tablet).forEach(TestSession::received);

            phone.sends("<presence type='unavailable' id='bye'><status>Gone</status></presence>");

            String bye = "<presence type='unavailable' id='bye' from='" + PHONE
                    + "' to='%s'><status>Gone</status></presence>";
            assertThat(bob.received()).containsExactly(xml(bye.formatted(B)));
            assertThat(tablet.received()).containsExactly(xml(bye.formatted(A)));
            assertThat(phone.received()).containsExactly(xml(bye.formatted(A)));
            assertThat(phone.isAvailable()).isFalse();
        }

        @Test
        void a_connection_that_breaks_is_a_goodbye_by_the_server() {
            friends(A, B);
            var bob = world.login(DESK);
            var tablet = world.login(A + "/tablet");
            var phone = world.login(PHONE);
            List.of(bob, tablet).forEach(TestSession::received);

            phone.disconnects();

            assertThat(bob.received()).containsExactly(presence("unavailable", PHONE, B));
            assertThat(tablet.received()).containsExactly(presence("unavailable", PHONE, A));
            assertThat(phone.received()).isEmpty();
            assertThat(phone.presence())
                    .as("its last presence can still be read")
                    .isPresent();
        }

        @Test
        void who_was_not_available_is_not_missed() {
            friends(A, B);
            var bob = world.login(DESK);
            var tablet = world.login(A + "/tablet");
            var phone = world.login(PHONE);
            phone.sends("<presence type='unavailable'/>");
            List.of(bob, tablet).forEach(TestSession::received);

            phone.sends("<presence type='unavailable'/>").disconnects();

            assertThat(bob.received()).isEmpty();
            assertThat(tablet.received()).isEmpty();
        }

        @Test
        void presence_that_arrives_after_the_end_raises_no_ghost() {
            friends(A, B);
            var bob = world.login(DESK);
            var phone = world.login(PHONE);
            phone.disconnects();
            bob.received();

            phone.sends("<presence/>").sends("<presence type='unavailable'/>").sends("<presence to='" + B + "'/>");

            assertThat(bob.received()).isEmpty();
        }
    }

    @Nested
    class Directed {
        @Test
        void a_stranger_who_was_told_learns_of_the_end_and_of_nothing_between() {
            var bob = world.login(DESK);
            var phone = world.login(PHONE);

            phone.sends("<presence to='" + DESK + "'><show>chat</show></presence>");
            assertThat(bob.received())
                    .containsExactly(
                            xml("<presence from='" + PHONE + "' to='" + DESK + "'><show>chat</show></presence>"));

            phone.sends("<presence><show>away</show></presence>");
            assertThat(bob.received()).isEmpty();

            phone.sends("<presence type='unavailable'/>");
            assertThat(bob.received()).containsExactly(presence("unavailable", PHONE, DESK));

            phone.disconnects();
            assertThat(bob.received()).isEmpty();
        }

        @Test
        void it_needs_no_presence_of_ones_own() {
            var recorder = recorder();
            var phone = world.connect(PHONE);

            phone.sends("<presence to='room@muc.localhost/alice'/>").disconnects();

            assertThat(recorder.received)
                    .containsExactly(
                            presence(PHONE, "room@muc.localhost/alice"),
                            presence("unavailable", PHONE, "room@muc.localhost/alice"));
        }

        @Test
        void who_was_told_of_the_end_is_not_told_again() {
            var bob = world.login(DESK);
            var phone = world.login(PHONE);
            phone.sends("<presence to='" + B + "'/>").sends("<presence type='unavailable' to='" + B + "'/>");
            bob.received();

            phone.disconnects();

            assertThat(bob.received()).isEmpty();
        }

        @Test
        void who_has_left_itself_is_not_told() {
            var bob = world.login(DESK);
            var phone = world.login(PHONE);
            var tablet = world.login(A + "/tablet");
            phone.sends("<presence to='" + DESK + "'/>");
            tablet.sends("<presence to='" + DESK + "'/>");
            bob.received();

            bob.sends("<presence type='unavailable' to='" + PHONE + "'/>");
            phone.disconnects();
            tablet.disconnects();

            assertThat(bob.received()).containsExactly(presence("unavailable", A + "/tablet", DESK));
        }

        @Test
        void a_subscriber_who_was_told_as_well_hears_of_the_end_once() {
            friends(A, B);
            var bob = world.login(DESK);
            var phone = world.login(PHONE);
            phone.sends("<presence to='" + DESK + "'/>").sends("<presence to='" + B + "'/>");
            bob.received();

            phone.disconnects();

            assertThat(bob.received()).containsExactly(presence("unavailable", PHONE, B));
        }

        /** Under small limits. */
        @Nested
        class Limited extends ImTest {
            Limited() {
                super(SMALL);
            }

            @Test
            void only_so_many_can_be_told() {
                var phone = world.login(PHONE);
                phone.sends("<presence to='one@localhost'/>").sends("<presence to='two@localhost'/>");

                phone.sends("<presence to='three@localhost'/>");
                assertThat(phone.received().toString())
                        .contains("resource-constraint", "directed presence to 2 entities, no more are allowed");

                phone.sends("<presence to='two@localhost'/>")
                        .sends("<presence type='unavailable' to='nobody@localhost'/>");
                assertThat(phone.received()).isEmpty();

                phone.sends("<presence type='unavailable' to='one@localhost'/>")
                        .sends("<presence to='three@localhost'/>");
                assertThat(phone.received()).isEmpty();
            }
        }
    }

    @Nested
    class Probes {
        private void probe(TestSession from, String to) {
            from.sends("<presence type='probe' id='probe1' to='" + to + "'/>");
        }

        private Element answer(String type, String from, String to) {
            return presence(type, from, to).with("id", "probe1");
        }

        @Test
        void a_subscriber_gets_the_whole_presence_of_each_resource() {
            contact(B, A, Subscription.FROM);
            world.connect(DESK).sends("<presence id='d'><show>dnd</show></presence>");
            world.connect(B + "/lamp").sends("<presence><priority>-1</priority></presence>");
            var alice = world.login(PHONE);

            probe(alice, B);

            assertThat(alice.received())
                    .containsExactlyInAnyOrder(
                            xml("<presence id='d' from='" + DESK + "' to='" + PHONE + "'><show>dnd</show></presence>"),
                            xml("<presence from='" + B + "/lamp' to='" + PHONE
                                    + "'><priority>-1</priority></presence>"));
        }

        @Test
        void a_subscriber_learns_that_nobody_is_there() {
            contact(B, A, Subscription.FROM);
            var alice = world.login(PHONE);

            probe(alice, B);

            assertThat(alice.received()).containsExactly(answer("unavailable", B, PHONE));
        }

        @Test
        void of_one_resource_a_subscriber_learns_just_whether_it_is_there() {
            contact(B, A, Subscription.FROM);
            world.connect(DESK).sends("<presence id='d'><show>dnd</show></presence>");
            world.connect(B + "/idle");
            var alice = world.login(PHONE);

            probe(alice, DESK);
            probe(alice, B + "/idle");
            probe(alice, B + "/gone");

            assertThat(alice.received())
                    .containsExactly(
                            presence(DESK, PHONE),
                            answer("unavailable", B + "/idle", PHONE),
                            answer("unavailable", B + "/gone", PHONE));
        }

        @Test
        void one_may_probe_oneself() {
            world.login(A + "/tablet");
            var alice = world.login(PHONE);

            probe(alice, A + "/tablet");

            assertThat(alice.received()).containsExactly(presence(A + "/tablet", PHONE));
        }

        @ParameterizedTest
        @EnumSource(
                value = Subscription.class,
                names = {"NONE", "TO"})
        void a_stranger_gets_the_same_answer_whether_somebody_is_there_or_no_such_account(Subscription subscription) {
            var recorder = recorder();
            contact(B, "room@muc.localhost", subscription);
            var bob = world.login(DESK);
            bob.received();
            recorder.received.clear();

            for (String to : List.of(B, DESK, B + "/gone", "nobody@localhost")) {
                var probe = presence("probe", "room@muc.localhost", to).with("id", "probe1");
                world.context()
                        .router()
                        .route(io.escalus4j.server.xmpp.Stanzas.trusted(
                                probe, Jid.of("room@muc.localhost"), java.util.Optional.of(Jid.of(to))));
            }

            assertThat(recorder.received)
                    .containsExactly(
                            answer("unsubscribed", B, "room@muc.localhost"),
                            answer("unsubscribed", B, "room@muc.localhost"),
                            answer("unsubscribed", B, "room@muc.localhost"),
                            answer("unsubscribed", "nobody@localhost", "room@muc.localhost"));
            assertThat(bob.received()).isEmpty();
        }

        @Test
        void a_client_that_probes_a_stranger_learns_nothing() {
            world.login(DESK);
            var alice = world.login(PHONE);

            probe(alice, B);
            probe(alice, DESK);

            assertThat(alice.received()).isEmpty();
        }

        @Test
        void who_was_sent_directed_presence_learns_just_that_this_resource_is_there() {
            var alice = world.login(PHONE);
            var bob = world.login(DESK);
            world.login(B + "/lamp");
            bob.sends("<presence to='" + PHONE + "'><show>chat</show></presence>");
            bob.received();
            alice.received();

            probe(alice, DESK);
            assertThat(alice.received()).containsExactly(presence(DESK, PHONE));

            probe(alice, B);
            probe(alice, B + "/lamp");
            assertThat(alice.received()).isEmpty();
        }
    }
}
