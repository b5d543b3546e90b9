package io.escalus4j.exml;

/**
 * Tells the same in another namespace: a stanza goes from {@code jabber:client} to {@code jabber:component:accept} and back
 * as it goes from one kind of stream to another (RFC 6120 section 4.8.2). Immutable and thread-safe.
 *
 * <pre>{@code
 * new NamespaceChange("jabber:client", "jabber:component:accept").of(stanza)
 * }</pre>
 *
 * <p>Elements of other namespaces stay as they are, what is below them is looked at, too.
 * As deep as the element is, so deep is the stack; a parser's {@link XmlLimits} bound that.
 */
public record NamespaceChange(String from, String to) {

    /** A copy of the element with all that is in {@link #from} in {@link #to}; the prefixes of such elements are gone. */
    public Element of(Element element) {
        Element changed = empty(element);
        for (Attribute attribute : element.attributes()) {
            if (!declares(attribute)) {
                changed = changed.with(attribute);
            }
        }
        return changed.with(element.children().stream().map(this::of).toList());
    }

    private Element empty(Element element) {
        if (element.namespace().equals(from)) {
            return Element.of(element.name(), to);
        }
        return element.prefix().isEmpty()
                ? Element.of(element.name(), element.namespace())
                : Element.of(element.prefix(), element.name(), element.namespace());
    }

    /** Declarations go with the names that need them. */
    private static boolean declares(Attribute attribute) {
        return attribute.namespace().equals("http://www.w3.org/2000/xmlns/");
    }

    private Node of(Node node) {
        return node instanceof Element child ? of(child) : node;
    }
}
