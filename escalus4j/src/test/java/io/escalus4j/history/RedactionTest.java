package io.escalus4j.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RedactionTest {
    private static final String SASL = "urn:ietf:params:xml:ns:xmpp-sasl";
    private static final String SASL2 = "urn:xmpp:sasl:2";

    static Stream<Element> secrets() {
        return Stream.of(
                Element.text("auth", SASL, "s3cret").with("mechanism", "PLAIN"),
                Element.text("response", SASL, "s3cret"),
                Element.text("challenge", SASL, "s3cret"),
                Element.text("success", SASL, "s3cret"),
                Element.of("authenticate", SASL2)
                        .with(Element.of("initial-response").withText("s3cret")),
                Element.text("response", SASL2, "s3cret"),
                Element.text("challenge", SASL2, "s3cret"),
                Element.of("success", SASL2)
                        .with(Element.of("additional-data").withText("s3cret"))
                        .with(Element.of("token", "urn:xmpp:fast:0").with("token", "s3cret")),
                iq(Element.of("query", "jabber:iq:register")
                        .with(Element.of("password").withText("s3cret"))),
                iq(Element.of("query", "jabber:iq:auth")
                        .with(Element.of("digest").withText("s3cret"))),
                iq(form(Element.of("field").with("var", "password-verify"))),
                iq(form(Element.of("field").with("var", "muc#roomconfig_roomsecret"))),
                iq(form(Element.of("field").with("var", "anything").with("type", "text-private"))),
                Element.text("handshake", "jabber:component:accept", "s3cret"),
                Element.of("presence", "jabber:client")
                        .with(Element.of("x", "http://jabber.org/protocol/muc")
                                .with(Element.of("password").withText("s3cret"))),
                iq(Element.of("service", "urn:xmpp:extdisco:2").with("password", "s3cret")),
                iq(Element.of("put", "urn:xmpp:http:upload:0")
                        .with(Element.of("header").with("name", "Authorization").withText("s3cret"))));
    }

    private static Element iq(Element payload) {
        return Element.of("iq", "jabber:client").with("type", "set").with(payload);
    }

    private static Element form(Element field) {
        return Element.of("x", "jabber:x:data")
                .with(field.with(Element.of("value").withText("s3cret")));
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void secrets_are_replaced_and_the_rest_stays(Element stanza) {
        var clean = Redaction.redact(stanza);

        assertThat(clean.toXml())
                .isEqualTo(stanza.toXml().replace("s3cret", Redaction.MARK))
                .contains(Redaction.MARK);
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void words_that_quote_a_secret_are_cleaned(Element stanza) {
        assertThat(Redaction.redact("text is 's3cret' or \"s3cret\"", List.of(stanza)))
                .isEqualTo("text is '[redacted]' or \"[redacted]\"");
    }

    @Test
    void what_holds_no_secret_is_given_back_as_it_is() {
        var chat =
                Element.of("message", "jabber:client").with(Element.of("body").withText("my password is s3cret"));
        var empty = Element.of("auth", SASL);
        var asking = iq(Element.of("query", "jabber:iq:register").with(Element.of("password")));

        assertThat(Redaction.redact(chat)).isSameAs(chat);
        assertThat(Redaction.redact(empty)).isSameAs(empty);
        assertThat(Redaction.redact(asking)).isSameAs(asking);
    }

    @Test
    void what_is_deeper_than_any_stanza_is_cut() {
        var deep = Element.of("password", "urn:x").withText("s3cret");
        for (int i = 0; i < 10_000; i++) {
            deep = Element.of("a", "urn:x").with(deep);
        }
        assertThat(Redaction.redact(deep).toXml())
                .contains("[deeper than 200 levels]")
                .doesNotContain("s3cret");
    }
}
