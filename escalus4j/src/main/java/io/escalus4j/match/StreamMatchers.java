package io.escalus4j.match;

import static io.escalus4j.match.Matchers.element;

/**
 * The matchers of what is said about streams and not on them, for static import.
 *
 * <pre>{@code
 * alice.expect(smResumed(id));
 * stranger.expect(saslFailure("not-authorized"));
 * }</pre>
 */
public final class StreamMatchers {
    private static final String TLS = "urn:ietf:params:xml:ns:xmpp-tls";
    private static final String SASL = "urn:ietf:params:xml:ns:xmpp-sasl";
    private static final String STANZAS = "urn:ietf:params:xml:ns:xmpp-stanzas";
    private static final String COMPRESS = "http://jabber.org/protocol/compress";
    private static final String SM = "urn:xmpp:sm:3";
    private static final String BOSH = "http://jabber.org/protocol/httpbind";

    private StreamMatchers() {}

    // ---- opening (RFC 6120 sections 5 and 6)

    /** TLS may begin. */
    public static StanzaMatcher tlsProceed() {
        return element("proceed", TLS);
    }

    /** The stream is compressed from here on (XEP-0138). */
    public static StanzaMatcher compressed() {
        return element("compressed", COMPRESS);
    }

    public static StanzaMatcher saslChallenge() {
        return element("challenge", SASL);
    }

    public static StanzaMatcher saslSuccess() {
        return element("success", SASL);
    }

    /** With this condition, for example {@code not-authorized} (RFC 6120 section 6.5). */
    public static StanzaMatcher saslFailure(String condition) {
        return element("failure", SASL).withChild(condition, SASL);
    }

    // ---- stream management (XEP-0198)

    public static StanzaMatcher smEnabled() {
        return element("enabled", SM);
    }

    /** That can be resumed or, with {@code false}, cannot. */
    public static Matcher smEnabled(boolean resume) {
        Matcher resumable =
                smEnabled().withAttribute("resume", "true").or(smEnabled().withAttribute("resume", "1"));
        return resume ? resumable : smEnabled().and(resumable.not());
    }

    public static StanzaMatcher smFailed() {
        return element("failed", SM);
    }

    /** With this condition, for example {@code item-not-found} (section 6). */
    public static StanzaMatcher smFailed(String condition) {
        return smFailed().withChild(condition, STANZAS);
    }

    public static StanzaMatcher smRequest() {
        return element("r", SM);
    }

    public static StanzaMatcher smAck() {
        return element("a", SM);
    }

    public static StanzaMatcher smAck(long h) {
        return smAck().withAttribute("h", Long.toString(h));
    }

    public static StanzaMatcher smResumed() {
        return element("resumed", SM);
    }

    public static StanzaMatcher smResumed(String previousId) {
        return smResumed().withAttribute("previd", previousId);
    }

    // ---- BOSH (XEP-0124)

    /** A body that reports a response that got lost (section 9.3). */
    public static StanzaMatcher boshReport(long rid) {
        return element("body", BOSH).withAttribute("report", Long.toString(rid));
    }
}
