package io.escalus4j.wire;

import io.escalus4j.exml.Element;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** How a component gets its stream (XEP-0114 section 3). */
final class ComponentSteps {
    static final String NS = "jabber:component:accept";

    private ComponentSteps() {}

    /** Opens the stream to the component's own domain, and proves that it knows the secret. */
    static ConnectionStep handshake(String secret) {
        return ConnectionStep.of("handshake", (connection, features) -> handshake(connection, secret));
    }

    private static Features handshake(Connection connection, String secret) throws IOException {
        connection
                .wire()
                .open(connection
                        .settings()
                        .header()
                        .with("to", connection.settings().domain()));
        String id = connection
                .header()
                .attribute("id")
                .orElseThrow(() ->
                        new IOException("the server's stream has no id to make the handshake of (XEP-0114 section 3)"));
        connection.send(Element.text("handshake", Ns.CLIENT, proof(id, secret)));
        connection.receive("<handshake/> (XEP-0114 section 3)", element -> element.is("handshake", Ns.CLIENT));
        connection.log("component");
        return Features.NONE;
    }

    static String proof(String id, String secret) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((id + secret).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-1", e);
        }
    }
}
