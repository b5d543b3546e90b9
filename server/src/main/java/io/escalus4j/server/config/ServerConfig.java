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
        HttpConfig http,
        BoshConfig bosh,
        TlsConfig tls,
        StreamConfig streams,
        SaslConfig sasl,
        SessionConfig sessions,
        StoreConfig store,
        ModulesConfig modules) {

    public ServerConfig {
        domains = domains.stream().map(ServerConfig::domain).distinct().toList();
        admins = Set.copyOf(admins);
        Require.that(!domains.isEmpty(), "domains must not be empty");
        Require.that(
                profile == Profile.TEST || sasl.iterations() >= 10_000,
                "iterations must be at least 10000 in production (XEP-0438 section 5), was %d",
                sasl.iterations());
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

    /** Of a server in somebody's test, for {@code localhost}. */
    public static ServerConfig embedded(Profile profile) {
        return of(profile, ListenConfig.EMBEDDED, SaslConfig.EMBEDDED);
    }

    /** Of a server on its own, for {@code localhost}. */
    public static ServerConfig standalone(Profile profile) {
        return of(profile, ListenConfig.STANDALONE, SaslConfig.STANDALONE);
    }

    private static ServerConfig of(Profile profile, ListenConfig listen, SaslConfig sasl) {
        return new ServerConfig(
                List.of("localhost"),
                profile,
                Set.of(),
                listen,
                HttpConfig.STANDARD,
                BoshConfig.STANDARD,
                TlsConfig.SELF_SIGNED,
                StreamConfig.STANDARD,
                profile == Profile.TEST ? SaslConfig.TEST : sasl,
                SessionConfig.STANDARD,
                StoreConfig.STANDARD,
                ModulesConfig.ALL);
    }

    public ServerConfig domains(List<String> wanted) {
        return new ServerConfig(
                wanted, profile, admins, listen, http, bosh, tls, streams, sasl, sessions, store, modules);
    }

    public ServerConfig admins(Set<Jid> wanted) {
        return new ServerConfig(
                domains, profile, wanted, listen, http, bosh, tls, streams, sasl, sessions, store, modules);
    }

    public ServerConfig store(StoreConfig wanted) {
        return new ServerConfig(
                domains, profile, admins, listen, http, bosh, tls, streams, sasl, sessions, wanted, modules);
    }

    public ServerConfig modules(ModulesConfig wanted) {
        return new ServerConfig(
                domains, profile, admins, listen, http, bosh, tls, streams, sasl, sessions, store, wanted);
    }

    public ServerConfig listen(ListenConfig wanted) {
        return new ServerConfig(
                domains, profile, admins, wanted, http, bosh, tls, streams, sasl, sessions, store, modules);
    }
}
