package io.escalus4j.server.xep;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.server.HeldStores;
import io.escalus4j.server.TestSession;
import io.escalus4j.server.World;
import io.escalus4j.server.auth.Principal;
import io.escalus4j.server.module.Hook;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.StreamError;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Guests while the store of accounts is away. */
class AnonymousAccountsTest {
    private static final Jid GUEST = Jid.of("guest@localhost/r");

    private final HeldStores stores = new HeldStores();
    private final World world = World.of(stores.stores(), List.of(AnonymousAccounts::new));

    @AfterEach
    void close() {
        world.close();
    }

    private TestSession bound(boolean guest) {
        var session = world.connect(GUEST.toString());
        world.context().accounts().remove(GUEST.bare()).toCompletableFuture().join(); // which connecting has made
        session.update(Principal.TEMPORARY, any -> guest);
        world.context()
                .modules()
                .tell(Hook.BOUND, session)
                .toCompletableFuture()
                .join();
        return session;
    }

    private boolean hasAccount() {
        return stores.memory()
                .accounts()
                .exists(GUEST.bare())
                .toCompletableFuture()
                .join();
    }

    @Test
    void a_guest_has_an_account_as_long_as_the_session_lasts() {
        var guest = bound(true);
        assertThat(hasAccount()).isTrue();

        world.context().modules().tell(Hook.CLOSED, guest).toCompletableFuture().join();

        assertThat(hasAccount()).isFalse();
    }

    @Test
    void a_guest_who_gets_no_account_is_sent_away() {
        stores.fail("Accounts.create");

        var guest = bound(true);

        assertThat(guest.closed().map(StreamError::condition)).contains(StreamError.Condition.RESOURCE_CONSTRAINT);
        assertThat(hasAccount()).isFalse();
    }

    @Test
    void who_has_a_name_gets_no_account_by_coming() {
        bound(false);

        assertThat(hasAccount()).isFalse();
    }
}
