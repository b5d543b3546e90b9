package io.escalus4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import io.escalus4j.server.config.StoreConfig;
import io.escalus4j.server.store.ArchiveQuery;
import io.escalus4j.server.store.ArchiveSlice;
import io.escalus4j.server.store.RosterItem;
import io.escalus4j.server.store.sql.Postgres;
import io.escalus4j.server.store.sql.SqlStores;
import io.escalus4j.server.xmpp.Jid;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program that is killed in the middle of its writes has kept all that it has acknowledged.
 *
 * <p>Three times and twice, or as often as {@code -Descalus.kill.rounds} says; each time on what the last one has left
 * behind. What came of it is in {@code target/kill-*.txt}.
 */
@Timeout(3600)
class KillTest {
    private static final int WRITERS = 3;
    private static final int MOST_PER_WRITER = 90;
    private static final Pattern READY = Pattern.compile("ready .* c2s=127\\.0\\.0\\.1:(\\d+) .*");

    private static final ArchiveSlice WHOLE = ArchiveSlice.first(MOST_PER_WRITER);

    @TempDir
    private Path folder;

    private final SplittableRandom random = new SplittableRandom();

    /** What the server has said that it has done. */
    private record Acknowledged(
            Queue<String> accounts, Queue<List<String>> contacts, Queue<List<String>> messages, CountDownLatch enough) {
        Acknowledged(int enough) {
            this(
                    new ConcurrentLinkedQueue<>(),
                    new ConcurrentLinkedQueue<>(),
                    new ConcurrentLinkedQueue<>(),
                    new CountDownLatch(enough));
        }

        int size() {
            return accounts.size() + contacts.size() + messages.size();
        }

        <T> void add(Queue<T> kind, T what) {
            kind.add(what);
            enough.countDown();
        }
    }

    @Test
    void an_h2_file_keeps_what_was_acknowledged() throws Exception {
        assertKept(List.of("--data", folder.toString()), SqlStores.fileIn(folder), rounds(3));
    }

    @Test
    void postgresql_keeps_what_was_acknowledged() throws Exception {
        String url = Postgres.freshSchema();
        var file = Files.writeString(folder.resolve("escalus.toml"), "[store]\nurl = '%s'\n".formatted(url));
        assertKept(List.of("--config", file.toString()), url, rounds(2));
    }

    private static int rounds(int shortForm) {
        return Integer.getInteger("escalus.kill.rounds", shortForm);
    }

    private void assertKept(List<String> storing, String url, int rounds) throws Exception {
        int kept = 0;
        long slowest = 0;
        for (int round = 0; round < rounds; round++) {
            var acknowledged = new Acknowledged(random.nextInt(1, WRITERS * 40));
            killInTheMiddle(storing, round, acknowledged);
            slowest = Math.max(slowest, assertAllThere(url, acknowledged));
            kept += acknowledged.size();
        }
        String database = url.split(":")[1];
        Files.writeString(
                Path.of("target", "kill-" + database + ".txt"),
                "%s: killed %d times, %d acknowledged, 0 missing, opened again within %d ms%n"
                        .formatted(database, rounds, kept, slowest));
    }

    // ---- writing

