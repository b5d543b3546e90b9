package io.escalus4j.exml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which prefix means which namespace at one place of a document. A walk binds on its way in and restores on its way
 * out, so that a look-up costs the same at any depth. Confined to one walk.
 */
final class NamespaceScope {
    /** What {@code prefix} meant before it was bound again. */
    private record Shadowed(String prefix, Optional<String> before) {}

    private final Map<String, String> bound;
    private final List<Shadowed> shadowed = new ArrayList<>();

    private NamespaceScope(Map<String, String> bound) {
        this.bound = bound;
    }

    /** The scope outside of any element: no default namespace, and {@code xml}. */
    static NamespaceScope root() {
        var bound = new HashMap<String, String>();
        bound.put("", "");
        bound.put("xml", Attribute.XML_NAMESPACE);
        return new NamespaceScope(bound);
    }

    static NamespaceScope of(Map<String, String> bound) {
        return new NamespaceScope(new HashMap<>(bound));
    }

    Map<String, String> bindings() {
        return Map.copyOf(bound);
    }

    Optional<String> namespace(String prefix) {
        return Optional.ofNullable(bound.get(prefix));
    }

    boolean binds(String prefix, String namespace) {
        return namespace.equals(bound.get(prefix));
    }

    /** What to give to {@link #restore} on the way out. */
    int mark() {
        return shadowed.size();
    }

    void bind(String prefix, String namespace) {
        shadowed.add(new Shadowed(prefix, Optional.ofNullable(bound.put(prefix, namespace))));
    }

    void restore(int mark) {
        while (shadowed.size() > mark) {
            Shadowed last = shadowed.remove(shadowed.size() - 1);
            last.before()
                    .ifPresentOrElse(
                            namespace -> bound.put(last.prefix(), namespace), () -> bound.remove(last.prefix()));
        }
    }
}
