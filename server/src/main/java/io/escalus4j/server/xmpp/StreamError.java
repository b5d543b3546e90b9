package io.escalus4j.server.xmpp;

import io.escalus4j.exml.Element;
import java.util.Locale;
import java.util.Optional;

/** Why a stream is closed for good (RFC 6120 section 4.9): it is sent, then the stream ends. */
public record StreamError(Condition condition, Optional<String> text, Optional<Element> application) {

    /** The defined conditions (section 4.9.3). */
    public enum Condition {
        BAD_FORMAT,
        BAD_NAMESPACE_PREFIX,
        CONFLICT,
        CONNECTION_TIMEOUT,
        HOST_GONE,
        HOST_UNKNOWN,
        IMPROPER_ADDRESSING,
        INTERNAL_SERVER_ERROR,
        INVALID_FROM,
        INVALID_NAMESPACE,
        INVALID_XML,
        NOT_AUTHORIZED,
        NOT_WELL_FORMED,
        POLICY_VIOLATION,
        REMOTE_CONNECTION_FAILED,
        RESET,
        RESOURCE_CONSTRAINT,
        RESTRICTED_XML,
        SEE_OTHER_HOST,
        SYSTEM_SHUTDOWN,
        UNDEFINED_CONDITION,
        UNSUPPORTED_ENCODING,
        UNSUPPORTED_FEATURE,
        UNSUPPORTED_STANZA_TYPE,
        UNSUPPORTED_VERSION;

        public String wire() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public static StreamError of(Condition condition) {
        return new StreamError(condition, Optional.empty(), Optional.empty());
    }

    /** With a text made by {@link String#format}. */
    public static StreamError of(Condition condition, String text, Object... args) {
        return new StreamError(condition, Optional.of(text.formatted(args)), Optional.empty());
    }

    public StreamError with(Element applicationCondition) {
        return new StreamError(condition, text, Optional.of(applicationCondition));
    }

    /** {@code <stream:error>…</stream:error>}. */
    public Element toElement() {
        var error = Element.of("stream", "error", Ns.STREAMS).with(Element.of(condition.wire(), Ns.STREAM_ERRORS));
        var said = text.map(t -> error.with(Element.text("text", Ns.STREAM_ERRORS, t)))
                .orElse(error);
        return application.map(said::with).orElse(said);
    }
}
