package io.escalus4j.server.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.exml.Element;
import io.escalus4j.exml.StreamEvent;
import io.escalus4j.exml.XmlException;
import io.escalus4j.exml.XmlLimits;
import io.escalus4j.server.xmpp.Ns;
import io.escalus4j.server.xmpp.StreamError;
import io.escalus4j.server.xmpp.StreamError.Condition;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramingTest {
    private static final Element HEADER = StreamHeader.unasked("localhost", "id1");
    private static final Element MESSAGE = Element.of("message", Ns.CLIENT).with("to", "bob@localhost");

    private final StreamInput frames = Framing.FRAMES.input(XmlLimits.STANDARD);

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private void receive(String frame) {
        frames.received(ByteBuffer.wrap(frame.getBytes(StandardCharsets.UTF_8)));
    }

    // ---- out

    @Test
    void within_a_stream_a_stanza_inherits_its_namespace() {
        assertThat(text(Framing.STREAM.writer().write(MESSAGE))).isEqualTo("<message to='bob@localhost'/>");
        assertThat(text(Framing.STREAM.open(HEADER)))
                .startsWith("<?xml version='1.0'?><stream:stream xmlns='jabber:client'")
                .contains("id='id1'");
        assertThat(text(Framing.STREAM.close())).isEqualTo("</stream:stream>");
    }

    @Test
    void a_frame_stands_alone_with_all_its_namespaces() {
        assertThat(text(Framing.FRAMES.writer().write(MESSAGE)))
                .isEqualTo("<message xmlns='jabber:client' to='bob@localhost'/>");
        assertThat(Element.parse(Framing.FRAMES
                        .writer()
                        .write(StreamError.of(Condition.CONFLICT).toElement())))
                .satisfies(error -> assertThat(error.is("error", Ns.STREAMS)).isTrue());
    }

    @Test
    void a_header_is_an_open_with_the_same_attributes() {
        assertThat(text(Framing.FRAMES.open(HEADER)))
                .isEqualTo("<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' id='id1' from='localhost' version='1.0'"
                        + " xml:lang='en'/>");
        assertThat(text(Framing.FRAMES.close())).isEqualTo("<close xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>");
    }

    @Test
    void bodies_say_themselves_what_a_header_would() {
        assertThat(Framing.BODIES.open(HEADER)).isEmpty();
        assertThat(Framing.BODIES.close()).isEmpty();
    }

    // ---- in

    @Test
    void an_open_is_read_as_the_header_that_it_stands_for() {
        receive("<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='localhost' version='1.0'/>");

        var header = new StreamHeader(((StreamEvent.Start) frames.next().orElseThrow()).header());
        assertThat(header.to()).isEqualTo("localhost");
        assertThat(header.fault(List.of("localhost"))).isEmpty();
    }

    @Test
    void frames_are_read_one_by_one() {
        receive("<message xmlns='jabber:client'/>");
        receive("<close xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>");

        assertThat(frames.isDrained()).isFalse();
        assertThat(frames.next()).containsInstanceOf(StreamEvent.Whole.class);
        assertThat(frames.next()).containsInstanceOf(StreamEvent.End.class);
        assertThat(frames.next()).isEmpty();
        assertThat(frames.isDrained()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " <a/>", "<a/> ", "<a/><b/>", "text"})
    void what_is_not_one_element_is_refused(String frame) {
        receive(frame);

        assertThatThrownBy(frames::next)
                .isInstanceOfSatisfying(
                        StreamInput.Refused.class,
                        refused -> assertThat(refused.error().condition()).isEqualTo(Condition.BAD_FORMAT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<a>", "<a", "<stream:stream xmlns:stream='http://etherx.jabber.org/streams'>", "<a></b>"})
    void half_an_element_is_not_well_formed_although_the_next_frame_had_the_rest(String frame) {
        receive(frame);
        receive("</a>");

        assertThatThrownBy(frames::next).isInstanceOf(XmlException.class);
    }
}
