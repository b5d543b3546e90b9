package io.escalus4j.stories.bench;

import io.escalus4j.exml.Element;
import io.escalus4j.load.Deliveries;
import io.escalus4j.load.LoadClient;
import io.escalus4j.load.RoomTalk;
import io.escalus4j.stories.bench.Figures.InRoom;
import io.escalus4j.stories.bench.Figures.Joining;
import io.escalus4j.stories.bench.Figures.Mobile;
import io.escalus4j.stories.bench.Figures.Talk;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Measures a server with rooms of one kind. Confined to the benchmark's thread. */
final class RoomMeasuring {
    private static final double HOUR_IN_ROUNDS = 6;
    private static final double ROUND_SECONDS = 600;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration QUIET = Duration.ofMillis(300);

    private final ServerProcess server;
    private final Crowd crowd;
    private final Room.Kind kind;
    private final Pace pace;

    /** How long things are measured, in milliseconds; {@code deliveries} are on their way at a time. */
    record Pace(int warm, int talk, int deliveries) {
        static final Pace STANDARD = new Pace(15_000, 5000, 20_000);
        static final Pace SMOKE = new Pace(1000, 1000, 1000);
    }

    RoomMeasuring(ServerProcess server, Crowd crowd, Room.Kind kind, Pace pace) {
        this.server = server;
        this.crowd = crowd;
        this.kind = kind;
        this.pace = pace;
    }

    InRoom measured(int size) throws InterruptedException {
        var room = new Room(kind, "room" + size);
        List<LoadClient> members = crowd.first(size);
        Joining joining = join(room, members);
        var talk = new RoomTalk(crowd.loop(), members, (id, member) -> room.message(id));
        int onTheirWay = Math.max(2, pace.deliveries() / size);

        warm(talk, talk.closed("warm-", onTheirWay), pace.warm());
        long began = System.nanoTime();
        long driver = crowd.loop().processorNanos();
        Talk most = talked(talk, talk.closed("most-", onTheirWay));
        double busy = (double) (crowd.loop().processorNanos() - driver) / (System.nanoTime() - began);
        double rate = Math.max(1, most.perSecond() / size / 2);
        warm(talk, talk.open("slower-", rate), pace.warm() / 5); // what was compiled for haste is compiled anew
        Talk half = talked(talk, talk.open("half-", rate));
        return new InRoom(size, joining, most, half, busy);
    }

    private void warm(RoomTalk talk, Deliveries deliveries, int millis) throws InterruptedException {
        server.work(millis);
        finish(talk, deliveries);
    }

    private Talk talked(RoomTalk talk, Deliveries deliveries) throws InterruptedException {
        double before = server.cost().processorSeconds();
        long began = System.nanoTime();
        server.work(pace.talk());
        long count = deliveries.received();
        double seconds = (System.nanoTime() - began) / 1e9;
        double cost = server.cost().processorSeconds() - before;
        finish(talk, deliveries);
        return new Talk(
                count / seconds,
                cost * 1e6 / Math.max(1, count),
                deliveries.millis(50),
                deliveries.millis(99),
                deliveries.outstanding(),
                deliveries.duplicates());
    }

    /** What is lost for half a minute is lost. */
    private static void finish(RoomTalk talk, Deliveries deliveries) {
        talk.stop();
        Crowd.awaited(Duration.ofMillis(10), PATIENCE, () -> deliveries.outstanding() == 0);
    }

    // ---- joining

    private Joining join(Room room, List<LoadClient> members) throws InterruptedException {
        long bytes = bytes(members);
        var presences = new AtomicLong();
        long began = System.nanoTime();
        if (kind == Room.Kind.MUC) {
            enter(room, members, presences);
        } else {
            beAdded(room, members, presences);
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        return new Joining(seconds, bytes(members) - bytes, presences.get());
    }

    /** Everybody enters, and each sees each: n times n presences. */
    private void enter(Room room, List<LoadClient> members, AtomicLong presences) throws InterruptedException {
        String from = room.jid() + '/';
        members.forEach(member -> member.listen((who, stanza) -> count(stanza, "presence", from, presences)));
        LoadClient owner = members.get(0);
        owner.send(room.entering(owner));
        Crowd.await("the room is made", () -> presences.get() == 1);
        crowd.ask(owner, room.configuring(false));
        owner.listen((who, stanza) -> count(stanza, "presence", from, presences));
        members.subList(1, members.size()).forEach(member -> member.send(room.entering(member)));
        long all = (long) members.size() * members.size();
        Crowd.await("everybody sees everybody", () -> presences.get() >= all);
    }

    /** The owner makes the room with everybody in it, who are told so. */
    private void beAdded(Room room, List<LoadClient> members, AtomicLong presences) throws InterruptedException {
        var told = new AtomicLong();
        String from = room.jid();
        members.forEach(member -> member.listen((who, stanza) -> {
            count(stanza, "message", from, told);
            count(stanza, "presence", from, presences);
        }));
        members.get(0).send(room.creating(members.subList(1, members.size())));
        Crowd.await("everybody knows of the room", () -> told.get() >= members.size());
    }

    private static void count(Element stanza, String name, String from, AtomicLong counted) {
        if (stanza.name().equals(name) && stanza.attribute("from", "").startsWith(from)) {
            counted.incrementAndGet();
        }
    }

    private static long bytes(List<LoadClient> members) {
        return members.stream().mapToLong(LoadClient::bytesRead).sum();
    }

    // ---- reconnecting

    /** Everybody in a room reconnects once, one after the other. */
    Mobile reconnecting(int size) throws Exception {
        var room = new Room(kind, "room" + size);
        var presences = new AtomicLong();
        String from = room.jid() + '/';
        List<LoadClient> before = crowd.first(size);
        before.forEach(member -> member.listen((who, stanza) -> count(stanza, "presence", from, presences)));
        long bytes = bytes(before);
        long logins = 0;
        long began = System.nanoTime();
        for (int i = 0; i < size; i++) {
            LoadClient after = crowd.reconnect(i);
            logins += after.bytesRead();
            await(room, after, presences);
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        settle(presences);
        long read = bytes(before) + bytes(crowd.first(size)) - bytes - logins;
        return new Mobile(
                Math.round(read * HOUR_IN_ROUNDS / size),
                Math.round(presences.get() * HOUR_IN_ROUNDS / size),
                ROUND_SECONDS / seconds);
    }

    private void await(Room room, LoadClient after, AtomicLong presences) throws InterruptedException {
        var entered = new AtomicLong();
        String own = room.occupant(after);
        String from = room.jid() + '/';
        after.listen((who, stanza) -> {
            count(stanza, "presence", from, presences);
            count(stanza, "presence", own, entered);
        });
        after.send("<presence/>");
        if (kind == Room.Kind.MUC) {
            after.send(room.entering(after));
            Crowd.await("entering again", () -> entered.get() > 0);
        }
    }

    /** Nothing has come for a while. */
    private static void settle(AtomicLong counted) {
        var before = new AtomicLong(-1);
        Crowd.awaited(QUIET, PATIENCE, () -> before.getAndSet(counted.get()) == counted.get());
    }
}
