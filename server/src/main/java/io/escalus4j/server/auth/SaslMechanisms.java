package io.escalus4j.server.auth;

import io.escalus4j.server.config.SaslConfig;
import io.escalus4j.server.module.StreamOption;
import io.escalus4j.server.store.Accounts;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The mechanisms that one server offers, the strongest first. Thread-safe. */
public final class SaslMechanisms {
    private static final String SCRAM = "SCRAM-";
    private static final String PLUS = SaslOffer.PLUS;

    private final List<String> enabled;
    private final Accounts accounts;
    private final Passwords passwords;

    public SaslMechanisms(List<String> enabled, Accounts accounts, Passwords passwords) {
        this.enabled = SaslConfig.MECHANISMS.stream().filter(enabled::contains).toList();
        this.accounts = accounts;
        this.passwords = passwords;
    }

    /** What is offered on a stream to {@code domain} over this channel, by a server with these options. */
    public SaslOffer offer(String domain, TlsChannel channel, Predicate<StreamOption> options) {
        boolean binding =
                options.test(StreamOption.CHANNEL_BINDING) && enabled.stream().anyMatch(name -> name.endsWith(PLUS));
        List<String> types = binding ? channel.types() : List.of();
        var mechanisms = enabled.stream()
                .filter(name -> !name.endsWith(PLUS) || !types.isEmpty())
                .filter(name ->
                        !name.equals("EXTERNAL") || channel.client().isPresent() && options.test(StreamOption.EXTERNAL))
                .filter(name -> !name.equals("ANONYMOUS") || options.test(StreamOption.ANONYMOUS))
                .toList();
        return new SaslOffer(domain, channel, mechanisms, types, options.test(StreamOption.HASHED_OFFER));
    }

    /** Starts a negotiation; empty if the mechanism is not offered. */
    public Optional<SaslMechanism> start(String mechanism, SaslOffer offer) {
        return offer.mechanisms().contains(mechanism) ? Optional.of(made(mechanism, offer)) : Optional.empty();
    }

    private SaslMechanism made(String mechanism, SaslOffer offer) {
        return switch (mechanism) {
            case "PLAIN" -> new PlainMechanism(offer.domain(), accounts, passwords);
            case "EXTERNAL" -> new ExternalMechanism(offer, accounts);
            case "ANONYMOUS" -> new AnonymousMechanism(offer.domain());
            default -> {
                boolean plus = mechanism.endsWith(PLUS);
                String hash = mechanism.substring(SCRAM.length()).replace(PLUS, "");
                yield new ScramMechanism(Scram.of(hash), plus, offer, accounts, passwords);
            }
        };
    }
}
