package io.escalus4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.server.config.Profile;
import java.io.StringReader;
import java.util.Random;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** What alice writes is what bob reads, by an XML parser that is not ours (attack 14). */
class RoundTripTest {
    private static final String[] PIECES = {
        "a",
        " ",
        "<",
        ">",
        "&",
        "'",
        "\"",
        "]]>",
        "\n",
        "\t",
        "\r",
        "é",
        "☕",
        "\uD83D\uDE00",
        "\u0085",
        "\u2028",
        "\uFFFD",
        "&amp;",
        "<![CDATA[",
        "-->",
        "?>",
        "\uD7FF",
        "\uE000"
    };
    private static final int MESSAGES = 300;

    private static String random(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    /** The escapes of XML 1.0 section 2.4, and references for what a parser would else normalise. */
    private static String escaped(String text) {
        var out = new StringBuilder();
        text.chars()
                .forEach(
                        c -> out.append("<>&'\"\t\n\r".indexOf(c) < 0 ? Character.toString((char) c) : "&#" + c + ";"));
        return out.toString();
    }

    private static Element parsed(String xml) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder()
                .parse(new InputSource(new StringReader("<stream xmlns='jabber:client'>" + xml + "</stream>")))
                .getDocumentElement();
    }

    @Test
    void text_and_attributes_arrive_as_they_were_meant() throws Exception {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        try (var server = XmppServer.builder().profile(Profile.TEST).start();
                var alice = RawClient.fresh(server, "phone");
                var bob = RawClient.fresh(server, "phone")) {
            for (int i : IntStream.range(0, MESSAGES).toArray()) {
                String text = random(random);
                String value = random(random);
                alice.send("<message to='%s'><x xmlns='urn:x' y='%s'>%s</x></message>"
                        .formatted(bob.jid(), escaped(value), escaped(text)));

                var x = (Element)
                        parsed(bob.expect("</message>")).getFirstChild().getFirstChild();

                assertThat(x.getTextContent()).as("text %d of seed %d", i, seed).isEqualTo(text);
                assertThat(x.getAttribute("y"))
                        .as("attribute %d of seed %d", i, seed)
                        .isEqualTo(value);
            }
        }
    }

    @Test
    void a_stanza_without_a_language_gets_that_of_its_stream() {
        try (var server = XmppServer.builder().profile(Profile.TEST).start();
                var alice = RawClient.to(server);
                var bob = RawClient.fresh(server, "phone")) {
            alice.open();
            alice.send(RawClient.plain(RawClient.freshUser(server), "secret")).expect("<success");
            alice.send(RawClient.HEADER.replace("to=", "xml:lang='de' to=")).expect("</stream:features>");
            alice.bind("phone");
            alice.send("<message to='%1$s'><a/></message><message xml:lang='fr' to='%1$s'><a/></message>"
                    .formatted(bob.jid()));

            assertThat(bob.expect("</message>")).contains("xml:lang='de'");
            assertThat(bob.expect("</message>")).contains("xml:lang='fr'").doesNotContain("'de'");
        }
    }

    @Test
    void who_a_stanza_is_from_is_not_for_its_sender_to_say() {
        try (var server = XmppServer.builder().profile(Profile.TEST).start();
                var alice = RawClient.fresh(server, "phone");
                var bob = RawClient.fresh(server, "phone")) {
            for (String forged : new String[] {bob.jid(), "localhost", "admin@localhost/x", "@", ""}) {
                alice.send("<message from='%s' to='%s'><a/></message>".formatted(forged, bob.jid()));
                assertThat(bob.expect("</message>")).contains("from='" + alice.jid() + "'");
            }
        }
    }
}
