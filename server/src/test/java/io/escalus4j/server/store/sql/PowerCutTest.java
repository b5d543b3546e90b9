package io.escalus4j.server.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import io.escalus4j.server.config.StoreConfig;
import io.escalus4j.server.store.OfflineMessages.Kept;
import io.escalus4j.server.store.Stores;
import io.escalus4j.server.xmpp.Jid;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A killed process leaves what it has written to the kernel, a power cut does not: only what was forced is certain. */
@Timeout(300)
class PowerCutTest {
    private static final int CUTS = Integer.getInteger("escalus.power.cuts", 6);
    private static final int WRITERS = 4;
    private static final Jid ALICE = Jid.of("alice@localhost");

    @TempDir
    private Path folder;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();

    /** What was on the disk for certain, of what somebody had been told before, and a picture of the disk. */
    private record Cut(Set<String> acknowledged, Path directory) {}

    @Test
    void what_was_acknowledged_is_there_when_the_power_comes_back() throws Exception {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var cuts = new ArrayList<Cut>();
        String url = SqlStores.fileIn(folder);
        try (Stores stores = SqlStores.open(StoreConfig.STANDARD.at(LosingDisk.url(url)))) {
            var writers = new ArrayList<CompletableFuture<Void>>();
            for (int i = 0; i < WRITERS; i++) {
                writers.add(CompletableFuture.runAsync(() -> write(stores)));
            }
            for (int i = 0; i < CUTS; i++) {
                cuts.add(cut(random, i));
            }
            over.set(true);
            CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
        }
        for (Cut cut : cuts) {
            assertThat(keptIn(cut)).as("seed %d, %s", seed, cut.directory()).containsAll(cut.acknowledged());
        }
    }

    private void write(Stores stores) {
        while (!over.get()) {
            int number = numbers.incrementAndGet();
            var message = Element.text("message", "jabber:client", "line " + number);
            await(stores.offline().add(ALICE, message, Integer.MAX_VALUE));
            acknowledged.add(message.text());
        }
    }

    private Cut cut(Random random, int number) throws Exception {
        int before = acknowledged.size();
        int more = 1 + random.nextInt(40);
        Awaitility.await().pollInterval(1, TimeUnit.MILLISECONDS).until(() -> acknowledged.size() >= before + more);
        var told = Set.copyOf(acknowledged);
        Path image = Files.createDirectory(folder.resolve("cut" + number));
        LosingDisk.lose(folder.resolve("escalus.mv.db"), random, image.resolve("escalus.mv.db"));
        return new Cut(told, image);
    }

    private static List<String> keptIn(Cut cut) throws Exception {
        try (Stores stores = SqlStores.open(StoreConfig.STANDARD.at(SqlStores.fileIn(cut.directory())))) {
            return await(stores.offline().of(ALICE)).stream()
                    .map(Kept::message)
                    .map(Element::text)
                    .toList();
        }
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
