package io.escalus4j.exml;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What a parser made of some bytes: the events, and the error if there was one. */
record Transcript(List<StreamEvent> events, Optional<XmlException> error) {
    static Transcript ofStream(String input) {
        return of(() -> StreamParser.ofStream(XmlLimits.STANDARD), bytes(input));
    }

    static Transcript ofDocument(String input) {
        return of(() -> StreamParser.ofDocument(XmlLimits.STANDARD), bytes(input));
    }

    static Transcript ofFrames(String input) {
        return of(() -> StreamParser.ofFrames(XmlLimits.STANDARD), bytes(input));
    }

    /** Feeds the chunks one after the other and reads all there is behind each. */
    static Transcript of(Supplier<StreamParser> parser, byte[]... chunks) {
        return read(parser.get(), chunks);
    }

    static Transcript read(StreamParser parser, byte[]... chunks) {
        var events = new ArrayList<StreamEvent>();
        try {
            for (byte[] chunk : chunks) {
                parser.feed(chunk);
                for (var event = parser.next(); event.isPresent(); event = parser.next()) {
                    events.add(event.get());
                }
            }
            return new Transcript(events, Optional.empty());
        } catch (XmlException error) {
            return new Transcript(events, Optional.of(error));
        }
    }

    static byte[] bytes(String input) {
        return input.getBytes(StandardCharsets.UTF_8);
    }

    static byte[][] splitAt(byte[] input, int at) {
        return new byte[][] {Arrays.copyOfRange(input, 0, at), Arrays.copyOfRange(input, at, input.length)};
    }

    static byte[][] singly(byte[] input) {
        var chunks = new byte[input.length][];
        for (int i = 0; i < input.length; i++) {
            chunks[i] = new byte[] {input[i]};
        }
        return chunks;
    }

    /** Everything that can be compared: names with prefixes, attributes in order, text and CDATA apart, error with place. */
    String describe() {
        var described = new StringBuilder();
        events.forEach(event -> described.append(describe(event)).append('\n'));
        error.ifPresent(e -> described.append(e.kind()).append(' ').append(e.getMessage()));
        return described.toString();
    }

    private static String describe(StreamEvent event) {
        if (event instanceof StreamEvent.Start start) {
            return "start " + describe(start.header());
        }
        return event instanceof StreamEvent.Whole whole ? describe(whole.element()) : "end";
    }

    static String describe(Element element) {
        var described =
                new StringBuilder("<{%s}%s:%s".formatted(element.namespace(), element.prefix(), element.name()));
        element.attributes().forEach(a -> described.append(" ").append(a));
        described.append('>');
        for (Node node : element.children()) {
            described.append(
                    node instanceof Element child
                            ? describe(child)
                            : ((Text) node).isCdata() ? "[" + node + "]" : "'" + node + "'");
        }
        return described.append("</>").toString();
    }

    XmlException.Kind kind() {
        return error.orElseThrow(() -> new AssertionError("no error, but " + events))
                .kind();
    }

    List<Element> wholes() {
        return events.stream()
                .filter(StreamEvent.Whole.class::isInstance)
                .map(event -> ((StreamEvent.Whole) event).element())
                .toList();
    }
}
