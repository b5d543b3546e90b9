package io.escalus4j.server.stream;

import io.escalus4j.exml.StreamEvent;
import io.escalus4j.exml.StreamParser;
import io.escalus4j.exml.XmlLimits;
import java.nio.ByteBuffer;
import java.util.Optional;

/** One document for the whole stream (RFC 6120 section 4). Confined to the event loop. */
final class ParsedInput implements StreamInput {
    private final StreamParser parser;

    ParsedInput(XmlLimits limits) {
        this.parser = StreamParser.ofStream(limits);
    }

    @Override
    public void received(ByteBuffer bytes) {
        parser.feed(bytes);
    }

    @Override
    public Optional<StreamEvent> next() {
        return parser.next();
    }

    @Override
    public boolean isDrained() {
        return parser.isDrained();
    }

    @Override
    public void restart(XmlLimits limits) {
        parser.reset();
        limits(limits);
    }

    @Override
    public void limits(XmlLimits limits) {
        parser.limits(limits);
    }

    @Override
    public void clear() {
        parser.clear();
    }
}
