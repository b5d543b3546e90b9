package io.escalus4j.exml.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;

/** Minimal trees of the events of StAX: those that stand in {@code rootDepth} elements. */
final class StaxTrees {
    private final boolean wanted;
    private final int rootDepth;
    private final List<Tree> open = new ArrayList<>();

    StaxTrees(boolean wanted, int rootDepth) {
        this.wanted = wanted;
        this.rootDepth = rootDepth;
    }

    void take(XMLStreamReader reader, int event, Consumer<Object> found) {
        if (!wanted) {
            found.accept(event);
            return;
        }
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> start(reader);
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                open.get(open.size() - 1).children.add(reader.getText());
            case XMLStreamConstants.END_ELEMENT -> end(found);
            default -> {}
        }
    }

    private void start(XMLStreamReader reader) {
        int attributes = reader.getAttributeCount();
        var tree = new Tree(reader.getNamespaceURI(), reader.getLocalName(), attributes);
        for (int i = 0; i < attributes; i++) {
            tree.attributes.add(reader.getAttributeLocalName(i));
            tree.attributes.add(reader.getAttributeValue(i));
        }
        open.add(tree);
    }

    private void end(Consumer<Object> found) {
        Tree closed = open.remove(open.size() - 1);
        if (open.size() > rootDepth) {
            open.get(open.size() - 1).children.add(closed);
        } else {
            found.accept(closed);
        }
    }
}
