package io.escalus4j.server.auth;

import io.escalus4j.server.config.SaslConfig;
import io.escalus4j.server.store.Accounts;
import java.util.List;
import java.util.Optional;

/** The mechanisms that one server offers, the strongest first. Thread-safe. */
public final class SaslMechanisms {
    private static final String SCRAM = "SCRAM-";

    private final List<String> offered;
    private final Accounts accounts;
    private final Passwords passwords;

    public SaslMechanisms(List<String> offered, Accounts accounts, Passwords passwords) {
        this.offered = SaslConfig.MECHANISMS.stream().filter(offered::contains).toList();
        this.accounts = accounts;
        this.passwords = passwords;
    }

    public List<String> offered() {
        return offered;
    }

    /** Starts a negotiation for an account of {@code domain}; empty if the mechanism is not offered. */
    public Optional<SaslMechanism> start(String mechanism, String domain) {
        return offered.contains(mechanism) ? Optional.of(made(mechanism, domain)) : Optional.empty();
    }

    private SaslMechanism made(String mechanism, String domain) {
        return mechanism.startsWith(SCRAM)
                ? new ScramMechanism(Scram.of(mechanism.substring(SCRAM.length())), domain, accounts, passwords)
                : new PlainMechanism(domain, accounts, passwords);
    }
}
