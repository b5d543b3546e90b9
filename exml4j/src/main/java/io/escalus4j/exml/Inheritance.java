package io.escalus4j.exml;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Gives a namespace to an element that was made without one, and to those in it. An element takes one once in its life,
 * so a tree that is built from the leaves up is not copied again and again. Walks with a stack of its own.
 */
final class Inheritance {
    private record Copy(Element original, Iterator<Node> rest, List<Node> done) {
        Copy(Element original) {
            this(
                    original,
                    original.children().iterator(),
                    new ArrayList<>(original.children().size()));
        }

        Element in(String namespace) {
            return new Element(
                    new ResolvedName(original.prefix(), original.name(), namespace),
                    original.attributes(),
                    List.copyOf(done));
        }
    }

    private Inheritance() {}

    static Element inside(String namespace, Element element) {
        if (namespace.isEmpty() || !isWithout(element)) {
            return element;
        }
        var copies = new ArrayDeque<Copy>();
        copies.push(new Copy(element));
        while (true) {
            Copy top = copies.peek();
            if (top.rest().hasNext()) {
                step(top.rest().next(), copies);
                continue;
            }
            Element made = copies.pop().in(namespace);
            if (copies.isEmpty()) {
                return made;
            }
            copies.peek().done().add(made);
        }
    }

    private static void step(Node node, ArrayDeque<Copy> copies) {
        if (node instanceof Element child && isWithout(child)) {
            copies.push(new Copy(child));
        } else {
            copies.peek().done().add(node);
        }
    }

    /** Without a namespace, and without {@code xmlns=''}, which says that this is meant. */
    private static boolean isWithout(Element element) {
        return element.namespace().isEmpty() && element.attribute("xmlns").isEmpty();
    }
}
