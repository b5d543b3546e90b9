package io.escalus4j.server.stream;

import io.escalus4j.exml.Element;
import io.escalus4j.exml.XmlException;
import io.escalus4j.server.xmpp.Ns;
import io.escalus4j.server.xmpp.StreamError;
import io.escalus4j.server.xmpp.StreamError.Condition;
import java.util.Locale;
import java.util.Optional;

/** The stream errors (RFC 6120 section 4.9.3) that more than one state has a use for. */
public final class StreamErrors {
    private static final String APPLICATION = "urn:xmpp:errors";
    private static final int LONGEST_TEXT = 400;

    private StreamErrors() {}

    static StreamError streamInStream() {
        return StreamError.of(Condition.BAD_FORMAT, "a stream header within a stream (RFC 6120 section 4.2)");
    }

    static StreamError unsupported(Element child) {
        return StreamError.of(
                Condition.UNSUPPORTED_STANZA_TYPE,
                "'%s' in '%s' is not known here (RFC 6120 section 4.9.3.24)",
                child.name(),
                child.namespace());
    }

    /** For what cannot be meant before authentication. */
    static StreamError notYet(Element child) {
        return child.namespace().equals(Ns.CLIENT) || child.namespace().equals(Ns.SM)
                ? StreamError.of(
                        Condition.NOT_AUTHORIZED,
                        "'%s' before authentication (RFC 6120 section 4.9.3.12)",
                        child.name())
                : unsupported(child);
    }

    /** For what comes in the middle of an authentication (XEP-0388 section 2.4). */
    static StreamError interrupted(Element child) {
        return StreamError.of(
                Condition.POLICY_VIOLATION,
                "'%s' during an authentication (XEP-0388 section 2.4)",
                shortened(child.name()));
    }

    /** For bytes that the parser refused; too big a stanza has a condition of its own (XEP-0205). */
    static StreamError of(XmlException refused) {
        String condition = refused.kind().condition().toUpperCase(Locale.ROOT).replace('-', '_');
        var error = StreamError.of(Condition.valueOf(condition), "%s", shortened(refused.getMessage()));
        return refused.limit().equals(Optional.of("elementBytes"))
                ? error.with(Element.of("stanza-too-big", APPLICATION))
                : error;
    }

    /** For a message that was too big to be parsed at all. */
    public static StreamError tooBig(String why) {
        return StreamError.of(Condition.POLICY_VIOLATION, "%s", shortened(why))
                .with(Element.of("stanza-too-big", APPLICATION));
    }

    /** For what carries the stream and is not as it must be (RFC 7395 section 3.5). */
    public static StreamError brokenFrame(String why) {
        return StreamError.of(Condition.BAD_FORMAT, "%s", shortened(why));
    }

    /** XEP-0198 section 6. */
    static StreamError handledTooMany(long h, long sent) {
        return StreamError.of(
                        Condition.UNDEFINED_CONDITION,
                        "%d stanzas acknowledged, but %d were sent (XEP-0198 section 6)",
                        h,
                        sent)
                .with(Element.of("handled-count-too-high", Ns.SM)
                        .with("h", Long.toString(h))
                        .with("send-count", Long.toString(sent)));
    }

    /** Somebody else has the session now, or it has ended meanwhile. */
    static StreamError overtaken() {
        return StreamError.of(Condition.CONFLICT, "the session is not to be resumed any more (XEP-0198 section 5)");
    }

    /** An {@code h} is an unsigned 32 bit number (XEP-0198 section 4). */
    static StreamError noCount(Element child) {
        return StreamError.of(
                Condition.BAD_FORMAT,
                "h is '%s', 0 to 4294967295 is allowed (XEP-0198 section 4)",
                shortened(child.attribute("h", "")));
    }

    /** What a peer sent is not sent back at any length. */
    static String shortened(String text) {
        return text.codePoints()
                .limit(LONGEST_TEXT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
