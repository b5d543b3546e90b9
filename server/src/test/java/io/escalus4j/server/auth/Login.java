package io.escalus4j.server.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.escalus4j.server.config.SaslConfig;
import io.escalus4j.server.module.StreamOption;
import io.escalus4j.server.store.Accounts;
import io.escalus4j.server.store.Stores;
import io.escalus4j.server.store.memory.MemoryStores;
import io.escalus4j.server.xmpp.Jid;
import java.util.concurrent.atomic.AtomicInteger;

/** The accounts of alice and bob at localhost, and what the mechanisms make of them; hashing is done at once and counted. */
final class Login {
    static final Jid ALICE = Jid.of("alice@localhost");
    static final Jid BOB = Jid.of("bob@localhost");

    final Stores stores = new MemoryStores();
    final Accounts accounts = stores.accounts();
    final AtomicInteger hashed = new AtomicInteger();
    final Passwords passwords = TestPasswords.of(task -> {
        hashed.incrementAndGet();
        task.run();
    });
    final SaslMechanisms mechanisms = new SaslMechanisms(SaslConfig.MECHANISMS, accounts, passwords);

    Login() {
        add(ALICE, "wonderland");
        add(BOB, "b, = ?");
    }

    void add(Jid account, String password) {
        var credentials = passwords.derive(password).toCompletableFuture().join();
        accounts.create(account, credentials).toCompletableFuture().join();
    }

    /** Over a channel that has no bindings, by a server that hashes no offers. */
    SaslMechanism start(String mechanism) {
        return start(mechanism, TlsChannel.NONE);
    }

    SaslMechanism start(String mechanism, TlsChannel channel) {
        return mechanisms.start(mechanism, offer(channel)).orElseThrow();
    }

    SaslOffer offer(TlsChannel channel) {
        return mechanisms.offer("localhost", channel, option -> option != StreamOption.HASHED_OFFER);
    }

    static SaslStep step(SaslMechanism mechanism, String message) {
        return step(mechanism, message.getBytes(UTF_8));
    }

    static SaslStep step(SaslMechanism mechanism, byte[] message) {
        return mechanism.step(message).toCompletableFuture().join();
    }

    /** What the server says, as text. */
    static String challenge(SaslStep step) {
        return new String(((SaslStep.Challenge) step).data(), UTF_8);
    }
}
