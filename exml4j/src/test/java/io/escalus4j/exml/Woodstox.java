package io.escalus4j.exml;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import java.io.ByteArrayInputStream;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** A parser that nobody here wrote, and the words in which both can be compared. */
final class Woodstox {
    private static final XMLInputFactory FACTORY = factory();

    private Woodstox() {}

    private static XMLInputFactory factory() {
        var factory = new WstxInputFactory();
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setProperty(WstxInputProperties.P_LAZY_PARSING, false);
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    /** The document in words, empty if it is not well-formed. */
    static Optional<String> read(byte[] document) {
        try {
            var reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(document));
            var words = new StringBuilder();
            while (reader.hasNext()) {
                append(reader, reader.next(), words);
            }
            return Optional.of(words.toString());
        } catch (XMLStreamException e) {
            return Optional.empty();
        }
    }

    private static void append(XMLStreamReader reader, int event, StringBuilder words) {
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> start(reader, words);
            case XMLStreamConstants.END_ELEMENT -> words.append("</>");
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> words.append(reader.getText());
            case XMLStreamConstants.ENTITY_REFERENCE -> words.append("unknown entity");
            default -> {}
        }
    }

    private static void start(XMLStreamReader reader, StringBuilder words) {
        words.append(
                "<{%s}%s:%s".formatted(or(reader.getNamespaceURI()), or(reader.getPrefix()), reader.getLocalName()));
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            words.append(" {%s}%s:%s=%s"
                    .formatted(
                            or(reader.getAttributeNamespace(i)),
                            or(reader.getAttributePrefix(i)),
                            reader.getAttributeLocalName(i),
                            reader.getAttributeValue(i)));
        }
        words.append('>');
    }

    private static String or(@org.jspecify.annotations.Nullable String value) {
        return value == null ? "" : value;
    }

    /** Our tree in the same words. */
    static String describe(Element element) {
        var words = new StringBuilder("<{%s}%s:%s".formatted(element.namespace(), element.prefix(), element.name()));
        for (Attribute a : element.attributes()) {
            if (!a.isDeclaration()) {
                words.append(" {%s}%s:%s=%s".formatted(a.namespace(), a.prefix(), a.name(), a.value()));
            }
        }
        words.append('>');
        for (Object part : TreeEquality.content(element)) {
            words.append(part instanceof Element child ? describe(child) : part);
        }
        return words.append("</>").toString();
    }
}
