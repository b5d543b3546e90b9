package io.escalus4j.server.portable;

import io.escalus4j.exml.Element;
import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** On which line of a document each of its elements begins, since elements do not remember that. */
final class LinesOf {
    private final Map<Element, Integer> lines = new IdentityHashMap<>();

    LinesOf(byte[] document, Element root) {
        var factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            walk(factory.createXMLStreamReader(new ByteArrayInputStream(document)), root);
        } catch (XMLStreamException differs) {
            throw new IllegalStateException("one parser accepts what another one does not", differs);
        }
    }

    /** Both go through the document in the same order. */
    private void walk(XMLStreamReader reader, Element root) throws XMLStreamException {
        Deque<Element> next = new ArrayDeque<>();
        next.push(root);
        while (reader.hasNext()) {
            if (reader.next() == XMLStreamReader.START_ELEMENT) {
                Element element = next.pop();
                lines.put(element, line(reader));
                var children = element.elements();
                for (int i = children.size() - 1; i >= 0; i--) {
                    next.push(children.get(i));
                }
            }
        }
    }

    /** The reader stands behind the tag, whose attributes may be on lines of their own. */
    private static int line(XMLStreamReader reader) {
        return reader.getLocation().getLineNumber();
    }

    int of(Element element) {
        return lines.getOrDefault(element, 1);
    }
}
