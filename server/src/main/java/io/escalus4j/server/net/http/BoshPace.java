package io.escalus4j.server.net.http;

/** How fast a client may ask for nothing in particular (XEP-0124 sections 11 and 12). Confined to its session. */
final class BoshPace {
    private final BoshTerms terms;
    private long lastArrival;
    private boolean hasArrived;
    private boolean lastWasEmpty;
    private boolean lastAnswerWasEmpty;

    BoshPace(BoshTerms terms) {
        this.terms = terms;
    }

    /**
     * Whether this request comes too soon after the one before.
     *
     * @param held how many were not answered when it came
     * @param now in nanoseconds
     */
    boolean isHasty(BoshBody body, int held, long now) {
        boolean soon =
                hasArrived && now - lastArrival < terms.config().polling().toNanos();
        boolean needless = terms.isPolled() ? lastWasEmpty && lastAnswerWasEmpty : held + 1 >= terms.requests();
        boolean empty = body.isEmpty() && hasArrived;
        lastArrival = now;
        hasArrived = true;
        lastWasEmpty = empty;
        return empty && soon && needless;
    }

    void answered(boolean empty) {
        lastAnswerWasEmpty = empty;
    }
}
