package io.escalus4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import io.escalus4j.server.config.ComponentsConfig;
import io.escalus4j.server.config.Profile;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Stanzas;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Components over sockets (XEP-0114): what stories cannot time. */
class ComponentsTest {
    private static final String DOMAIN = "echo.localhost";
    private static final String SECRET = "Secret-1";

    private final XmppServer server = XmppServer.builder()
            .profile(Profile.TEST)
            .module(
                    "components",
                    new ComponentsConfig(Optional.of(0), List.of(new ComponentsConfig.Accepted(DOMAIN, SECRET))))
            .start();

    @AfterEach
    void stop() {
        server.close();
    }

    private RawClient component() throws GeneralSecurityException {
        var component = RawClient.to(server.componentAddress().orElseThrow());
        component.send("<stream:stream xmlns='jabber:component:accept'"
                + " xmlns:stream='http://etherx.jabber.org/streams' to='" + DOMAIN + "'>");
        component.expect("id='");
        String id = component.expect("'").replace("'", "");
        byte[] proof = MessageDigest.getInstance("SHA-1").digest((id + SECRET).getBytes(StandardCharsets.UTF_8));
        component.send("<handshake>" + HexFormat.of().formatHex(proof) + "</handshake>");
        component.expect("<handshake/>");
        return component;
    }

    @Test
    void who_sends_to_a_component_that_is_just_leaving_hears_of_it() throws GeneralSecurityException {
        var component = component();
        var found = server.context().router().external().at(DOMAIN).orElseThrow();
        component.close();
        assertThat(server.awaitIdle(Duration.ofSeconds(10))).isTrue();
        try (var alice = RawClient.fresh(server, "phone")) {
            found.handle(Stanzas.trusted(
                    Element.parse("<message xmlns='jabber:client' id='m1'><body>Hi</body></message>"),
                    Jid.of(alice.jid()),
                    Optional.of(Jid.of("tea@" + DOMAIN))));

            assertThat(alice.expect("</message>")).contains("id='m1'", "type='error'", "<recipient-unavailable");
        }
    }
}
