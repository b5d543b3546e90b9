package io.escalus4j.exml;

import java.util.Optional;

/** What Namespaces in XML 1.0 forbids to declare (sections 3 and 5). */
final class Namespaces {
    private Namespaces() {}

    static void requireAllowed(String prefix, String namespace) {
        forbidden(prefix, namespace).ifPresent(why -> {
            throw new IllegalArgumentException(why);
        });
    }

    /** Why {@code prefix} (empty for the default) cannot be bound to {@code namespace}; empty if it can. */
    static Optional<String> forbidden(String prefix, String namespace) {
        if (prefix.equals("xmlns") || namespace.equals(Attribute.XMLNS_NAMESPACE)) {
            return Optional.of("xmlns cannot be declared, it is bound already (Namespaces in XML 1.0 section 3)");
        }
        if (prefix.equals("xml") != namespace.equals(Attribute.XML_NAMESPACE)) {
            return Optional.of(
                    "prefix '%s' cannot be bound to '%s', only xml is bound to %s (Namespaces in XML 1.0 section 3)"
                            .formatted(Excerpt.of(prefix), Excerpt.of(namespace), Attribute.XML_NAMESPACE));
        }
        if (!prefix.isEmpty() && namespace.isEmpty()) {
            return Optional.of(
                    "prefix '%s' is bound to nothing, it must have a namespace (Namespaces in XML 1.0 section 2.2)"
                            .formatted(Excerpt.of(prefix)));
        }
        return Optional.empty();
    }
}
