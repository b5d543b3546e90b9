package io.escalus4j.stanza;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.exml.Element;
import io.escalus4j.exml.XmlException;
import io.escalus4j.match.Samples;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** E24: what builders make is valid by the schemas of the specifications, and templates escape. */
class E24BuildersTest {
    private static final List<Class<?>> CATALOGUES = List.of(
            Builders.class,
            ExtensionBuilders.class,
            StreamBuilders.class,
            FormBuilders.class,
            ArchiveBuilders.class,
            MessageBuilders.class,
            PrivacyBuilders.class,
            PubSubBuilders.class,
            MucBuilders.class);
    private static final Schemas SCHEMAS = Schemas.load();
    /** They are in RFCs, or have no schema in the text of their XEP. */
    private static final Set<String> WITHOUT_SCHEMA = Set.of(
            "jabber:client",
            "jabber:iq:roster",
            "urn:ietf:params:xml:ns:xmpp-stanzas",
            "urn:ietf:params:xml:ns:xmpp-tls",
            "urn:ietf:params:xml:ns:xmpp-sasl",
            "urn:ietf:params:xml:ns:xmpp-bind",
            "urn:ietf:params:xml:ns:xmpp-session",
            "urn:ietf:params:xml:ns:xmpp-framing",
            "urn:xmpp:mam:2",
            "vcard-temp",
            "urn:x:tea");

    static Stream<Samples.Call> builders() {
        return CATALOGUES.stream()
                .flatMap(type -> Samples.methods(type, Element.class))
                .map(Samples::call);
    }

    @Test
    void e24_there_are_as_many_builders_as_escalus_has() {
        assertThat(builders()).hasSizeGreaterThan(140);
    }

    @ParameterizedTest
    @MethodSource("builders")
    void e24_what_a_builder_makes_is_valid(Samples.Call call) {
        Element made = (Element) call.result();

        assertThat(SCHEMAS.errors(made)).as(made.toXml()).isEmpty();
        assertThat(Element.parse(made.toXml())).isEqualTo(made);
    }

    @Test
    void e24_every_namespace_has_a_schema_or_a_reason() {
        var without = new TreeSet<String>();
        builders().forEach(call -> SCHEMAS.collectWithout((Element) call.result(), without));

        assertThat(WITHOUT_SCHEMA).containsAll(without);
    }

    // ---- templates

    @Test
    void e24_a_template_escapes_what_goes_into_text_and_attributes() {
        Element made = Template.of("<message to='{{to}}' id=\"{{id}}\"><body>{{body}}</body></message>")
                .fill(Map.of("to", "bob@localhost/a'b", "id", 7, "body", "1 < 2 && \"x\" ]]> <evil/>"));

        assertThat(made.is("message", "jabber:client")).isTrue();
        assertThat(made.attribute("to", "")).isEqualTo("bob@localhost/a'b");
        assertThat(made.attribute("id", "")).isEqualTo("7");
        assertThat(made.childText("body")).hasValue("1 < 2 && \"x\" ]]> <evil/>");
        assertThat(made.elements()).hasSize(1);
    }

    @Test
    void e24_three_braces_insert_elements_and_attributes() {
        Element made = Template.of("<message {{{kind}}}><body>{{body}}</body>{{{hint}}}</message>")
                .fill(Map.of("kind", "type='chat'", "body", "Hi", "hint", Element.of("store", "urn:xmpp:hints")));

        assertThat(made.attribute("type", "")).isEqualTo("chat");
        assertThat(made.has("store", "urn:xmpp:hints")).isTrue();
    }

    @Test
    void e24_a_hole_without_a_value_and_a_broken_result_are_told() {
        assertThatThrownBy(() -> Template.of("<a>{{x}}</a>").fill(Map.of("y", 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the template has a hole 'x', there are values for [y]");
        assertThatThrownBy(() -> Template.of("<a>{{{x}}}</a>").fill(Map.of("x", "<b>")))
                .isInstanceOf(XmlException.class);
    }

    @Test
    void e24_a_value_is_not_a_template() {
        Element made = Template.of("<a>{{x}}</a>").fill(Map.of("x", "{{y}} $1 \\"));

        assertThat(made.text()).isEqualTo("{{y}} $1 \\");
    }
}
