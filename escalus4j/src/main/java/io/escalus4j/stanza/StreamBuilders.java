package io.escalus4j.stanza;

import static io.escalus4j.stanza.Builders.iqSet;

import io.escalus4j.exml.Element;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What clients say about streams and not on them: nonzas and the first requests. For static import.
 *
 * <pre>{@code
 * alice.send(startTls());
 * alice.send(auth("PLAIN", "\0alice\0secret"));
 * alice.send(smEnable(true));
 * }</pre>
 */
public final class StreamBuilders {
    private static final String TLS = "urn:ietf:params:xml:ns:xmpp-tls";
    private static final String SASL = "urn:ietf:params:xml:ns:xmpp-sasl";
    private static final String COMPRESS = "http://jabber.org/protocol/compress";
    private static final String BIND = "urn:ietf:params:xml:ns:xmpp-bind";
    private static final String SESSION = "urn:ietf:params:xml:ns:xmpp-session";
    private static final String SM = "urn:xmpp:sm:3";
    private static final String FRAMING = "urn:ietf:params:xml:ns:xmpp-framing";

    private StreamBuilders() {}

    // ---- opening (RFC 6120 sections 5 to 7, RFC 7395)

    /** {@code <open/>} of WebSocket (RFC 7395 section 3.4). */
    public static Element wsOpen(String domain) {
        return Element.of("open", FRAMING).with("to", domain).with("version", "1.0");
    }

    /** {@code <close/>} of WebSocket (RFC 7395 section 3.6). */
    public static Element wsClose() {
        return Element.of("close", FRAMING);
    }

    public static Element startTls() {
        return Element.of("starttls", TLS);
    }

    /** For example {@code zlib} (XEP-0138). */
    public static Element compress(String method) {
        return Element.of("compress", COMPRESS)
                .with(Element.of("method", COMPRESS).withText(method));
    }

    /** Begins SASL with the client's first message, which is encoded here (RFC 6120 section 6.4.2). */
    public static Element auth(String mechanism, String initial) {
        return Element.of("auth", SASL).with("mechanism", mechanism).withText(encoded(initial));
    }

    /** The answer to a challenge (RFC 6120 section 6.4.3). */
    public static Element authResponse(String message) {
        return Element.of("response", SASL).withText(encoded(message));
    }

    public static Element authAbort() {
        return Element.of("abort", SASL);
    }

    /** Of nothing it is {@code =} (RFC 6120 section 6.4.2). */
    private static String encoded(String message) {
        return message.isEmpty() ? "=" : Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.UTF_8));
    }

    /** Binds a resource that the server chooses. */
    public static Element bind() {
        return iqSet(Element.of("bind", BIND));
    }

    public static Element bind(String resource) {
        return iqSet(Element.of("bind", BIND).with(Element.of("resource", BIND).withText(resource)));
    }

    /** The session of RFC 3921, which old servers want. */
    public static Element session() {
        return iqSet(Element.of("session", SESSION));
    }

    // ---- stream management (XEP-0198)

    public static Element smEnable(boolean resume) {
        Element enable = Element.of("enable", SM);
        return resume ? enable.with("resume", "true") : enable;
    }

    /** @param h how many stanzas of the former stream were handled */
    public static Element smResume(String previousId, long h) {
        return Element.of("resume", SM).with("h", Long.toString(h)).with("previd", previousId);
    }

    public static Element smRequest() {
        return Element.of("r", SM);
    }

    public static Element smAck(long h) {
        return Element.of("a", SM).with("h", Long.toString(h));
    }

    // ---- client states (XEP-0352)

    public static Element csiActive() {
        return Element.of("active", "urn:xmpp:csi:0");
    }

    public static Element csiInactive() {
        return Element.of("inactive", "urn:xmpp:csi:0");
    }
}
