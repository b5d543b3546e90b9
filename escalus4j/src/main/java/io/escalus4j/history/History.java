package io.escalus4j.history;

import io.escalus4j.exml.Element;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Everything that was sent, arrived and was taken in one story, in order and with its time. Keeps no secrets, and no
 * more than its limits allow: the oldest entries go first, and it counts them. Thread-safe.
 */
public final class History {

    /** @param bytes of the stanzas as they are written, and of the words */
    public record Limits(int entries, long bytes) {
        public static final Limits STANDARD = new Limits(10_000, 16L * 1024 * 1024);

        public Limits {
            if (entries < 1 || bytes < 1) {
                throw new IllegalArgumentException(
                        "a history of %d entries and %d bytes keeps nothing, both must be at least 1"
                                .formatted(entries, bytes));
            }
        }
    }

    private record Kept(Entry entry, long bytes) {}

    private final String title;
    private final Limits limits;
    private final Names names = new Names();
    private final Summary summary = new Summary(names);
    private final long start = System.nanoTime();
    private final ArrayDeque<Kept> kept = new ArrayDeque<>();
    private long bytes;
    private long dropped;

    public History(String title) {
        this(title, Limits.STANDARD);
    }

    public History(String title, Limits limits) {
        this.title = title;
        this.limits = limits;
    }

    public String title() {
        return title;
    }

    /** Who is called what; to be filled as clients bind. */
    public Names names() {
        return names;
    }

    /** @param who the nickname of the client whose stream it is */
    public void record(String who, Direction direction, Element stanza) {
        Element clean = Redaction.redact(stanza);
        String text = direction == Direction.OUT ? summary.outgoing(clean) : summary.incoming(clean);
        add(who, direction, Optional.of(clean), text, clean.toBytes().length);
    }

    /** @param who a nickname, or empty for what concerns everybody */
    public void note(String who, String text) {
        say(who, Direction.NOTE, text);
    }

    /** Something goes wrong on the link of {@code who}, for example {@code is half-open}. */
    public void fault(String who, String text) {
        say(who, Direction.FAULT, text);
    }

    /** The server's time was moved, for example {@code 10 minutes on, 2 timers were due}. */
    public void clock(String text) {
        say("", Direction.CLOCK, text);
    }

    /** {@code who} made sure that nothing more is due. */
    public void fence(String who) {
        say(who, Direction.FENCE, "nothing more is due");
    }

    /** The same, with what has proven it, for example {@code the server is idle}. */
    public void fence(String who, String proof) {
        say(who, Direction.FENCE, "nothing more is due: " + proof);
    }

    /** An expectation of {@code who} was not met here; {@code text} is what was wanted. */
    public void failed(String who, String text) {
        say(who, Direction.FAILURE, text);
    }

    private void say(String who, Direction direction, String text) {
        add(who, direction, Optional.empty(), text, text.length());
    }

    private synchronized void add(String who, Direction direction, Optional<Element> stanza, String text, long size) {
        var at = Duration.ofNanos(System.nanoTime() - start);
        kept.add(new Kept(new Entry(at, who, direction, stanza, text), size));
        bytes += size;
        while (kept.size() > limits.entries() || bytes > limits.bytes()) {
            bytes -= kept.remove().bytes();
            dropped++;
        }
    }

    public synchronized List<Entry> entries() {
        return kept.stream().map(Kept::entry).toList();
    }

    /** How many entries the limits have cost. */
    public synchronized long dropped() {
        return dropped;
    }

    /** The last stanzas that went over a wire, for a failure text: {@code +0.012s alice -> chat to bob}. */
    public List<String> last(int count) {
        var wire = entries().stream().filter(Entry::isOnTheWire).toList();
        return wire.stream()
                .skip(Math.max(0, wire.size() - count))
                .map(History::line)
                .toList();
    }

    private static String line(Entry entry) {
        String arrow = entry.direction() == Direction.OUT ? "->" : "<-";
        return "%s %s %s %s".formatted(time(entry.at()), entry.who(), arrow, entry.text());
    }

    /** {@code +0.012s}. */
    static String time(Duration at) {
        return String.format(Locale.ROOT, "+%.3fs", at.toNanos() / 1e9);
    }
}
