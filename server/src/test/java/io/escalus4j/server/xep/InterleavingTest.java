package io.escalus4j.server.xep;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import io.escalus4j.server.HeldStores;
import io.escalus4j.server.Interleaving;
import io.escalus4j.server.TestSession;
import io.escalus4j.server.World;
import io.escalus4j.server.module.Hook;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Phase;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.module.Xep;
import io.escalus4j.server.store.RosterItem;
import io.escalus4j.server.store.RosterItem.Subscription;
import io.escalus4j.server.xep.im.ImConfig;
import io.escalus4j.server.xep.im.InstantMessaging;
import io.escalus4j.server.xmpp.Jid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold however the answers of a slow store and the stanzas of several clients fall between each other. */
class InterleavingTest {
    private static final String A = "alice@localhost";
    private static final String B = "bob@localhost";

    /** Each is another way in which it can happen, and the same one each time. */
    static IntStream seeds() {
        return IntStream.range(0, 100);
    }

    private final HeldStores stores = new HeldStores();
    private final World world = World.of(
            stores,
            List.of(
                    context -> new InstantMessaging(context, ImConfig.STANDARD),
                    context -> new OfflineMessages(context, OfflineMessages.Config.STANDARD),
                    context -> new Blocking(context, Blocking.Config.STANDARD),
                    context -> new Pondering()));

    /** A module that looks something up for every stanza and everybody who sees presence. */
    private final class Pondering implements Module {
        @Override
        public Xep xep() {
            return new Xep(0, "Pondering", "0");
        }

        @Override
        public void install(Hooks hooks) {
            hooks.on(Hook.RECEIVED, Phase.GUARD, received -> Verdict.later(ponder(Verdict.proceed(received))))
                    .on(Hook.AUDIENCE, Phase.GUARD, audience -> Verdict.later(ponder(Verdict.proceed(audience))));
        }

        private <T> CompletionStage<T> ponder(T outcome) {
            return stores.accounts().exists(Jid.of(A)).thenApply(looked -> outcome);
        }
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Interleaving interleaving(int seed) {
        return new Interleaving(stores, new SplittableRandom(seed));
    }

    private void friends() {
        friend(A, B);
        friend(B, A);
    }

    private void friend(String owner, String contact) {
        world.account(owner);
        var item = RosterItem.unknown(Jid.of(contact)).inRoster().with(Subscription.BOTH);
        world.context().stores().rosters().update(Jid.of(owner), Jid.of(contact), known -> Optional.of(item));
    }

    private static String[] chats(String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "<message to='bob@localhost' type='chat'><body>" + name + i + "</body></message>")
                .toArray(String[]::new);
    }

