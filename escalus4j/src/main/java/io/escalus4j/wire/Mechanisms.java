package io.escalus4j.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The SASL mechanisms that a client may use, best first. Immutable.
 *
 * @param pinned whether somebody asked for just these: then PLAIN is used without TLS too
 */
public record Mechanisms(List<SaslMechanism> allowed, boolean pinned) {
    /** SCRAM with the longest hash that the server offers, PLAIN last (RFC 6120 section 13.8.4). */
    public static final Mechanisms STRONGEST_FIRST = new Mechanisms(known(), false);

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

    private static List<SaslMechanism> known() {
        var known = new ArrayList<SaslMechanism>(
                List.of(ScramHash.values()).stream().map(Scram::new).toList());
        known.add(new Plain());
        return known;
    }

    private static SaslMechanism byName(String name) {
        return known().stream()
                .filter(mechanism -> mechanism.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'%s' is no SASL mechanism of ours, they are %s".formatted(name, names(known()))));
    }

    /** The best that is offered too. */
    SaslMechanism choose(List<String> offered, boolean confidential) {
        Optional<SaslMechanism> best = allowed.stream()
                .filter(mechanism -> offered.contains(mechanism.name()))
                .filter(mechanism -> pinned || confidential || !mechanism.tellsPassword())
                .findFirst();
        return best.orElseThrow(() -> new IllegalStateException(
                "no common SASL mechanism: the server offers %s, we allow %s%s (RFC 6120 section 6.3.3)"
                        .formatted(
                                offered.isEmpty() ? "none" : String.join(" ", offered),
                                names(allowed),
                                pinned || confidential ? "" : ", PLAIN only over TLS unless it is pinned")));
    }

    private static String names(List<SaslMechanism> mechanisms) {
        return mechanisms.stream().map(SaslMechanism::name).collect(Collectors.joining(" "));
    }
}
