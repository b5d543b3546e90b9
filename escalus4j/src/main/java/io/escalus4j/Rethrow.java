package io.escalus4j;

/** Throws what was caught, checked or not: a story must fail with the cause itself, not with a wrapper. */
final class Rethrow {
    private Rethrow() {}

    /** Never returns; to be written behind {@code throw}, so that the compiler knows. */
    static RuntimeException asItIs(Throwable cause) {
        return Rethrow.<RuntimeException>thrown(cause);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> RuntimeException thrown(Throwable cause) throws E {
        throw (E) cause;
    }
}
