package io.escalus4j.server.stream;

import io.escalus4j.exml.Element;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** It is over: whatever still comes is ignored (RFC 6120 section 4.4). */
record Closed() implements State {
    @Override
    public CompletionStage<State> opened(StreamHeader header) {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public CompletionStage<State> received(Element child) {
        return CompletableFuture.completedFuture(this);
    }
}
