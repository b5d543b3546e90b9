package io.escalus4j.server.store;

import static io.escalus4j.server.store.Promises.await;
import static io.escalus4j.server.store.Promises.together;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every {@link Secrets} must do, on each storage. */
class SecretsContractTest extends StoreContract {
    private final Secrets secrets = stores.secrets();

    SecretsContractTest(Storage storage) {
        super(storage);
    }

    @Test
    void the_first_who_asks_decides() throws Exception {
        assertThat(await(secrets.of("one", () -> new byte[] {1, -2}))).containsExactly(1, -2);
        assertThat(await(secrets.of("one", () -> new byte[] {3}))).containsExactly(1, -2);
        assertThat(await(secrets.of("two", () -> new byte[] {3}))).containsExactly(3);
    }

    @Test
    void many_who_ask_at_once_get_the_same() throws Exception {
        var made = new AtomicInteger();

        var got = together(() ->
                HexFormat.of().formatHex(await(secrets.of("one", () -> new byte[] {(byte) made.incrementAndGet()}))));

        assertThat(got.stream().distinct()).hasSize(1);
    }
}
