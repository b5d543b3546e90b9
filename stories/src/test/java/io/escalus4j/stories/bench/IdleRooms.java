package io.escalus4j.stories.bench;

import io.escalus4j.exml.Element;
import io.escalus4j.load.LoadClient;
import io.escalus4j.stories.bench.Figures.Idle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/** What rooms cost in memory that nobody uses, with the store on an H2 file. Confined to the benchmark's thread. */
final class IdleRooms {
    private static final String MUC_ROOM = "io.escalus4j.server.xep.muc.Room";
    private static final int AT_ONCE = 50;
    private static final String LIGHT_ROOM = "io.escalus4j.server.store.LightRoom";

    private IdleRooms() {}

    /** Live objects of a JVM behind a full collection. */
    private record Heap(long bytes, int rooms) {
        static Heap of(long pid, String room) throws IOException, InterruptedException {
            Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
            Process process = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram").start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor(1, TimeUnit.MINUTES);
            return new Heap(number(text, "Total +\\d+ +(\\d+)"), (int)
                    number(text, "(\\d+) +\\d+ +" + room + "( \\(\\S+\\))?\\n"));
        }

        private static long number(String text, String pattern) {
            var matcher = Pattern.compile(pattern.replace("\\n", "(?m)$")).matcher(text);
            return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
        }
    }

    static Idle measured(Room.Kind kind, int rooms, Path folder) throws Exception {
        try (var server = ServerProcess.ours("--config", config(folder).toString());
                var crowd = new Crowd(server.address(), 1)) {
            LoadClient owner = crowd.first(1).get(0);
            make(owner, kind, "first", 1); // loads classes
            String type = kind == Room.Kind.MUC ? MUC_ROOM : LIGHT_ROOM;
            Heap before = Heap.of(server.pid(), type);
            for (int made = 0; made < rooms; made += AT_ONCE) {
                make(owner, kind, "idle" + made + '-', Math.min(AT_ONCE, rooms - made));
            }
            calmDown(owner, kind);
            Heap after = kind == Room.Kind.MUC ? evicted(server, type) : Heap.of(server.pid(), type);
            return new Idle(kind.name(), rooms, after.bytes() - before.bytes(), after.rooms());
        }
    }

    /** H2 without its cache of pages, which would be measured instead: it is as large as it is, with few rooms or many. */
    private static Path config(Path folder) throws IOException {
        return Files.writeString(folder.resolve("idle.toml"), """
                [store]
                url = 'jdbc:h2:file:%s;CACHE_SIZE=0'
                [modules.muc]
                idle = '1s'
                rooms_per_user = 20000
                [modules.muclight]
                rooms_per_user = 20000
                """.formatted(folder.resolve("rooms")));
    }

    /** H2 knows for 45 seconds of all that was overwritten, and forgets it when something more is written. */
    private static void calmDown(LoadClient owner, Room.Kind kind) {
        var made = new AtomicInteger();
        Crowd.awaited(Duration.ofSeconds(5), Duration.ofSeconds(75), () -> {
            make(owner, kind, "later" + made.incrementAndGet() + '-', 1);
            return false;
        });
    }

    /** When no room is left in memory, or after a while. */
    private static Heap evicted(ServerProcess server, String type) {
        var last = new AtomicReference<Heap>();
        Crowd.awaited(Duration.ofSeconds(1), Duration.ofSeconds(30), () -> {
            last.set(Heap.of(server.pid(), type));
            return last.get().rooms() == 0;
        });
        return last.get();
    }

    private static void make(LoadClient owner, Room.Kind kind, String name, int count) throws InterruptedException {
        var results = new AtomicInteger();
        var refused = new ConcurrentLinkedQueue<Element>();
        owner.listen((who, stanza) -> {
            if (stanza.attribute("type", "").equals("result")) {
                results.incrementAndGet();
            } else if (stanza.attribute("type", "").equals("error")) {
                refused.add(stanza);
            }
        });
        for (int i = 0; i < count; i++) {
            make(owner, new Room(kind, name + i));
        }
        Crowd.await("rooms are made", () -> results.get() == count || !refused.isEmpty());
        if (!refused.isEmpty()) {
            throw new IllegalStateException("no room is made: " + refused.peek());
        }
    }

    private static void make(LoadClient owner, Room room) {
        if (room.kind() == Room.Kind.LIGHT) {
            owner.send(room.creating(List.of()));
            return;
        }
        owner.send(room.entering(owner));
        owner.send(room.configuring(true));
        owner.send(room.leaving(owner));
    }
}
