package io.escalus4j.exml;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/** Makes a tree anew from its leaves up, with a stack of its own: however deep it is. */
final class Remaking {
    /** What becomes of an element whose children have been made anew. */
    interface Step {
        Element of(Element original, List<Node> children);
    }

    private record Open(Element original, Iterator<Node> rest, List<Node> done) {
        Open(Element original) {
            this(
                    original,
                    original.children().iterator(),
                    new ArrayList<>(original.children().size()));
        }
    }

    private Remaking() {}

    /** @param changes which children are made anew; the others stay as they are, with all that is in them */
    static Element of(Element root, Predicate<Element> changes, Step step) {
        var open = new ArrayDeque<Open>();
        open.push(new Open(root));
        while (true) {
            Open top = open.peek();
            if (top.rest().hasNext()) {
                take(top.rest().next(), changes, open);
                continue;
            }
            Element made = step.of(open.pop().original(), List.copyOf(top.done()));
            if (open.isEmpty()) {
                return made;
            }
            open.peek().done().add(made);
        }
    }

    private static void take(Node node, Predicate<Element> changes, Deque<Open> open) {
        if (node instanceof Element child && changes.test(child)) {
            open.push(new Open(child));
        } else {
            open.peek().done().add(node);
        }
    }
}
