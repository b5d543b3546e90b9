package io.escalus4j.load;

import java.util.Arrays;
import org.HdrHistogram.Histogram;

/**
 * Which messages are on their way to many, how long each delivery took from when it was <em>meant</em> to be sent, and
 * what got lost: sent times recipients must be what was received. Confined to the thread of a {@link LoadLoop}, but for
 * the counts.
 *
 * <pre>{@code
 * String id = deliveries.sent(System.nanoTime(), 100);
 * room.say(id, "Hi");
 * // in each of the 100 clients
 * deliveries.received(stanza.attribute("id", ""), System.nanoTime());
 * }</pre>
 */
public final class Deliveries {
    private static final long LONGEST_MICROS = 120_000_000;
    private static final int DIGITS = 3;
    private static final int SOME = 1024;

    private final String prefix;
    private final Histogram micros = new Histogram(LONGEST_MICROS, DIGITS);
    private long[] meant = new long[SOME];
    private int[] left = new int[SOME];
    private volatile int messages;
    private volatile long wanted;
    private volatile long received;
    private volatile long duplicates;

    /** @param prefix of the messages' ids; others do not count */
    public Deliveries(String prefix) {
        this.prefix = prefix;
    }

    /**
     * A message goes out to so many; returns the id that it must have.
     *
     * @param meantAt when it should have gone, in nanoseconds: a sender that is late makes its deliveries late
     */
    public String sent(long meantAt, int recipients) {
        int number = messages;
        if (number == left.length) {
            meant = Arrays.copyOf(meant, 2 * number);
            left = Arrays.copyOf(left, 2 * number);
        }
        meant[number] = meantAt;
        left[number] = recipients;
        wanted += recipients;
        messages = number + 1;
        return prefix + number;
    }

    /** Somebody has got a message; whether everybody has it now. */
    public boolean received(String id, long now) {
        if (!id.startsWith(prefix)) {
            return false;
        }
        int number = Integer.parseInt(id, prefix.length(), id.length(), 10);
        if (--left[number] < 0) {
            duplicates++;
            return false;
        }
        received++;
        micros.recordValue(Math.min(LONGEST_MICROS, Math.max(0, (now - meant[number]) / 1000)));
        return left[number] == 0;
    }

    /** How many were received so far, each by each recipient. Thread-safe. */
    public long received() {
        return received;
    }

    /** How many were not received so far. Thread-safe. */
    public long outstanding() {
        return wanted - received;
    }

    /** How many came that somebody had already. Thread-safe. */
    public long duplicates() {
        return duplicates;
    }

    /** The time that so many percent of the deliveries took at most, in milliseconds. */
    public double millis(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1000.0;
    }
}
