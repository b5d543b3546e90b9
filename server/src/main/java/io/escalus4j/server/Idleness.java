package io.escalus4j.server;

import io.escalus4j.server.route.Lanes;
import io.escalus4j.server.stream.Activity;
import java.time.Duration;

/**
 * Tells when nothing goes on inside of a server: no stanza is on its way, no lane is taken, no store is asked, and what
 * came of it is in the sockets. It watches the machine, in the machine's time. Thread-safe.
 */
record Idleness(Threads threads, Activity activity, Lanes<?> lanes) {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(1);
    /** A socket that took nothing for so many looks is full: its peer reads nothing. */
    private static final int PATIENCE = 20;

    /** Whether all is done and written before {@code limit} is over. */
    boolean await(Duration limit) {
        return await(limit, Integer.MAX_VALUE);
    }

    /** The same, but does not wait for a peer that reads nothing. */
    boolean awaitButFor(Duration limit) {
        return await(limit, PATIENCE);
    }

    private boolean await(Duration limit, int patience) {
        long deadline = System.nanoTime() + limit.toNanos();
        var pause = Duration.ZERO;
        int looks = 0;
        long taken = activity.takenByPeers();
        do {
            boolean quiet = isQuiet(pause);
            if (quiet && (activity.isWritten() || looks >= patience)) {
                return true;
            }
            looks = taken == activity.takenByPeers() ? looks + 1 : 0;
            taken = activity.takenByPeers();
            pause = BETWEEN_LOOKS;
        } while (System.nanoTime() - deadline < 0);
        return false;
    }

    /** Twice, since a connection is accepted on one loop and served on another. */
    private boolean isQuiet(Duration pause) {
        long begun = activity.begun();
        threads.lookAtSockets(pause);
        threads.lookAtSockets(Duration.ZERO);
        return lanes.isEmpty() && activity.isIdle() && activity.begun() == begun;
    }
}
