package io.escalus4j.exml.bench;

import java.util.ArrayList;
import java.util.List;

/** The least that somebody would build from the events of a parser: names, attributes in pairs, children. */
final class Tree {
    final String namespace;
    final String name;
    final List<String> attributes;
    final List<Object> children = new ArrayList<>(2);

    Tree(String namespace, String name, int attributes) {
        this.namespace = namespace;
        this.name = name;
        this.attributes = new ArrayList<>(2 * attributes);
    }
}
