package io.escalus4j.exml;

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

    /** A copy of the element with all that is in {@link #from} in {@link #to}; the prefixes of such elements are gone. */
    public Element of(Element element) {
        return Remaking.of(element, child -> true, this::changed);
    }

    private Element changed(Element original, List<Node> children) {
        boolean moves = original.namespace().equals(from);
        var name = moves
                ? new ResolvedName("", original.name(), to)
                : new ResolvedName(original.prefix(), original.name(), original.namespace());
        List<Attribute> kept = original.attributes().stream()
                .filter(attribute -> !isStale(attribute, moves))
                .toList();
        return new Element(name, kept, children);
    }

    /** A declaration of the old namespace, or the default one of an element that moves: the writer declares what is needed. */
    private boolean isStale(Attribute attribute, boolean moves) {
        boolean isDefault = attribute.declaredPrefix().isEmpty();
        return attribute.isDeclaration() && (attribute.value().equals(from) || moves && isDefault);
    }
}
