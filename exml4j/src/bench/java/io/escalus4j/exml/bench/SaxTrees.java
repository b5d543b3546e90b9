package io.escalus4j.exml.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/** Minimal trees of the events of SAX: the children of the root. */
final class SaxTrees extends DefaultHandler {
    private final boolean wanted;
    private final Consumer<Object> found;
    private final List<Tree> open = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    SaxTrees(boolean wanted, Consumer<Object> found) {
        this.wanted = wanted;
        this.found = found;
    }

    @Override
    public void startElement(String namespace, String name, String qualified, Attributes attributes) {
        if (!wanted) {
            found.accept(name);
            return;
        }
        flush();
        var tree = new Tree(namespace, name, attributes.getLength());
        for (int i = 0; i < attributes.getLength(); i++) {
            tree.attributes.add(attributes.getLocalName(i));
            tree.attributes.add(attributes.getValue(i));
        }
        open.add(tree);
    }

    @Override
    public void characters(char[] chars, int from, int length) {
        if (wanted) {
            text.append(chars, from, length);
        } else {
            found.accept(chars);
        }
    }

    private void flush() {
        if (!text.isEmpty()) {
            open.get(open.size() - 1).children.add(text.toString());
            text.setLength(0);
        }
    }

    @Override
    public void endElement(String namespace, String name, String qualified) {
        if (!wanted) {
            found.accept(name);
            return;
        }
        flush();
        Tree closed = open.remove(open.size() - 1);
        if (open.size() > 1) {
            open.get(open.size() - 1).children.add(closed);
        } else {
            found.accept(closed);
        }
    }
}
