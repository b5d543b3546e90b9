package io.escalus4j.server.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The place of a message in an archive: its microsecond, and what tells two servers apart. As text, 16 hexadecimal digits,
 * ids are in the same order.
 */
public record ArchiveId(long value) implements Comparable<ArchiveId> {
    private static final int NODE_BITS = 10;
    private static final int DIGITS = 16;

    /** How many servers can write to the same archives. */
    static final int NODES = 1 << NODE_BITS;

    private static final Instant LAST = Instant.EPOCH.plus((Long.MAX_VALUE >> NODE_BITS) - 1, ChronoUnit.MICROS);

    /**
     * @param time what lies before 1970 or after 2255 counts as these
     * @param node below {@link #NODES}
     */
    public static ArchiveId at(Instant time, int node) {
        return new ArchiveId(ChronoUnit.MICROS.between(Instant.EPOCH, within(time)) << NODE_BITS | node);
    }

    private static Instant within(Instant time) {
        Instant late = time.isAfter(LAST) ? LAST : time;
        return late.isBefore(Instant.EPOCH) ? Instant.EPOCH : late;
    }

    /** The least id of all that are not before {@code time}. */
    static ArchiveId from(Instant time) {
        var id = at(time, 0);
        return id.time().isBefore(time) ? id.following() : id;
    }

    /** The least id of all that are after {@code time}. */
    static ArchiveId after(Instant time) {
        return at(time, 0).following();
    }

    /** The least id of the next microsecond with the same node. */
    public ArchiveId following() {
        return new ArchiveId(value + NODES);
    }

    /** Empty if this is no id of ours. */
    public static Optional<ArchiveId> parse(String text) {
        return text.length() == DIGITS && text.chars().allMatch(ArchiveId::isDigit) && text.charAt(0) < '8'
                ? Optional.of(new ArchiveId(HexFormat.fromHexDigitsToLong(text)))
                : Optional.empty();
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
    }

    public Instant time() {
        return Instant.EPOCH.plus(value >> NODE_BITS, ChronoUnit.MICROS);
    }

    @Override
    public int compareTo(ArchiveId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(value);
    }
}