    private static void killInTheMiddle(List<String> storing, int round, Acknowledged acknowledged) throws Exception {
        Process process = program(storing);
        var writers = new ArrayList<Thread>();
        try (var lines = process.inputReader()) {
            var address = address(lines);
            for (int i = 0; i < WRITERS; i++) {
                String name = "writer-" + round + "-" + i;
                writers.add(new Thread(() -> write(address, name, acknowledged), name));
            }
            writers.forEach(Thread::start);
            assertThat(acknowledged.enough().await(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
        for (Thread writer : writers) {
            writer.join(30_000);
            assertThat(writer.isAlive()).isFalse();
        }
    }

    private static Process program(List<String> storing) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "io.escalus4j.server.Main",
                "--profile",
                "test",
                "--c2s-port",
                "0"));
        command.addAll(storing);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static InetSocketAddress address(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        var ready = READY.matcher(line == null ? "" : line);
        assertThat(ready.matches()).as("it is ready: %s", line).isTrue();
        return new InetSocketAddress("127.0.0.1", Integer.parseInt(ready.group(1)));
    }

    /** Until the server is gone, which ends the stream in the middle of something. */
    private static void write(InetSocketAddress address, String name, Acknowledged acknowledged) {
        try (var client = RawClient.to(address)) {
            client.open();
            register(client, name + "-sink", acknowledged);
            register(client, name, acknowledged);
            client.authenticate(name, "secret");
            client.bind("pen");
            for (int i = 0; i < MOST_PER_WRITER; i++) {
                addContact(client, name, "contact-" + i, acknowledged);
                leaveMessage(client, name + "-sink", "message-" + i, acknowledged);
            }
        } catch (UncheckedIOException | AssertionError killed) {
            assertThat(acknowledged.enough().getCount())
                    .as("killed, and not failed: %s", killed)
                    .isZero();
        }
    }

    private static void register(RawClient client, String name, Acknowledged acknowledged) {
        client.send(
                "<iq type='set' id='%1$s'><query xmlns='jabber:iq:register'><username>%1$s</username>".formatted(name)
                        + "<password>secret</password></query></iq>");
        assertThat(client.expect(">")).contains("type='result'").contains("id='%s'".formatted(name));
        acknowledged.add(acknowledged.accounts(), name);
    }

    private static void addContact(RawClient client, String name, String contact, Acknowledged acknowledged) {
        client.send("<iq type='set' id='%1$s'><query xmlns='jabber:iq:roster'><item jid='%1$s@localhost'/></query></iq>"
                .formatted(contact));
        client.expect("<iq type='result' id='%s'".formatted(contact));
        acknowledged.add(acknowledged.contacts(), List.of(name, contact));
    }

    /** The answer to a ping says that the message before it has been dealt with (RFC 6120 section 10.1). */
    private static void leaveMessage(RawClient client, String sink, String body, Acknowledged acknowledged) {
        client.send("<message type='chat' to='%s@localhost'><body>%s</body></message>".formatted(sink, body)
                + "<iq type='get' id='%s' to='localhost'><ping xmlns='urn:xmpp:ping'/></iq>".formatted(body));
        client.expect("id='%s'".formatted(body));
        client.expect(">");
        acknowledged.add(acknowledged.messages(), List.of(sink, body));
    }

    // ---- looking

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    /** Returns how many milliseconds it took to open the storage. */
    private static long assertAllThere(String url, Acknowledged acknowledged) throws Exception {
        long begun = System.nanoTime();
        try (var stores = SqlStores.open(StoreConfig.STANDARD.at(url))) {
            long opened = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
            for (String account : acknowledged.accounts()) {
                Jid jid = Jid.of(account, "localhost");
                assertThat(await(stores.accounts().exists(jid))).as(account).isTrue();
                var contacts = await(stores.rosters().of(jid)).stream().map(RosterItem::contact);
                assertThat(contacts.map(contact -> contact.local())).containsAll(of(account, acknowledged.contacts()));
                var messages = await(stores.offline().of(jid)).stream();
                assertThat(messages.map(kept -> body(kept.message())))
                        .containsAll(of(account, acknowledged.messages()));
                var archived = await(stores.archive().page(jid, ArchiveQuery.ALL, WHOLE))
                        .orElseThrow()
                        .messages();
                assertThat(archived.stream().map(one -> body(one.stanza())))
                        .containsAll(of(account, acknowledged.messages()));
            }
            return opened;
        }
    }

    private static List<String> of(String account, Queue<List<String>> kept) {
        return kept.stream()
                .filter(one -> one.get(0).equals(account))
                .map(one -> one.get(1))
                .toList();
    }

    private static String body(Element message) {
        return message.child("body").orElseThrow().text();
    }
}
