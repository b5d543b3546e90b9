package io.escalus4j.server.net.http;

import io.escalus4j.exml.Element;
import io.escalus4j.exml.StreamEvent;
import io.escalus4j.exml.StreamParser;
import io.escalus4j.exml.XmlException;
import io.escalus4j.exml.XmlLimits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The {@code <body/>} that wraps everything in BOSH (XEP-0124 section 6), with the attributes of XEP-0206. Immutable. */
record BoshBody(Element element) {
    static final String NS = "http://jabber.org/protocol/httpbind";
    static final String XBOSH = "urn:xmpp:xbosh";
    /** The greatest number that every client can count with (section 14.1). */
    static final long MAX_RID = (1L << 53) - 1;

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,16}");

    /** Empty if these bytes are none. */
    static Optional<BoshBody> parse(byte[] content, XmlLimits limits) {
        try {
            var parser = StreamParser.ofFrames(limits);
            parser.feed(content);
            parser.end();
            Optional<StreamEvent> first = parser.next();
            boolean alone = parser.next().isEmpty();
            return first.map(event -> ((StreamEvent.Whole) event).element())
                    .filter(element -> alone && element.is("body", NS))
                    .map(BoshBody::new);
        } catch (XmlException refused) {
            return Optional.empty();
        }
    }

    // ---- what the client says

    Optional<String> sid() {
        return element.attribute("sid");
    }

    OptionalLong rid() {
        return number("rid")
                .filter(rid -> rid > 0 && rid <= MAX_RID)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    OptionalInt seconds(String attribute) {
        return number(attribute)
                .map(number -> OptionalInt.of((int) Math.min(number, Integer.MAX_VALUE)))
                .orElse(OptionalInt.empty());
    }

    Optional<Long> number(String attribute) {
        return element.attribute(attribute)
                .filter(text -> NUMBER.matcher(text).matches())
                .map(Long::parseLong);
    }

    Optional<String> attribute(String name) {
        return element.attribute(name);
    }

    boolean isPause() {
        return element.attribute("pause").isPresent();
    }

    boolean isTerminate() {
        return element.attribute("type", "").equals("terminate");
    }

    /** The stream begins anew (XEP-0206 section 5). */
    boolean isRestart() {
        return element.attributes().stream()
                .anyMatch(attribute -> attribute.name().equals("restart")
                        && attribute.namespace().equals(XBOSH)
                        && (attribute.value().equals("true")
                                || attribute.value().equals("1")));
    }

    List<Element> payloads() {
        return element.elements();
    }

    /** Asks for whatever there is. */
    boolean isEmpty() {
        return payloads().isEmpty() && !isPause() && !isTerminate() && !isRestart();
    }

    // ---- what the server says

    static BoshBody empty() {
        return new BoshBody(Element.of("body", NS));
    }

    /** The session is no more (section 17.2). */
    static BoshBody terminate(String condition) {
        var terminate = empty().with("type", "terminate");
        return condition.isEmpty() ? terminate : terminate.with("condition", condition);
    }

    BoshBody with(String attribute, String value) {
        return new BoshBody(element.with(attribute, value));
    }

    /** Itself around what is rendered already. */
    byte[] around(List<byte[]> payloads) {
        byte[] tag = element.toBytes();
        if (payloads.isEmpty()) {
            return tag;
        }
        int inner = payloads.stream().mapToInt(one -> one.length).sum();
        byte[] all = new byte[tag.length - 1 + inner + CLOSE.length];
        System.arraycopy(tag, 0, all, 0, tag.length - 2); // without "/>"
        all[tag.length - 2] = '>';
        int at = tag.length - 1;
        for (byte[] one : payloads) {
            System.arraycopy(one, 0, all, at, one.length);
            at += one.length;
        }
        System.arraycopy(CLOSE, 0, all, at, CLOSE.length);
        return all;
    }

    private static final byte[] CLOSE = "</body>".getBytes(StandardCharsets.US_ASCII);
}
