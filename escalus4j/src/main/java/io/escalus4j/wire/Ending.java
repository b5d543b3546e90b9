package io.escalus4j.wire;

import io.escalus4j.exml.Element;
import java.util.Optional;

/**
 * How a stream ended. Immutable.
 *
 * @param text for people, for example {@code stream error conflict (replaced by a new connection)}
 * @param streamError what the server said, if it did (RFC 6120 section 4.9)
 */
public record Ending(String text, Optional<Element> streamError) {

    public static Ending of(String text) {
        return new Ending(text, Optional.empty());
    }

    public static Ending of(Throwable cause) {
        return of(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
    }

    public static Ending streamError(Element error) {
        return new Ending("stream error " + Errors.describe(error, Ns.STREAM_ERRORS), Optional.of(error));
    }

    /** The defined condition of the stream error, for example {@code conflict}; empty without one. */
    public String condition() {
        return streamError
                .flatMap(error -> Errors.condition(error, Ns.STREAM_ERRORS))
                .orElse("");
    }

    /** Headers and errors of the stream are no stanzas. */
    public static boolean isOfTheStream(Element element) {
        return isStreamError(element) || element.is("stream", Ns.STREAMS);
    }

    public static boolean isStreamError(Element element) {
        return element.is("error", Ns.STREAMS);
    }
}
