package io.escalus4j.exml;

/** Which prefix means which namespace at one place of a document; a chain from the inside out. Immutable. */
final class NamespaceScope {
    static final NamespaceScope ROOT =
            new NamespaceScope("", "", new NamespaceScope("xml", Attribute.XML_NAMESPACE, null));

    private final String prefix;
    private final String namespace;
    private final NamespaceScope outer;

    private NamespaceScope(String prefix, String namespace, NamespaceScope outer) {
        this.prefix = prefix;
        this.namespace = namespace;
        this.outer = outer;
    }

    String prefix() {
        return prefix;
    }

    String namespace() {
        return namespace;
    }

    NamespaceScope outer() {
        return outer;
    }

    boolean binds(String wanted, String toNamespace) {
        for (NamespaceScope at = this; at != null; at = at.outer) {
            if (at.prefix.equals(wanted)) {
                return at.namespace.equals(toNamespace);
            }
        }
        return false;
    }

    NamespaceScope with(String prefix, String namespace) {
        return new NamespaceScope(prefix, namespace, this);
    }

    /** This scope and what {@code element} itself declares. */
    NamespaceScope inside(Element element) {
        NamespaceScope scope = this;
        for (Attribute attribute : element.attributes()) {
            if (attribute.isDeclaration()) {
                scope = scope.with(attribute.declaredPrefix(), attribute.value());
            }
        }
        return scope;
    }

    /** This scope and the bindings that the names of {@code element} still lack. */
    NamespaceScope completedFor(Element element) {
        NamespaceScope scope = completed(element.prefix(), element.namespace());
        for (Attribute attribute : element.attributes()) {
            if (!attribute.prefix().isEmpty() && !attribute.isDeclaration()) {
                scope = scope.completed(attribute.prefix(), attribute.namespace());
            }
        }
        return scope;
    }

    private NamespaceScope completed(String prefix, String namespace) {
        return binds(prefix, namespace) ? this : with(prefix, namespace);
    }
}
