package io.escalus4j.stories.bench;

import io.escalus4j.stories.bench.Figures.Idle;
import io.escalus4j.stories.bench.Figures.Mobile;
import io.escalus4j.stories.bench.Figures.Subject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures groupchat, and writes docs/groupchat.md; {@code bin/bench groupchat} runs it, {@code mvn verify} does not. */
class GroupchatBenchmark {
    private static final boolean SMOKE = Boolean.getBoolean("escalus.bench.smoke");
    /** Which parts, all if nothing is said: {@code muc light ejabberd prosody idle}. */
    private static final String PARTS = System.getProperty("escalus.bench.parts", "");

    private static final int IDLE_ROOMS = SMOKE ? 50 : 10_000;

    @TempDir
    private Path folder;

    /** How a server is started. */
    private interface Start {
        ServerProcess start() throws IOException;
    }

    @Test
    void groupchat_is_measured() throws Exception {
        String setting = setting();
        var subjects = new ArrayList<Subject>();
        if (wanted("muc")) {
            subjects.add(measured("our MUC", Room.Kind.MUC, () -> ServerProcess.ours("--memory")));
        }
        if (wanted("light")) {
            subjects.add(measured("our MUC Light", Room.Kind.LIGHT, () -> ServerProcess.ours("--memory")));
        }
        for (String peer : List.of("ejabberd", "prosody")) {
            if (wanted(peer) && !SMOKE) {
                subjects.add(measuredPeer(peer));
            }
        }
        write(new Figures(subjects, wanted("idle") ? idle() : List.of(), setting));
    }

    private static boolean wanted(String part) {
        return PARTS.isBlank() || List.of(PARTS.split("[ ,]+")).contains(part);
    }

    private static String setting() {
        return String.format(
                Locale.ROOT,
                "%s, %d processors, load average %.1f at the start, JDK %s.",
                LocalDate.now(),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                System.getProperty("java.version"));
    }

    private static Subject measured(String name, Room.Kind kind, Start start) throws Exception {
        List<Integer> sizes = SMOKE ? List.of(20) : List.of(100, 1000);
        int crowdSize = sizes.get(sizes.size() - 1);
        try (var server = start.start();
                var crowd = new Crowd(server.address(), crowdSize)) {
            var measuring = new RoomMeasuring(
                    server, crowd, kind, SMOKE ? RoomMeasuring.Pace.SMOKE : RoomMeasuring.Pace.STANDARD);
            var rooms = new ArrayList<Figures.InRoom>();
            for (int size : sizes) {
                rooms.add(measuring.measured(size));
                System.out.println(name + ": " + rooms.get(rooms.size() - 1));
            }
            Optional<Mobile> mobile =
                    name.startsWith("our") ? Optional.of(measuring.reconnecting(crowdSize)) : Optional.empty();
            System.out.println(name + ": " + mobile);
            return new Subject(name, server.version(), rooms, mobile, Optional.empty());
        }
    }

    /** A peer that is not there, or does not keep up, does not keep ours from being measured. */
    private static Subject measuredPeer(String peer) throws InterruptedException {
        String name = peer + "'s MUC";
        try {
            return measured(name, Room.Kind.MUC, () -> ServerProcess.peer(peer));
        } catch (InterruptedException interrupted) {
            throw interrupted;
        } catch (Exception notThere) {
            return Subject.skipped(name, notThere.toString());
        }
    }

    private List<Idle> idle() throws Exception {
        var idle = new ArrayList<Idle>();
        for (Room.Kind kind : Room.Kind.values()) {
            idle.add(IdleRooms.measured(kind, IDLE_ROOMS, Files.createDirectory(folder.resolve(kind.name()))));
            System.out.println(idle.get(idle.size() - 1));
        }
        return idle;
    }

    private static void write(Figures figures) throws IOException {
        System.out.println(GroupchatPage.of(figures));
        if (!SMOKE && PARTS.isBlank()) {
            Path docs = Path.of("..", "docs");
            Path page = docs.resolve("groupchat.md");
            Files.writeString(page, GroupchatPage.with(Files.readString(page), figures));
            Files.writeString(docs.resolve("images/groupchat.svg"), GroupchatChart.of(figures));
        }
    }
}
