package io.escalus4j.exml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.crypto.OctetStreamData;
import javax.xml.crypto.dsig.TransformService;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is written is read back as it was, whatever the tree: X01, X03, X24 to X26. */
class RoundTripPropertyTest {
    @Provide
    Arbitrary<Element> trees() {
        return Trees.elements();
    }

    @Property(tries = 500)
    void x01_a_written_tree_is_read_back_equal(@ForAll("trees") Element tree) {
        Element read = Element.parse(tree.toBytes());

        assertThat(read).isEqualTo(tree).hasSameHashCodeAs(tree);
        assertThat(XmlDiff.between(tree, read)).isEmpty();
    }

    @Property(tries = 300)
    void x01_a_tree_that_was_read_is_written_back_byte_by_byte(@ForAll("trees") Element tree) {
        Element read = Element.parse(tree.toBytes());

        assertThat(Transcript.describe(Element.parse(read.toBytes()))).isEqualTo(Transcript.describe(read));
        assertThat(Element.parse(read.toBytes()).toXml()).isEqualTo(read.toXml());
    }

    @Property(tries = 200)
    void x03_canonical_output_is_that_of_exclusive_canonicalization(@ForAll("trees") Element tree) throws Exception {
        byte[] canonical = XmlWriter.canonical().write(tree);

        assertThat(canonical).asString(StandardCharsets.UTF_8).isEqualTo(canonicalizedByTheJdk(tree.toBytes()));
    }

    private static String canonicalizedByTheJdk(byte[] document) throws Exception {
        var service = TransformService.getInstance("http://www.w3.org/2001/10/xml-exc-c14n#", "DOM");
        service.init((TransformParameterSpec) null);
        var result = (OctetStreamData) service.transform(new OctetStreamData(new ByteArrayInputStream(document)), null);
        return new String(result.getOctetStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Property(tries = 500)
    void x25_the_size_is_the_number_of_bytes_written(@ForAll("trees") Element tree) {
        assertThat(tree.size()).isEqualTo(tree.toBytes().length);
    }

    @Property(tries = 500)
    void x26_pretty_output_is_the_same_tree_but_for_space_between_elements(@ForAll("trees") Element tree) {
        assertPrettyOf(tree, Element.parse(tree.toPrettyXml()));
    }

    /** Space may be new only where an element holds nothing but elements; where there is text, nothing is new to its last leaf. */
    private static void assertPrettyOf(Element tree, Element read) {
        boolean mayIndent = tree.children().stream().allMatch(Element.class::isInstance);
        if (!mayIndent) {
            assertThat(read).isEqualTo(tree);
            return;
        }
        assertThat(read.withOnly(List.of())).isEqualTo(tree.withOnly(List.of()));
        assertThat(read.text()).isBlank();
        assertThat(read.elements()).hasSameSizeAs(tree.elements());
        for (int i = 0; i < tree.elements().size(); i++) {
            assertPrettyOf(tree.elements().get(i), read.elements().get(i));
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Trees.texts();
    }

    @Property(tries = 500)
    void x24_what_is_escaped_is_read_by_another_parser_as_it_was(@ForAll("texts") String value) {
        Element escaped = Element.of("a").with("b", value).withText(value);
        Element section = Element.of("a").with(Text.cdata(value));

        assertThat(Woodstox.read(escaped.toBytes())).hasValue("<{}:a {}:b=%s>%1$s</>".formatted(value));
        assertThat(Woodstox.read(section.toBytes())).hasValue("<{}:a>%s</>".formatted(value));
        assertThat(Woodstox.read(XmlWriter.canonical().write(escaped)))
                .hasValue("<{}:a {}:b=%s>%1$s</>".formatted(value));
    }
}
