package io.escalus4j.wire;

import io.escalus4j.exml.Element;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How a server proves to another that it serves its domain: by a key that the other asks back for where DNS says that the
 * domain is served (XEP-0220). Immutable; the secret is in no text of it.
 *
 * <pre>{@code
 * var dialback = new Dialback("s3cr3tf0rd14lb4ck");
 * settings.asServer("capulet.example", dialback.prove())                  // the originating server
 * settings.asServer("montague.example", dialback.verify(streamId, key))   // the receiving server, asking back
 * }</pre>
 */
public final class Dialback {
    /** The namespace of its elements; streams declare it with the prefix {@code db} (section 2.1.1). */
    public static final String NS = "jabber:server:dialback";

    private static final HexFormat HEX = HexFormat.of();

    private final String secret;

    /** @param secret what the servers of the domain know and nobody else does */
    public Dialback(String secret) {
        this.secret = secret;
    }

    /**
     * The key for one stream, as XEP-0185 section 2 makes it.
     *
     * @param streamId the id that the receiving server has given the stream
     */
    public String key(String receiving, String originating, String streamId) {
        try {
            byte[] hashed = MessageDigest.getInstance("SHA-256").digest(bytes(secret));
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes(HEX.formatHex(hashed)), "HmacSHA256"));
            return HEX.formatHex(mac.doFinal(bytes("%s %s %s".formatted(receiving, originating, streamId))));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JVM has HMAC with SHA-256", impossible);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Shows the key for our domain, and waits until the other server has asked back (section 2.1). */
    public ConnectionStep prove() {
        return ConnectionStep.of("dialback", (connection, features) -> {
            var settings = connection.settings();
            String key = key(settings.domain(), settings.origin(), connection.streamId());
            ask(connection, Element.of("db", "result", NS).withText(key), "<db:result/> (XEP-0220 section 2.1.2)");
            connection.log("dialback");
            return features;
        });
    }

    /** Asks the authoritative server whether the key is its own (section 2.2). */
    public ConnectionStep verify(String streamId, String key) {
        return ConnectionStep.of("dialback verify", (connection, features) -> {
            ask(
                    connection,
                    Element.of("db", "verify", NS).withText(key).with("id", streamId),
                    "<db:verify/> (XEP-0220 section 2.2.2)");
            return features;
        });
    }

    private static void ask(Connection connection, Element question, String due) throws IOException {
        var settings = connection.settings();
        connection.send(question.with("from", settings.origin()).with("to", settings.domain()));
        Element answer = connection.receive(due, element -> element.is(question.name(), NS));
        if (!answer.attribute("type", "").equals("valid")) {
            throw RefusedException.dialback(question.name(), answer);
        }
    }
}
