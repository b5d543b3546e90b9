package io.escalus4j.exml;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlRootElement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of docs/exml.md, word by word. */
class ManualTest {
    private static final byte[] RECEIVED = """
            <stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>\
            <message from='alice@localhost/phone' to='bob@localhost'><body>Tea at five?</body></message>\
            <iq type='result'><query xmlns='jabber:iq:roster'><item jid='kate@localhost' subscription='both'/></query></iq>\
            </stream:stream>""".getBytes(StandardCharsets.UTF_8);

    private final List<String> heard = new ArrayList<>();

    private void handle(StreamEvent event) {
        if (event instanceof StreamEvent.Start start) {
            heard.add("opened by " + start.header().name());
        } else if (event instanceof StreamEvent.Whole whole) {
            heard.add(whole.element().name() + " "
                    + whole.element().childText("body").orElse("-"));
        } else {
            heard.add("closed");
        }
    }

    @Test
    void reading_a_stream() {
        byte[] received = RECEIVED;
        var parser = StreamParser.ofStream(XmlLimits.STANDARD);
        parser.feed(received);
        for (var event = parser.next(); event.isPresent(); event = parser.next()) {
            handle(event.get());
        }

        assertThat(heard).containsExactly("opened by stream", "message Tea at five?", "iq -", "closed");
    }

    @Test
    void looking_into_an_element() {
        Element iq = Element.parse("<iq xmlns='jabber:client' type='result'><query xmlns='jabber:iq:roster'>"
                + "<item jid='kate@localhost' subscription='both'/></query></iq>");

        String type = iq.attribute("type", "get");
        var query = iq.child("query", "jabber:iq:roster");
        var friends = io.escalus4j.exml.Path.of("{jabber:iq:roster}query/item[@subscription='both']/@jid")
                .values(iq);

        assertThat(type).isEqualTo("result");
        assertThat(query).isPresent();
        assertThat(friends).containsExactly("kate@localhost");
    }

    @Test
    void building_and_writing() {
        Element message = Element.of("message", "jabber:client")
                .with("to", "bob@localhost")
                .with(Element.of("body").withText("Tea at five?"))
                .with(Element.of("active", "http://jabber.org/protocol/chatstates"));
        Element stamped = message.with("from", "alice@localhost/phone");

        var out = XmlWriter.inStream(
                XmlWriter.streamHeader("stream", "stream", "http://etherx.jabber.org/streams", "jabber:client"));
        byte[] header = out.open();
        byte[] stanza = out.write(stamped);

        assertThat(header).asString().startsWith("<stream:stream xmlns='jabber:client'");
        assertThat(stanza)
                .asString()
                .isEqualTo("<message to='bob@localhost' from='alice@localhost/phone'><body>Tea at five?</body>"
                        + "<active xmlns='http://jabber.org/protocol/chatstates'/></message>");
        assertThat(message.attribute("from")).isEmpty();
    }

    @Test
    void saying_what_is_wrong() {
        String said = "";
        try {
            Element.parse("<message><body>Tea & cake</body></message>");
        } catch (XmlException e) {
            said = "%s at byte %d, line %d, column %d, in %s: <%s/>"
                    .formatted(
                            e.kind(),
                            e.offset(),
                            e.line(),
                            e.column(),
                            e.path(),
                            e.kind().condition());
        }

        assertThat(said)
                .isEqualTo("INVALID_REFERENCE at byte 19, line 1, column 20, in message/body: <not-well-formed/>");
    }

    @XmlRootElement(name = "ping", namespace = "urn:example:ping")
    static class Ping {
        @XmlAttribute
        int count;
    }

    @Test
    void payloads_with_types() {
        Element element = Element.of("ping", "urn:example:ping").with("count", "2");

        Ping ping = element.as(Ping.class);
        ping.count++;
        Element next = Element.from(ping);

        assertThat(next.attribute("count")).hasValue("3");
    }

    @Test
    void every_example_of_the_manual_stands_here() throws IOException {
        String manual = Files.readString(Path.of("../docs/exml.md"));
        String here = words(Files.readString(Path.of("src/test/java/io/escalus4j/exml/ManualTest.java")));

        List<String> examples = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(manual)
                .results()
                .map(example -> example.group(1))
                .toList();

        assertThat(examples).hasSize(5);
        assertThat(examples).allSatisfy(example -> assertThat(here).contains(words(example)));
    }

    /** The formatter may break lines elsewhere; here a path of the file system is the shorter name. */
    private static String words(String code) {
        return code.replace("io.escalus4j.exml.Path", "Path")
                .replaceAll("\\s+", " ")
                .replaceAll(" ?([.(){}]) ?", "$1");
    }

    @Test
    void every_check_of_the_manual_has_tests_of_its_number_where_it_says() throws IOException {
        String manual = Files.readString(Path.of("../docs/exml.md"));
        for (int check = 1; check <= 29; check++) {
            var row = Pattern.compile("(?m)^\\| X%02d \\| .* \\| (.*) \\|$".formatted(check))
                    .matcher(manual);
            assertThat(row.find()).as("row of X%02d", check).isTrue();
            for (var test = Pattern.compile("`(\\w+Test)`").matcher(row.group(1)); test.find(); ) {
                String source = Files.readString(Path.of("src/test/java/io/escalus4j/exml/" + test.group(1) + ".java"));
                assertThat(source)
                        .as(test.group(1))
                        .containsPattern("void (x\\d\\d_)*x%02d_|DynamicTest> x%<02d_".formatted(check));
            }
        }
    }
}