    private static List<String> bodies(TestSession session) {
        return session.received().stream()
                .flatMap(stanza -> stanza.childText("body").stream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_login_loses_doubles_and_reorders_no_message(int seed) {
        var alice = world.connect(A + "/a");
        var kate = world.connect("kate@localhost/k");
        var bob = world.connect(B + "/b");

        interleaving(seed)
                .sender(alice, chats("a", 4))
                .sender(kate, chats("k", 4))
                .sender(bob, "<presence><priority>-1</priority></presence>", "<presence/>")
                .run();

        var bodies = bodies(bob);
        assertThat(bodies).filteredOn(body -> body.startsWith("a")).containsExactly("a0", "a1", "a2", "a3");
        assertThat(bodies).filteredOn(body -> body.startsWith("k")).containsExactly("k0", "k1", "k2", "k3");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_goodbye_between_messages_loses_none_of_them(int seed) {
        var alice = world.connect(A + "/a");
        var bob = world.login(B + "/b");

        interleaving(seed)
                .sender(alice, chats("a", 6))
                .sender(
                        bob,
                        "<presence type='unavailable'/>",
                        "<presence/>",
                        "<presence type='unavailable'/>",
                        "<presence/>")
                .run();

        assertThat(bodies(bob)).containsExactly("a0", "a1", "a2", "a3", "a4", "a5");
    }

    /** What {@code session} has to believe of others, from all that it was told. */
    private static TreeMap<String, String> view(TestSession session, String of) {
        var view = new TreeMap<String, String>();
        for (Element stanza : session.received()) {
            String from = stanza.attribute("from", "");
            boolean ends = List.of("unsubscribed").contains(stanza.attribute("type", ""));
            if (stanza.name().equals("presence") && from.startsWith(of)) {
                if (ends) {
                    view.clear();
                } else if (stanza.attribute("type", "").equals("unavailable")) {
                    view.remove(from);
                } else if (stanza.attribute("type", "").isEmpty()) {
                    view.put(from, stanza.childText("show").orElse("online"));
                }
            }
        }
        return view;
    }

    private static TreeMap<String, String> truth(TestSession... sessions) {
        var truth = new TreeMap<String, String>();
        for (TestSession session : sessions) {
            session.presence()
                    .ifPresent(presence -> truth.put(
                            session.jid().toString(),
                            presence.element().childText("show").orElse("online")));
        }
        return truth;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void friends_who_come_and_go_see_each_other_as_they_are(int seed) {
        friends();
        var a1 = world.connect(A + "/1");
        var a2 = world.connect(A + "/2");
        var b1 = world.connect(B + "/1");

        interleaving(seed)
                .sender(
                        a1,
                        "<presence/>",
                        "<presence><show>away</show></presence>",
                        "<presence type='unavailable'/>",
                        "<presence/>")
                .sender(a2, "<presence/>", "<presence><show>dnd</show></presence>")
                .sender(b1, "<presence/>", "<presence type='unavailable'/>", "<presence><show>xa</show></presence>")
                .run();

        var fromA1 = new ArrayList<>(a1.received());
        assertThat(view(b1, A)).isEqualTo(truth(a1, a2));
        assertThat(view(a2, B)).isEqualTo(truth(b1));
        assertThat(fromA1).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_connection_that_breaks_leaves_no_ghost(int seed) {
        friends();
        var a1 = world.connect(A + "/1");
        var b1 = world.connect(B + "/1");

        interleaving(seed)
                .actor(
                        () -> a1.sending("<presence/>"),
                        () -> a1.sending("<presence><show>away</show></presence>"),
                        a1::disconnecting)
                .sender(b1, "<presence/>", "<presence type='probe' to='alice@localhost'/>")
                .run();

        assertThat(view(b1, A)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void who_loses_the_right_to_see_somebody_sees_nobody(int seed) {
        friends();
        var a1 = world.connect(A + "/1");
        var a2 = world.connect(A + "/2");
        var b1 = world.login(B + "/1");
        var b2 = world.connect(B + "/2");

        interleaving(seed)
                .sender(
                        a1,
                        "<presence/>",
                        "<presence type='unsubscribed' to='bob@localhost'/>",
                        "<presence><show>away</show></presence>")
                .sender(
                        a2,
                        "<presence/>",
                        "<presence><show>dnd</show></presence>",
                        "<presence><show>xa</show></presence>")
                .sender(b2, "<presence/>")
                .run();

        assertThat(view(b1, A)).isEmpty();
        assertThat(view(b2, A)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void who_is_blocked_sees_nobody_and_who_is_unblocked_sees_all(int seed) {
        friends();
        var a1 = world.login(A + "/1");
        var a2 = world.connect(A + "/2");
        var b1 = world.login(B + "/1");
        b1.received();
        String block = "<iq type='set' id='1'><%s xmlns='urn:xmpp:blocking'><item jid='bob@localhost'/></%1$s></iq>";
        boolean endsBlocked = seed % 2 == 0;

        interleaving(seed)
                .sender(
                        a1,
                        block.formatted("block"),
                        block.formatted("unblock"),
                        endsBlocked ? block.formatted("block") : "<presence/>")
                .sender(
                        a2,
                        "<presence/>",
                        "<presence><show>dnd</show></presence>",
                        "<presence><show>xa</show></presence>")
                .run();

        assertThat(view(b1, A)).isEqualTo(endsBlocked ? truth() : truth(a1, a2));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void two_who_ask_each_other_at_once_become_friends(int seed) {
        var a1 = world.login(A + "/1");
        var b1 = world.login(B + "/1");

        interleaving(seed)
                .sender(
                        a1,
                        "<presence type='subscribe' to='bob@localhost'/>",
                        "<presence type='subscribed' to='bob@localhost'/>")
                .sender(
                        b1,
                        "<presence type='subscribe' to='alice@localhost'/>",
                        "<presence type='subscribed' to='alice@localhost'/>")
                .run();

        assertThat(subscription(a1)).isEqualTo("both");
        assertThat(subscription(b1)).isEqualTo("both");
        assertThat(view(a1, B)).isEqualTo(truth(b1));
        assertThat(view(b1, A)).isEqualTo(truth(a1));
    }

    /** What the last push said. */
    private static String subscription(TestSession session) {
        var received = session.received();
        String last = received.stream()
                .flatMap(stanza -> stanza.child("query", "jabber:iq:roster").stream())
                .flatMap(query -> query.elements().stream())
                .map(item -> item.attribute("subscription", ""))
                .reduce("", (before, after) -> after);
        received.forEach(session::redeliver);
        return last;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_request_is_shown_to_each_resource_once(int seed) {
        var alice = world.login(A + "/1");
        world.account(B);
        var b1 = world.connect(B + "/1");
        var b2 = world.connect(B + "/2");

        interleaving(seed)
                .sender(
                        alice,
                        "<presence type='subscribe' to='bob@localhost'/>",
                        "<presence type='subscribe' to='bob@localhost'/>")
                .sender(b1, "<presence/>")
                .sender(b2, "<presence/>")
                .run();

        for (TestSession session : List.of(b1, b2)) {
            assertThat(session.received())
                    .filteredOn(stanza -> stanza.attribute("type", "").equals("subscribe"))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void no_push_is_overtaken_by_an_older_roster(int seed) {
        var a1 = world.login(A + "/1");
        var a2 = world.connect(A + "/2");
        String add = "<iq type='set' id='1'><query xmlns='jabber:iq:roster'><item jid='%s@localhost'/></query></iq>";

        interleaving(seed)
                .sender(a1, add.formatted("x"), add.formatted("y"), add.formatted("z"))
                .sender(a2, "<iq type='get' id='2'><query xmlns='jabber:iq:roster'/></iq>")
                .run();

        assertThat(rosterOf(a2)).containsExactly("x@localhost", "y@localhost", "z@localhost");
    }

    @Test
    void a_change_that_waits_for_a_roster_get_to_end_comes_behind_its_result() {
        var a1 = world.login(A + "/1");
        var a2 = world.connect(A + "/2");
        stores.hold();
        var got = a2.sending("<iq type='get' id='2'><query xmlns='jabber:iq:roster'/></iq>");
        var set = a1.sending(
                "<iq type='set' id='1'><query xmlns='jabber:iq:roster'><item jid='x@localhost'/></query></iq>");

        stores.letGo();
        stores.release(new SplittableRandom());

        assertThat(got).isCompleted();
        assertThat(set).isCompleted();
        assertThat(a2.received()).extracting(iq -> iq.attribute("type", "")).containsExactly("result", "set");
    }

    /** The roster as a client would have it after all that it got. */
    private static List<String> rosterOf(TestSession session) {
        var roster = new java.util.TreeSet<String>();
        for (Element stanza : session.received()) {
            if (stanza.attribute("type", "").equals("result")) {
                roster.clear();
            }
            stanza.child("query", "jabber:iq:roster")
                    .ifPresent(query -> query.elements().forEach(item -> roster.add(item.attribute("jid", ""))));
        }
        return List.copyOf(roster);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void an_account_that_is_removed_leaves_nothing_for_the_next_owner_of_its_name(int seed) {
        friends();
        var alice = world.login(A + "/1");
        var bob = world.login(B + "/1");
        var kate = world.login("kate@localhost/1");

        interleaving(seed)
                .actor(() -> world.context()
                        .accounts()
                        .remove(Jid.of(A))
                        .toCompletableFuture()
                        .thenAccept(gone -> {}))
                .sender(
                        alice,
                        "<iq type='set' id='1'><query xmlns='jabber:iq:roster'><item jid='x@localhost'/></query></iq>",
                        "<iq type='set' id='2'><block xmlns='urn:xmpp:blocking'><item jid='x@localhost'/></block></iq>",
                        "<presence type='unavailable'/>")
                .sender(bob, "<message to='alice@localhost' type='chat'><body>Hi</body></message>")
                .sender(kate, "<presence type='subscribe' to='alice@localhost'/>")
                .run();

        stores.letGo();
        var account = Jid.of(A);
        assertThat(stores.rosters().of(account).toCompletableFuture().join()).isEmpty();
        assertThat(stores.blockLists().of(account).toCompletableFuture().join()).isEmpty();
        assertThat(stores.offline().count(account).toCompletableFuture().join()).isZero();
    }
}
