package io.escalus4j.server.stream;

import io.escalus4j.exml.Element;
import io.escalus4j.exml.StreamEvent;
import io.escalus4j.exml.StreamParser;
import io.escalus4j.exml.XmlLimits;
import io.escalus4j.server.xmpp.StreamError;
import io.escalus4j.server.xmpp.StreamError.Condition;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * Frames, each of which is one whole element and begins with its {@code <} (RFC 7395 section 3.3). Confined to the event
 * loop. What waits here is what came in one read of the socket.
 */
final class FramedInput implements StreamInput {
    private static final String RULE = "a frame is one element and nothing else (RFC 7395 section 3.3.3)";

    private final StreamParser parser;
    private final Queue<byte[]> frames = new ArrayDeque<>();

    FramedInput(XmlLimits limits) {
        this.parser = StreamParser.ofFrames(limits);
    }

    @Override
    public void received(ByteBuffer frame) {
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        frames.add(bytes);
    }

    @Override
    public Optional<StreamEvent> next() {
        return Optional.ofNullable(frames.poll()).map(this::event);
    }

    private StreamEvent event(byte[] frame) {
        if (frame.length == 0 || frame[0] != '<') {
            throw refused();
        }
        parser.reset();
        parser.feed(frame);
        parser.end();
        StreamEvent event = parser.next().orElseThrow(FramedInput::refused);
        if (!parser.isDrained()) {
            throw refused();
        }
        return event(((StreamEvent.Whole) event).element());
    }

    private static StreamEvent event(Element element) {
        if (Frames.isOpen(element)) {
            return new StreamEvent.Start(Frames.header(element));
        }
        return Frames.isClose(element) ? new StreamEvent.End() : new StreamEvent.Whole(element);
    }

    private static Refused refused() {
        return new Refused(StreamError.of(Condition.BAD_FORMAT, RULE));
    }

    @Override
    public boolean isDrained() {
        return frames.isEmpty();
    }

    @Override
    public void restart(XmlLimits limits) {
        limits(limits);
    }

    @Override
    public void limits(XmlLimits limits) {
        parser.limits(limits);
    }

    @Override
    public void clear() {
        frames.clear();
    }
}
