package io.escalus4j.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import io.escalus4j.exml.Text;
import org.junit.jupiter.api.Test;

class PrettyXmlTest {
    private static final Element ROSTER = Element.of("iq", "jabber:client")
            .with(Element.of("query", "jabber:iq:roster")
                    .with(Element.of("item").with("jid", "a@b")));

    @Test
    void children_are_indented_and_the_namespace_of_the_stream_is_silent() {
        assertThat(PrettyXml.indented(ROSTER))
                .isEqualTo("<iq>\n  <query xmlns='jabber:iq:roster'>\n    <item jid='a@b'/>\n  </query>\n</iq>");
    }

    @Test
    void short_elements_stay_on_one_line() {
        assertThat(PrettyXml.of(ROSTER))
                .isEqualTo("<iq><query xmlns='jabber:iq:roster'><item jid='a@b'/></query></iq>");
        assertThat(PrettyXml.of(ROSTER.with("id", "x".repeat(120)))).contains("\n  <query");
    }

    @Test
    void text_is_never_changed() {
        var mixed = Element.of("p", "urn:x").with(Text.of("a "), Element.of("b"), Text.of(" c"));

        assertThat(PrettyXml.indented(mixed)).isEqualTo("<p xmlns='urn:x'>a <b/> c</p>");
    }
}
