package io.escalus4j.exml;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Tells the same in another namespace: a stanza goes from {@code jabber:client} to {@code jabber:component:accept} and back
 * as it goes from one kind of stream to another (RFC 6120 section 4.8.2). Immutable and thread-safe.
 *
 * <pre>{@code
 * new NamespaceChange("jabber:client", "jabber:component:accept").of(stanza)
 * }</pre>
 *
 * <p>Elements of other namespaces and of none stay as they are, what is below them is looked at, too. Walks with a stack
 * of its own.
 */
public record NamespaceChange(String from, String to) {

    /** An element on its way, and what has been changed below it. */
    private record Copy(Element original, Iterator<Node> rest, List<Node> done) {
        Copy(Element original) {
            this(original, original.children().iterator(), new ArrayList<>());
        }
    }

    /** A copy of the element with all that is in {@link #from} in {@link #to}; the prefixes of such elements are gone. */
    public Element of(Element element) {
        var copies = new ArrayDeque<Copy>();
        copies.push(new Copy(element));
        while (true) {
            Copy top = copies.peek();
            if (top.rest().hasNext()) {
                step(top.rest().next(), copies);
                continue;
            }
            Element changed = changed(copies.pop());
            if (copies.isEmpty()) {
                return changed;
            }
            copies.peek().done().add(changed);
        }
    }

    private static void step(Node node, ArrayDeque<Copy> copies) {
        if (node instanceof Element child) {
            copies.push(new Copy(child));
        } else {
            copies.peek().done().add(node);
        }
    }

    private Element changed(Copy copy) {
        Element original = copy.original();
        boolean moves = original.namespace().equals(from);
        var name = moves
                ? new ResolvedName("", original.name(), to)
                : new ResolvedName(original.prefix(), original.name(), original.namespace());
        List<Attribute> kept = original.attributes().stream()
                .filter(attribute -> !isStale(attribute, moves))
                .toList();
        return new Element(name, kept, List.copyOf(copy.done()));
    }

    /** A declaration of the old namespace, or the default one of an element that moves: the writer declares what is needed. */
    private boolean isStale(Attribute attribute, boolean moves) {
        boolean isDefault = attribute.declaredPrefix().isEmpty();
        return attribute.isDeclaration() && (attribute.value().equals(from) || moves && isDefault);
    }
}
