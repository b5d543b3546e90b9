package io.escalus4j.stories.cli;

import static io.escalus4j.match.Matchers.chatMessage;
import static io.escalus4j.stanza.Builders.chat;

import io.escalus4j.Option;
import io.escalus4j.Settings;
import io.escalus4j.Stage;
import io.escalus4j.stories.server.EmbeddedServer;
import io.escalus4j.wire.Transport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures how long stories take; {@code bin/bench stories} runs it, {@code mvn verify} does not. */
class StoriesBenchmark {
    private static final Path PAGE = Path.of("..", "docs", "benchmarks-stories.md");
    private static final String BEGIN = "<!-- stories -->\n";
    private static final String END = "<!-- /stories -->";
    private static final Pattern SUM = Pattern.compile("all, in ([0-9.]+) s +(\\d+) +(\\d+)");

    /** More than sixty, of the plain things. */
    private static final String SIXTY =
            "MessageStory,MessageRoutingStory,PresenceStory,RosterStory,SubscriptionStory,IqStory,"
                    + "DiscoStory,PingStory,VCardStory,PrivateStorageStory,BlockingStory,OfflineMessagesStory,BindStory,SaslStory";

    private static final int HELLOS = 1000;

    @TempDir
    private Path report;

    @Test
    void stories_are_measured() throws IOException {
        var rows = new ArrayList<String>();
        rows.add(told("some, in a JVM that has just started", "--stories", SIXTY));
        rows.add(told("all, over STARTTLS"));
        rows.add(told("all, over TCP", "--transport", "tcp"));
        rows.add(told("all, stand-alone, over STARTTLS", "--target", "standalone"));
        write(rows, List.of(hello(Transport.TCP), hello(Transport.STARTTLS)));
    }

    private String told(String what, String... options) {
        var out = new StringWriter();
        var line = Main.commandLine();
        line.setOut(new PrintWriter(out));
        line.execute(Stream.concat(Stream.of("run", "--quiet", "--report", report.toString()), Stream.of(options))
                .toArray(String[]::new));
        var sum = SUM.matcher(out.toString());
        if (!sum.find()) {
            throw new AssertionError("no sum in: " + out);
        }
        double seconds = Double.parseDouble(sum.group(1));
        int stories = Integer.parseInt(sum.group(2)) + Integer.parseInt(sum.group(3));
        return row("| %s | %d | %.1f | %.1f |", what, stories, seconds, stories / seconds);
    }

    /** Two users whose accounts are made, who connect, of whom one says hello, and who are gone again. */
    private static String hello(Transport transport) {
        var settings = Settings.standard().with(Option.HISTORY, "never").with(Option.TRANSPORT, transport.toString());
        long[] nanos = new long[HELLOS];
        try (var server = EmbeddedServer.start()) {
            for (int i = -HELLOS / 2; i < HELLOS; i++) {
                long begun = System.nanoTime();
                Stage.on(server, settings).named("hello").with("alice", "bob").run((alice, bob) -> {
                    alice.send(chat(bob, "Hello"));
                    bob.expect(chatMessage("Hello").from(alice));
                });
                nanos[Math.max(i, 0)] = System.nanoTime() - begun;
            }
        }
        Arrays.sort(nanos);
        return row("| %s | %.1f | %.1f |", transport, nanos[HELLOS / 2] / 1e6, nanos[HELLOS * 99 / 100] / 1e6);
    }

    private static String row(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static void write(List<String> runs, List<String> hellos) throws IOException {
        String text = """

                %s, %d processors, a load of %.1f when it ended, JDK %s.

                | stories | number | seconds | per second |
                |---|--:|--:|--:|
                %s

                | a hello story of two users, over | p50 ms | p99 ms |
                |---|--:|--:|
                %s

                """.formatted(
                        LocalDate.now(),
                        Runtime.getRuntime().availableProcessors(),
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                        System.getProperty("java.version"),
                        String.join("\n", runs),
                        String.join("\n", hellos));
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        Files.writeString(PAGE, page.substring(0, begin) + text + page.substring(page.indexOf(END)));
        System.out.println(text);
    }
}
