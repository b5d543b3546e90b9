package io.escalus4j.server.config;

import io.escalus4j.server.xmpp.Jid;
import java.util.List;
import java.util.Set;

/**
 * How one server behaves.
 *
 * @param domains that it answers for, the first is the default
 * @param admins the bare JIDs that may administer it
 */
public record ServerConfig(
        List<String> domains,
        Profile profile,
        Set<Jid> admins,
        ListenConfig listen,
        TlsConfig tls,
        StreamConfig streams,
        SaslConfig sasl,
        SessionConfig sessions,
        ModulesConfig modules) {

    public ServerConfig {
        domains = domains.stream().map(ServerConfig::domain).distinct().toList();
        admins = Set.copyOf(admins);
        Require.that(!domains.isEmpty(), "domains must not be empty");
        for (Jid admin : admins) {
            Require.that(
                    admin.isBare() && !admin.isDomain(),
                    "admins must be accounts as in alice@localhost, there was %s",
                    admin);
        }
    }

    private static String domain(String text) {
        var jid = Jid.parse(text).filter(Jid::isDomain);
        Require.that(jid.isPresent(), "domains must be names as in localhost, there was '%s'", text);
        return jid.get().domain();
    }

    /** The standard of a profile: {@code localhost}, in somebody's test. */
    public static ServerConfig of(Profile profile) {
        return new ServerConfig(
                List.of("localhost"),
                profile,
                Set.of(),
                ListenConfig.EMBEDDED,
                TlsConfig.SELF_SIGNED,
                StreamConfig.STANDARD,
                profile == Profile.TEST ? SaslConfig.TEST : SaslConfig.STANDARD,
                SessionConfig.STANDARD,
                ModulesConfig.ALL);
    }
}
