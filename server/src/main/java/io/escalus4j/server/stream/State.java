package io.escalus4j.server.stream;

import io.escalus4j.exml.Element;
import java.util.concurrent.CompletionStage;

/**
 * How far a stream has come (RFC 6120 section 4.3) and what it does with what comes next.
 *
 * <pre>
 * Opening -> Negotiating -> (TLS) Opening -> Negotiating -> (SASL) Opening -> Authenticated -> (bind or resume) Bound
 * </pre>
 *
 * <p>The stream takes nothing further before the stage with the next state is done. Confined to the event loop.
 */
sealed interface State permits Opening, Negotiating, Authenticated, Bound, Closed {
    CompletionStage<State> opened(StreamHeader header);

    CompletionStage<State> received(Element child);
}
