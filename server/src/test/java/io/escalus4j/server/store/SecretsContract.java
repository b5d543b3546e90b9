package io.escalus4j.server.store;

import static io.escalus4j.server.store.Promises.await;
import static io.escalus4j.server.store.Promises.together;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every {@link Secrets} must do; extended once per storage. */
public abstract class SecretsContract {
    private final Stores stores = open();
    private final Secrets secrets = stores.secrets();

    /** A fresh and empty one; asked for when a test is made, so it must not need the test's own fields. */
    protected abstract Stores open();

    @AfterEach
    void close() {
        stores.close();
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
