package io.escalus4j.exml;

import static io.escalus4j.exml.Transcript.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StreamTest {
    static final String HEADER =
            "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' to='localhost' version='1.0'>";

    @Test
    void a_stream_is_its_opening_tag_its_first_level_elements_and_its_closing_tag() {
        var transcript = Transcript.ofStream(
                HEADER
                        + " <message to='bob@localhost'><body>Hi &amp; bye</body></message>\n<r xmlns='urn:xmpp:sm:3'/></stream:stream>junk<");

        assertThat(transcript.describe()).isEqualTo("""
            start <{http://etherx.jabber.org/streams}stream:stream \
            Attribute[prefix=, name=xmlns, namespace=http://www.w3.org/2000/xmlns/, value=jabber:client] \
            Attribute[prefix=xmlns, name=stream, namespace=http://www.w3.org/2000/xmlns/, value=http://etherx.jabber.org/streams] \
            Attribute[prefix=, name=to, namespace=, value=localhost] \
            Attribute[prefix=, name=version, namespace=, value=1.0]></>
            <{jabber:client}:message Attribute[prefix=, name=to, namespace=, value=bob@localhost]><{jabber:client}:body>'Hi & bye'</></>
            <{urn:xmpp:sm:3}:r Attribute[prefix=, name=xmlns, namespace=http://www.w3.org/2000/xmlns/, value=urn:xmpp:sm:3]></>
            end
            """);
    }

    @Test
    void where_the_bytes_are_cut_changes_nothing() {
        byte[] input = bytes("\uFEFF" + HEADER
                + "<message to='b&#x41;&apos;'  ><body>grüße 𝄞 &lt;tag&gt;\r\n</body><![CDATA[a]]b]]]]><![CDATA[>c]]></message> \n"
                + "<?xml version='1.0' encoding=\"utf-8\"?> <stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' from='a&amp;b'>"
                + "<iq/><stream:features></stream:features ></stream:stream >");
        var whole = Transcript.of(() -> StreamParser.ofStream(XmlLimits.STANDARD), input);
        assertThat(whole.error()).isEmpty();
        assertThat(whole.events()).hasSize(6);
        for (int at = 0; at <= input.length; at++) {
            var split = Transcript.of(() -> StreamParser.ofStream(XmlLimits.STANDARD), Transcript.splitAt(input, at));
            assertThat(split.describe()).as("split at %d", at).isEqualTo(whole.describe());
        }
        var singly = Transcript.of(() -> StreamParser.ofStream(XmlLimits.STANDARD), Transcript.singly(input));
        assertThat(singly.describe()).isEqualTo(whole.describe());
    }
}
