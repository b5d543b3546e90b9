package io.escalus4j.exml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlRootElement;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.stream.StreamResult;
import org.junit.jupiter.api.Test;
import org.xmlunit.assertj3.XmlAssert;
import org.xmlunit.builder.DiffBuilder;

/** Elements in the hands of JAXB, XMLUnit and the JDK's transformations. */
class InteropTest {
    private static final Element QUERY = Element.of("query", "jabber:iq:version")
            .with(
                    Element.text("name", "jabber:iq:version", "Psi & Co"),
                    Element.text("version", "jabber:iq:version", "1.5"))
            .with("node", "a'b");

    @XmlRootElement(name = "query", namespace = "jabber:iq:version")
    static class Version {
        @XmlAttribute
        String node = "";

        @XmlElement(namespace = "jabber:iq:version")
        String name = "";

        @XmlElement(namespace = "jabber:iq:version")
        List<String> version = new ArrayList<>();
    }

    static class Bare {}

    interface Abstract {}

    @Test
    void an_element_becomes_the_object_that_its_annotations_describe() {
        Version version = QUERY.as(Version.class);

        assertThat(version.node).isEqualTo("a'b");
        assertThat(version.name).isEqualTo("Psi & Co");
        assertThat(version.version).containsExactly("1.5");
    }

    @Test
    void an_object_becomes_the_element_that_its_annotations_describe() {
        assertThat(Element.from(QUERY.as(Version.class))).isEqualTo(QUERY);
    }

    @Test
    void what_jaxb_cannot_bind_is_refused_with_its_name() {
        assertThatThrownBy(() -> Element.from(new Bare()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(Bare.class.getName()
                        + " cannot be written, it must be an @XmlRootElement (Jakarta XML Binding section 8)");
        assertThatThrownBy(() -> QUERY.as(Abstract.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        Abstract.class.getName() + " is no class that JAXB can bind (Jakarta XML Binding section 8)");
    }

    @Test
    void xmlunit_compares_elements() {
        Element other = Element.parse(
                "<v:query node='a&apos;b' xmlns:v='jabber:iq:version'><v:name>Psi &amp; Co</v:name><v:version>1.6</v:version></v:query>");

        XmlAssert.assertThat(QUERY.toSource())
                .and(Element.parse(QUERY.toXml()).toSource())
                .areIdentical();
        assertThat(DiffBuilder.compare(QUERY.toSource())
                        .withTest(other.toSource())
                        .checkForSimilar()
                        .build()
                        .getDifferences())
                .extracting(Object::toString)
                .anySatisfy(difference -> assertThat(difference).contains("'1.5'", "'1.6'"));
    }

    @Test
    void the_jdk_transforms_elements() throws Exception {
        var out = new StringWriter();
        TransformerFactory.newInstance().newTransformer().transform(QUERY.toSource(), new StreamResult(out));

        assertThat(Element.parse(out.toString())).isEqualTo(QUERY);
    }
}
