package io.escalus4j.wire;

/**
 * How many rounds a server may demand of a SCRAM password: too few make a stolen exchange easy to guess, too many make us
 * work for an attacker. Immutable.
 */
public record Iterations(int min, int max) {
    /** 1 to 1 000 000: a test server may be as quick as it likes. */
    public static final Iterations ANY = new Iterations(1, 1_000_000);
    /** At least 4096, as RFC 5802 section 5.1 asks of real servers. */
    public static final Iterations REAL = new Iterations(4096, 1_000_000);

    public Iterations {
        if (min < 1 || max < min) {
            throw new IllegalArgumentException("iterations must be 1 <= min <= max, was %d..%d".formatted(min, max));
        }
    }

    boolean allow(int count) {
        return count >= min && count <= max;
    }

    @Override
    public String toString() {
        return "%d to %d".formatted(min, max);
    }
}
