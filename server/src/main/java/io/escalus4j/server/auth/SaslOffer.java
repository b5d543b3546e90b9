package io.escalus4j.server.auth;

import java.util.List;
import java.util.stream.Collectors;

/**
 * By what a client may prove who it is on one stream, as it was told. Immutable.
 *
 * @param domain that the accounts are of
 * @param channel under the stream
 * @param mechanisms the strongest first
 * @param bindings the types of channel binding that are announced (XEP-0440); none where no mechanism binds
 * @param hashed whether the client is told a hash of the offer (XEP-0474)
 */
public record SaslOffer(
        String domain, TlsChannel channel, List<String> mechanisms, List<String> bindings, boolean hashed) {
    static final String PLUS = "-PLUS";

    public SaslOffer {
        mechanisms = List.copyOf(mechanisms);
        bindings = List.copyOf(bindings);
    }

    /** Whether there is a mechanism that binds to the channel: then a client that knows how must not believe otherwise. */
    boolean binds() {
        return mechanisms.stream().anyMatch(name -> name.endsWith(PLUS));
    }

    /** What is hashed (XEP-0474 section 5.1). */
    String canonical() {
        return sorted(mechanisms) + (bindings.isEmpty() ? "" : '\u001f' + sorted(bindings));
    }

    private static String sorted(List<String> names) {
        return names.stream().sorted().collect(Collectors.joining("\u001e"));
    }
}
