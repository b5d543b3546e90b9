package io.escalus4j.server.xep.mam;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import io.escalus4j.server.HeldStores;
import io.escalus4j.server.Interleaving;
import io.escalus4j.server.TestSession;
import io.escalus4j.server.World;
import io.escalus4j.server.store.ArchiveQuery;
import io.escalus4j.server.store.ArchiveSlice;
import io.escalus4j.server.xep.im.ImConfig;
import io.escalus4j.server.xep.im.InstantMessaging;
import io.escalus4j.server.xmpp.Jid;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An account hears messages in the order that its archive has, however slow the store is with some of them. */
class HearingOrderTest {
    private static final Jid BOB = Jid.of("bob@localhost");

    private final HeldStores held = new HeldStores();
    private final World world =
            World.of(held.stores(), List.of(context -> new InstantMessaging(context, ImConfig.STANDARD)));

    HearingOrderTest() {
        Archives.modules(world.context(), ArchiveConfig.STANDARD)
                .forEach(world.context().modules()::install);
    }

    @AfterEach
    void close() {
        world.close();
    }

    static IntStream seeds() {
        return IntStream.range(0, 100);
    }

    private static String[] chats(String name) {
        return IntStream.range(0, 4)
                .mapToObj(i -> "<message to='bob@localhost' type='chat'><body>" + name + i + "</body></message>")
                .toArray(String[]::new);
    }

    private static List<String> heard(TestSession session) {
        return session.received().stream()
                .flatMap(stanza -> stanza.childText("body").stream())
                .toList();
    }

    private List<String> archived() {
        return held
                .memory()
                .archive()
                .page(BOB, ArchiveQuery.ALL, ArchiveSlice.last(100))
                .toCompletableFuture()
                .join()
                .orElseThrow()
                .messages()
                .stream()
                .map(message -> message.stanza())
                .flatMap((Element stanza) -> stanza.childText("body").stream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whoever_writes_what_is_heard_is_in_the_order_of_the_archive(int seed) {
        var alice = world.login("alice@localhost/a");
        var kate = world.login("kate@localhost/k");
        var bob = world.login("bob@localhost/b");

        new Interleaving(held, new SplittableRandom(seed))
                .sender(alice, chats("a"))
                .sender(kate, chats("k"))
                .run();

        assertThat(heard(bob)).hasSize(8).isEqualTo(archived());
    }

    @Test
    void what_cannot_be_archived_holds_up_nothing() {
        var alice = world.login("alice@localhost/a");
        var bob = world.login("bob@localhost/b");
        held.fail("Archive.append");
        alice.sends(chats("lost")[0]);
        held.letGo();

        alice.sends(chats("kept")[0]);

        assertThat(heard(bob)).containsExactly("kept0");
    }

    @Test
    void one_waits_for_those_before_and_for_nobody_elses() {
        var order = new HearingOrder();
        var first = new CompletableFuture<String>();
        var heard = new CompletableFuture<Void>();

        var one = order.behindEarlier(BOB, () -> first, heard).toCompletableFuture();
        var two = order.behindEarlier(BOB, () -> CompletableFuture.completedFuture("two"), heard)
                .toCompletableFuture();
        var others = order.behindEarlier(Jid.of("kate@localhost"), () -> first.thenApply(x -> x), heard)
                .toCompletableFuture();
        assertThat(two).isNotDone();

        first.complete("one");
        assertThat(one).isCompletedWithValue("one");
        assertThat(others).isCompleted();
        assertThat(two).isNotDone();
        heard.complete(null);
        assertThat(two).isCompletedWithValue("two");
    }
}
