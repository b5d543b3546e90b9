package io.escalus4j.server.store.sql;

import static io.escalus4j.server.store.Everything.join;

import io.escalus4j.exml.Element;
import io.escalus4j.server.config.StoreConfig;
import io.escalus4j.server.store.ArchiveId;
import io.escalus4j.server.store.ArchiveQuery;
import io.escalus4j.server.store.ArchiveSlice;
import io.escalus4j.server.store.Archived;
import io.escalus4j.server.store.Stores;
import io.escalus4j.server.xmpp.Jid;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures message archives; {@code bin/bench store} runs it, {@code mvn verify} does not. */
class StoreBenchmark {
    private static final int ROWS = Integer.getInteger("escalus.bench.rows", 1_000_000);
    /** Rows before those, for the compiler. */
    private static final int WARM = ROWS / 2;

    private static final int OWNERS = 1000;
    private static final int IN_FLIGHT = 100_000;
    private static final int PAGES = 3000;
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final String HEADER =
            "| storage | inserted rows/s | page of 50: p50 / p99 ms | with a contact: p50 / p99 ms | counted too: p50 / p99 ms | start ms |\n"
                    + "|---|--:|--:|--:|--:|--:|\n";

    @TempDir
    private Path folder;

    private final SplittableRandom random = new SplittableRandom(4);

    @Test
    void archives_are_measured() throws Exception {
        var lines = new ArrayList<String>();
        lines.add(measured("H2", SqlStores.fileIn(folder.resolve("h2"))));
        try (var database = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("pg"))
                .start()) {
            lines.add(measured("PostgreSQL", database.getJdbcUrl("postgres", "postgres")));
        }
        write(lines);
    }

    private String measured(String name, String url) throws Exception {
        double perSecond;
        try (Stores stores = SqlStores.open(StoreConfig.STANDARD.at(url))) {
            inserted(stores, 0, WARM);
            perSecond = inserted(stores, WARM, ROWS);
        }
        long begun = System.nanoTime();
        try (Stores stores = SqlStores.open(StoreConfig.STANDARD.at(url))) {
            join(stores.archive().newest());
            long start = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
            pages(stores, ArchiveQuery.ALL, false); // warm
            String plain = pages(stores, ArchiveQuery.ALL, false);
            String filtered = pages(stores, ArchiveQuery.ALL.with(contact(3)), false);
            String counted = pages(stores, ArchiveQuery.ALL, true);
            return "| %s | %.0f | %s | %s | %s | %d |".formatted(name, perSecond, plain, filtered, counted, start);
        }
    }

    // ---- rows

    private static Jid owner(int number) {
        return Jid.of("user" + number, "example.org");
    }

    private static Jid contact(int number) {
        return Jid.of("contact" + number, "example.org");
    }

    /** The {@code number}th of all, which is 300 bytes of XML. */
    private static Archived message(int number) {
        Jid from = contact(number / OWNERS % 10).withResource("phone");
        Element stanza = Element.of("message", "jabber:client")
                .with("from", from.toString())
                .with("to", owner(number % OWNERS).toString())
                .with("type", "chat")
                .with("id", "message-" + number)
                .with(Element.text("body", "jabber:client", "x".repeat(150)));
        return new Archived(id(number), from, Optional.of("message-" + number), stanza);
    }

    private static ArchiveId id(int number) {
        return ArchiveId.at(BEGIN.plusMillis(number), 0);
    }

    private static double inserted(Stores stores, int first, int count) throws InterruptedException {
        var room = new Semaphore(IN_FLIGHT);
        long begun = System.nanoTime();
        for (int number = first; number < first + count; number++) {
            room.acquire();
            stores.archive().append(owner(number % OWNERS), message(number)).whenComplete((done, failed) -> {
                if (failed == null) {
                    room.release();
                }
            });
        }
        if (!room.tryAcquire(IN_FLIGHT, 60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("a row was not written");
        }
        return count / ((System.nanoTime() - begun) / 1e9);
    }

    private String pages(Stores stores, ArchiveQuery query, boolean counted) {
        var nanos = new long[PAGES];
        for (int page = 0; page < PAGES; page++) {
            int number = random.nextInt(ROWS);
            var slice = ArchiveSlice.after(id(number), 50);
            long begun = System.nanoTime();
            join(stores.archive().page(owner(number % OWNERS), query, counted ? slice.counting() : slice))
                    .orElseThrow();
            nanos[page] = System.nanoTime() - begun;
        }
        java.util.Arrays.sort(nanos);
        return "%.2f / %.2f".formatted(nanos[PAGES / 2] / 1e6, nanos[PAGES * 99 / 100] / 1e6);
    }

    // ---- the page

    private static void write(List<String> lines) throws IOException {
        String text = "%s, %d processors, a load of %.1f when it ended, JDK %s, %d rows:%n%n"
                        .formatted(
                                LocalDate.now(),
                                Runtime.getRuntime().availableProcessors(),
                                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                                System.getProperty("java.version"),
                                ROWS)
                + HEADER
                + String.join("\n", lines)
                + '\n';
        Path page = Path.of("..", "docs", "benchmarks-storage.md");
        String all = Files.readString(page);
        int begin = all.indexOf("<!-- store -->\n") + "<!-- store -->\n".length();
        int end = all.indexOf("<!-- /store -->");
        Files.writeString(page, all.substring(0, begin) + '\n' + text + '\n' + all.substring(end));
        System.out.println(text);
    }
}
