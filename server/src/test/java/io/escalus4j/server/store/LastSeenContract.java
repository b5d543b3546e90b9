package io.escalus4j.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.server.store.LastSeen.Departure;
import io.escalus4j.server.xmpp.Jid;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What every kind of storage promises of departures. */
public abstract class LastSeenContract {
    private static final Jid ALICE = Jid.of("alice@localhost");
    private static final Jid BOB = Jid.of("bob@localhost");
    private static final Departure EVENING = new Departure(Instant.parse("2026-01-01T20:00:00Z"), "Heading Home");
    private static final Departure NIGHT = new Departure(Instant.parse("2026-01-01T23:00:00Z"), "");

    private final LastSeen lastSeen = create();

    protected abstract LastSeen create();

    @Test
    void who_has_never_left_is_unknown() {
        assertThat(now(lastSeen.of(ALICE))).isEmpty();
    }

    @Test
    void the_last_departure_counts() {
        now(lastSeen.put(ALICE, EVENING));
        assertThat(now(lastSeen.of(ALICE))).contains(EVENING);
        now(lastSeen.put(ALICE, NIGHT));
        assertThat(now(lastSeen.of(ALICE))).contains(NIGHT);
    }

    @Test
    void what_is_cleared_is_forgotten_and_nothing_else() {
        now(lastSeen.put(ALICE, EVENING));
        now(lastSeen.put(BOB, NIGHT));
        now(lastSeen.clear(ALICE));
        assertThat(now(lastSeen.of(ALICE))).isEmpty();
        assertThat(now(lastSeen.of(BOB))).contains(NIGHT);
    }

    private static <T> T now(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
