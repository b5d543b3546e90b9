package io.escalus4j.load;

import io.escalus4j.exml.Element;
import java.util.List;
import java.util.function.BiFunction;

/**
 * The members of one room talk, in turn: as much as the server takes, or at a pace. Thread-safe.
 *
 * <pre>{@code
 * var talk = new RoomTalk(loop, members, (id, member) -> groupchat(room, id));
 * Deliveries most = talk.closed("a", 32); // 32 messages are on their way at any time
 * ...
 * talk.stop();
 * }</pre>
 */
public final class RoomTalk {
    private static final double SLOWEST = 1 / 86_400.0;

    private final LoadLoop loop;
    private final List<LoadClient> members;
    private final BiFunction<String, LoadClient, String> message;
    // on the loop's thread
    private Deliveries deliveries = new Deliveries("none");
    private boolean talking;
    private boolean closed;
    private int next;
    private long due;

    /** @param message the XML of a message with this id, as this member says it; it must reach all members */
    public RoomTalk(LoadLoop loop, List<LoadClient> members, BiFunction<String, LoadClient, String> message) {
        this.loop = loop;
        this.members = List.copyOf(members);
        this.message = message;
        members.forEach(member -> member.listen(this::heard));
    }

    /** Who hears a message last has the next one said: so many are always on their way, which is the most that goes. */
    public Deliveries closed(String prefix, int onTheirWay) {
        var begun = new Deliveries(prefix);
        loop.run(() -> {
            begin(begun, true);
            for (int i = 0; i < onTheirWay; i++) {
                say(System.nanoTime());
            }
        });
        return begun;
    }

    /**
     * So many messages per second, whatever becomes of them: what is late counts from when it was due.
     *
     * @throws IllegalArgumentException unless that is one in a day at least
     */
    public Deliveries open(String prefix, double perSecond) {
        if (!(perSecond >= SLOWEST)) {
            throw new IllegalArgumentException(
                    "%f messages per second, allowed is one in a day at least".formatted(perSecond));
        }
        var begun = new Deliveries(prefix);
        long gap = (long) (1e9 / perSecond);
        loop.run(() -> {
            begin(begun, false);
            due = System.nanoTime();
            loop.between(() -> keepPace(gap));
        });
        return begun;
    }

    private long keepPace(long gap) {
        if (!talking || closed) {
            return Long.MAX_VALUE;
        }
        long now = System.nanoTime();
        for (; due <= now; due += gap) {
            say(due);
        }
        return due - now;
    }

    /** Nobody says anything any more; what is on its way still counts. */
    public void stop() {
        loop.run(() -> talking = false);
    }

    private void begin(Deliveries begun, boolean inTurn) {
        deliveries = begun;
        closed = inTurn;
        talking = true;
    }

    private void say(long meantAt) {
        LoadClient member = members.get(next++ % members.size());
        member.send(message.apply(deliveries.sent(meantAt, members.size()), member));
    }

    private void heard(LoadClient member, Element stanza) {
        if (!stanza.name().equals("message")) {
            return;
        }
        long now = System.nanoTime();
        boolean complete = deliveries.received(stanza.attribute("id", ""), now);
        if (complete && talking && closed) {
            say(now);
        }
    }
}
