package io.escalus4j.server.stream;

import io.escalus4j.exml.XmlLimits;
import io.escalus4j.server.auth.FastTokens;
import io.escalus4j.server.auth.SaslMechanisms;
import io.escalus4j.server.config.Profile;
import io.escalus4j.server.config.ServerConfig;
import io.escalus4j.server.module.Modules;
import io.escalus4j.server.route.Ingress;
import io.escalus4j.server.route.Sessions;
import io.escalus4j.server.time.Hops;
import io.escalus4j.server.time.Time;
import io.escalus4j.server.xmpp.Ns;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/**
 * What all streams of one server share. Every part is thread-safe.
 *
 * @param streams those that are open
 */
public record StreamContext(
        ServerConfig config,
        SaslMechanisms sasl,
        FastTokens tokens,
        Modules modules,
        Sessions sessions,
        Ingress ingress,
        ResourceBinder binder,
        Resumption resumption,
        StreamMetrics metrics,
        Activity activity,
        Set<ClientStream> streams,
        Time time,
        Hops hops,
        SecureRandom random) {

    /** Not to be guessed: 128 bits (RFC 6120 section 4.7.3). */
    public String randomId() {
        byte[] id = new byte[16];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    /** Whether nothing but STARTTLS happens in the clear. */
    boolean requiresTls() {
        return config.profile() == Profile.PRODUCTION;
    }

    /** Whether streams may be managed (XEP-0198). */
    boolean offersManagement() {
        return modules.streamFeatures().stream().anyMatch(feature -> feature.is("sm", Ns.SM));
    }

    public XmlLimits limits(boolean authenticated) {
        var streams = config.streams();
        return new XmlLimits(
                authenticated ? streams.stanzaBytes() : streams.preAuthBytes(),
                streams.depth(),
                streams.attributes(),
                XmlLimits.STANDARD.nameBytes());
    }
}
