package io.escalus4j.exml;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which prefix means which namespace at one place of a document. A walk binds on its way in and restores on its way
 * out, so that a look-up costs the same at any depth. Confined to one walk.
 */
final class NamespaceScope {
    /** What is bound outside of any element, without the default namespace: {@code xml}. */
    static final Map<String, String> OUTSIDE = Map.of("xml", Attribute.XML_NAMESPACE);

    private static final String[] NONE = {};
    /** No prefix can be bound to this (Namespaces in XML 1.0 section 2.2). */
    private static final String UNBOUND = "";

    /** Of most walks the default is all that changes. */
    private String defaultNamespace;

    private Map<String, String> prefixes;
    private boolean isOwn;
    /** Pairs of a prefix and what it meant before it was bound again. */
    private String[] shadowed = NONE;

    private int mark;

    private NamespaceScope(String defaultNamespace, Map<String, String> prefixes) {
        this.defaultNamespace = defaultNamespace;
        this.prefixes = prefixes;
    }

    /** The scope outside of any element: no default namespace, and {@code xml}. */
    static NamespaceScope root() {
        return of("", OUTSIDE);
    }

    static NamespaceScope of(String defaultNamespace, Map<String, String> prefixes) {
        return new NamespaceScope(defaultNamespace, prefixes);
    }

    String defaultNamespace() {
        return defaultNamespace;
    }

    /** All but the default namespace. */
    Map<String, String> prefixes() {
        return Map.copyOf(prefixes);
    }

    Optional<String> namespace(String prefix) {
        return Optional.ofNullable(prefix.isEmpty() ? defaultNamespace : prefixes.get(prefix));
    }

    boolean binds(String prefix, String namespace) {
        return namespace.equals(prefix.isEmpty() ? defaultNamespace : prefixes.get(prefix));
    }

    /** What to give to {@link #restore} on the way out. */
    int mark() {
        return mark;
    }

    void bind(String prefix, String namespace) {
        if (mark == shadowed.length) {
            shadowed = Arrays.copyOf(shadowed, Math.max(8, 2 * mark));
        }
        shadowed[mark] = prefix;
        shadowed[mark + 1] = namespace(prefix).orElse(UNBOUND);
        mark += 2;
        set(prefix, namespace);
    }

    void restore(int to) {
        while (mark > to) {
            mark -= 2;
            set(shadowed[mark], shadowed[mark + 1]);
        }
    }

    private void set(String prefix, String namespace) {
        if (prefix.isEmpty()) {
            defaultNamespace = namespace;
            return;
        }
        if (!isOwn) {
            prefixes = new HashMap<>(prefixes);
            isOwn = true;
        }
        if (namespace.isEmpty()) {
            prefixes.remove(prefix);
        } else {
            prefixes.put(prefix, namespace);
        }
    }
}
