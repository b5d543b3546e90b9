package io.escalus4j.wire;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The SASL mechanisms that a client may use, best first. Immutable.
 *
 * @param pinned whether somebody asked for just these: then they are used whatever speaks against them
 */
public record Mechanisms(List<SaslMechanism> allowed, boolean pinned) {
    private static final List<SaslMechanism> CHOSEN = chosen();
    private static final List<SaslMechanism> KNOWN =
            Stream.concat(CHOSEN.stream(), Stream.of(new DigestMd5())).toList();

    /**
     * The certificate of the client if it has one, nobody if it has no name, else SCRAM: bound to the channel before the
     * others, with the longest hash that the server offers; PLAIN last (RFC 6120 section 13.8.4).
     */
    public static final Mechanisms STRONGEST_FIRST = new Mechanisms(CHOSEN, false);

    public Mechanisms {
        allowed = List.copyOf(allowed);
    }

    /** Just these, for example {@code only("SCRAM-SHA-1")}. */
    public static Mechanisms only(String... names) {
        return new Mechanisms(Stream.of(names).map(Mechanisms::byName).toList(), true);
    }

    /** Mechanisms of your own. */
    public static Mechanisms only(SaslMechanism... mechanisms) {
        return new Mechanisms(List.of(mechanisms), true);
    }

    /** ANONYMOUS with a trace for the server's log (RFC 4505 section 2), for example an address to write to. */
    public static Mechanisms anonymous(String trace) {
        return only(new Anonymous(trace));
    }

    private static List<SaslMechanism> chosen() {
        return Stream.<Stream<SaslMechanism>>of(
                        Stream.of(new External(), new Anonymous("")), scram(true), scram(false), Stream.of(new Plain()))
                .flatMap(each -> each)
                .toList();
    }

    private static Stream<SaslMechanism> scram(boolean plus) {
        return Stream.of(ScramHash.values()).map(hash -> new Scram(hash, plus));
    }

    private static SaslMechanism byName(String name) {
        return KNOWN.stream()
                .filter(mechanism -> mechanism.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'%s' is no SASL mechanism of ours, they are %s".formatted(name, names(KNOWN))));
    }

    /** The best for this connection that is offered too. */
    SaslMechanism choose(Connection connection) {
        SaslOffer offer = connection.offer();
        if (!pinned && Gs2.canBind(connection)) {
            requireWholeOffer(offer);
        }
        return choose(offer.mechanisms(), mechanism -> mechanism.obstacle(connection));
    }

    /** @param obstacle what speaks against one that is not pinned */
    SaslMechanism choose(List<String> offered, Function<SaslMechanism, Optional<String>> obstacle) {
        return common(offered)
                .filter(mechanism -> pinned || obstacle.apply(mechanism).isEmpty())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no common SASL mechanism: the server offers %s, we allow %s%s (RFC 6120 section 6.3.3)"
                                .formatted(
                                        offered.isEmpty() ? "none" : String.join(" ", offered),
                                        names(allowed),
                                        obstacles(offered, obstacle))));
    }

    private Stream<SaslMechanism> common(List<String> offered) {
        return allowed.stream().filter(mechanism -> offered.contains(mechanism.name()));
    }

    private String obstacles(List<String> offered, Function<SaslMechanism, Optional<String>> obstacle) {
        return common(offered)
                .map(mechanism -> ", %s %s"
                        .formatted(mechanism.name(), obstacle.apply(mechanism).orElse("")))
                .collect(Collectors.joining());
    }

    /** Somebody in the middle who takes away what binds to the channel is seen (XEP-0440 section 3). */
    private static void requireWholeOffer(SaslOffer offer) {
        boolean typesMissing = offer.extensible()
                && offer.bindsToChannels()
                && offer.bindings().isEmpty();
        boolean mechanismsMissing = offer.bindings().isPresent() && !offer.bindsToChannels();
        boolean oneMissing = offer.bindings().isPresent()
                && !offer.announces(ChannelBinding.TLS_SERVER_END_POINT)
                && isForeign(offer);
        if (typesMissing || mechanismsMissing || oneMissing) {
            throw new IllegalStateException(
                    "the server offers %s with the channel bindings %s: somebody may have changed that on its way, or it is misconfigured (XEP-0440 section 3); pin a mechanism to go on"
                            .formatted(
                                    String.join(" ", offer.mechanisms()),
                                    offer.bindings().map(Object::toString).orElse("untold")));
        }
    }

    private static boolean isForeign(SaslOffer offer) {
        return Stream.of(ChannelBinding.values()).noneMatch(offer::announces);
    }

    private static String names(List<SaslMechanism> mechanisms) {
        return mechanisms.stream().map(SaslMechanism::name).collect(Collectors.joining(" "));
    }
}
