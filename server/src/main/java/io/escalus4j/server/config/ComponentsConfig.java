package io.escalus4j.server.config;

import io.escalus4j.server.xmpp.Jid;
import java.util.List;
import java.util.Optional;

/**
 * Which other programs may serve a domain (XEP-0114).
 *
 * @param port where they connect, by convention 5347, 0 for any free one; without it nobody can. It counts when the server
 *     starts
 */
public record ComponentsConfig(Optional<Integer> port, List<Accepted> accept) {
    public static final ComponentsConfig STANDARD = new ComponentsConfig(Optional.empty(), List.of());
    private static final String BELOW = "*.";

    /**
     * One component.
     *
     * @param domain the one that it serves; one that begins with {@code *.} stands for every domain right below
     * @param secret what it must know
     */
    public record Accepted(String domain, String secret) {
        public Accepted {
            String name = domain.startsWith(BELOW) ? domain.substring(BELOW.length()) : domain;
            Require.that(
                    Jid.parse(name)
                            .filter(jid -> jid.isDomain() && jid.domain().equals(name))
                            .isPresent(),
                    "domain must be a name as in echo.localhost, was '%s'",
                    domain);
            Require.that(!secret.isEmpty(), "secret must not be empty, that of '%s' is", domain);
        }

        private boolean isOf(String asked) {
            return domain.startsWith(BELOW)
                    ? asked.substring(asked.indexOf('.') + 1).equals(domain.substring(BELOW.length()))
                    : asked.equals(domain);
        }

        /** Without the secret. */
        @Override
        public String toString() {
            return "Accepted[domain=%s]".formatted(domain);
        }
    }

    public ComponentsConfig {
        accept = List.copyOf(accept);
        port.ifPresent(
                number -> Require.that(number >= 0 && number <= 65535, "port must be 0 to 65535, was %d", number));
    }

    /** What the component of this domain must know; empty if nobody may serve it. */
    public Optional<String> secret(String domain) {
        return accept.stream()
                .filter(one -> one.isOf(domain))
                .map(Accepted::secret)
                .findFirst();
    }
}
