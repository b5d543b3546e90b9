package io.escalus4j.server.store;

import static io.escalus4j.server.store.Promises.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.server.store.LastSeen.Departure;
import io.escalus4j.server.xmpp.Jid;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every {@link LastSeen} must do, on each storage. */
class LastSeenContractTest extends StoreContract {
    private static final Jid ALICE = Jid.of("alice@localhost");
    private static final Jid BOB = Jid.of("bob@localhost");
    private static final Departure EVENING = new Departure(Instant.parse("2026-01-01T20:00:00Z"), "Heading Home");
    private static final Departure NIGHT = new Departure(Instant.parse("2026-01-01T23:00:00Z"), "");

    private final LastSeen lastSeen = stores.lastSeen();

    LastSeenContractTest(Storage storage) {
        super(storage);
    }

    @Test
    void who_has_never_left_is_unknown() throws Exception {
        assertThat(await(lastSeen.of(ALICE))).isEmpty();
    }

    @Test
    void the_last_departure_counts() throws Exception {
        await(lastSeen.put(ALICE, EVENING));
        assertThat(await(lastSeen.of(ALICE))).contains(EVENING);

        await(lastSeen.put(ALICE, NIGHT));
        assertThat(await(lastSeen.of(ALICE))).contains(NIGHT);
    }

    @Test
    void what_is_cleared_is_forgotten_and_nothing_else() throws Exception {
        await(lastSeen.put(ALICE, EVENING));
        await(lastSeen.put(BOB, NIGHT));
        await(stores.remove(ALICE));

        assertThat(await(lastSeen.of(ALICE))).isEmpty();
        assertThat(await(lastSeen.of(BOB))).contains(NIGHT);
    }
}
