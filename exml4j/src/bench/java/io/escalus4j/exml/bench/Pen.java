package io.escalus4j.exml.bench;

import com.ctc.wstx.stax.WstxOutputFactory;
import com.fasterxml.aalto.stax.OutputFactoryImpl;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Another writer in the middle of a stream: minimal trees to bytes. Confined to one benchmark thread. */
final class Pen {
    private static final String CLIENT = "jabber:client";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final XMLStreamWriter writer;

    private Pen(XMLOutputFactory factory) throws XMLStreamException {
        writer = factory.createXMLStreamWriter(bytes, "UTF-8");
        writer.writeStartElement("", "stream", CLIENT);
        writer.writeDefaultNamespace(CLIENT);
        writer.writeCharacters("");
        writer.flush();
    }

    static Pen of(String library) throws XMLStreamException {
        return new Pen(
                switch (library) {
                    case "aalto" -> new OutputFactoryImpl();
                    case "woodstox" -> new WstxOutputFactory();
                    default -> XMLOutputFactory.newDefaultFactory();
                });
    }

    /** The stanzas of an input as minimal trees. */
    static List<Object> trees(Corpus input) throws Exception {
        var trees = new ArrayList<Object>();
        byte[] document = input.document();
        Rival.Stax.woodstox(true).read(document, 0, document.length, trees::add);
        // the stream's root, which closes last, is no stanza
        trees.remove(trees.size() - 1);
        if (trees.size() != input.stanzas().size()) {
            throw new IllegalStateException("%d trees of %d stanzas".formatted(trees.size(), input.stanzas().size()));
        }
        return trees;
    }

    byte[] write(Tree stanza) throws XMLStreamException {
        bytes.reset();
        element(stanza, CLIENT);
        writer.flush();
        return bytes.toByteArray();
    }

    private void element(Tree tree, String outer) throws XMLStreamException {
        if (tree.children.isEmpty()) {
            writer.writeEmptyElement("", tree.name, tree.namespace);
        } else {
            writer.writeStartElement("", tree.name, tree.namespace);
        }
        if (!tree.namespace.equals(outer)) {
            writer.writeDefaultNamespace(tree.namespace);
        }
        for (int i = 0; i < tree.attributes.size(); i += 2) {
            writer.writeAttribute(tree.attributes.get(i), tree.attributes.get(i + 1));
        }
        for (Object child : tree.children) {
            if (child instanceof Tree inner) {
                element(inner, tree.namespace);
            } else {
                writer.writeCharacters((String) child);
            }
        }
        if (!tree.children.isEmpty()) {
            writer.writeEndElement();
        }
    }
}
