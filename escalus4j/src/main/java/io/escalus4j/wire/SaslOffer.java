package io.escalus4j.wire;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * By what a client may prove who it is, as the server says. Immutable.
 *
 * @param mechanisms in the server's order
 * @param bindings the types of channel binding, if the server tells them (XEP-0440)
 * @param extensible whether the mechanisms are those of XEP-0388, and not of RFC 6120
 */
public record SaslOffer(List<String> mechanisms, Optional<List<String>> bindings, boolean extensible) {
    static final String BINDINGS_NS = "urn:xmpp:sasl-cb:0";

    public SaslOffer {
        mechanisms = List.copyOf(mechanisms);
        bindings = bindings.map(List::copyOf);
    }

    /** The offer of RFC 6120 section 6.3.3. */
    static SaslOffer of(Features features) {
        return new SaslOffer(features.mechanisms(), bindings(features), false);
    }

    /** The offer of XEP-0388 section 2.1. */
    static SaslOffer extensible(Features features) {
        return new SaslOffer(features.extensibleMechanisms(), bindings(features), true);
    }

    private static Optional<List<String>> bindings(Features features) {
        return features.element()
                .child("sasl-channel-binding", BINDINGS_NS)
                .map(offered -> offered.elements("channel-binding", BINDINGS_NS).stream()
                        .map(binding -> binding.attribute("type", ""))
                        .toList());
    }

    /** Whether there is a mechanism that binds to the channel. */
    boolean bindsToChannels() {
        return mechanisms.stream().anyMatch(name -> name.endsWith("-PLUS"));
    }

    boolean announces(ChannelBinding binding) {
        return bindings.filter(types -> types.contains(binding.type())).isPresent();
    }

    /** What is hashed to see whether somebody has changed the offer on the way (XEP-0474 section 5.1). */
    String canonical() {
        return sorted(mechanisms)
                + bindings.map(types -> '\u001f' + sorted(types)).orElse("");
    }

    private static String sorted(List<String> names) {
        return names.stream().sorted().collect(Collectors.joining("\u001e"));
    }
}
