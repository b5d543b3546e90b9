package io.escalus4j.exml;

/**
 * Gives a namespace to an element that was made without one, and to those in it. An element takes one once in its life,
 * so a tree that is built from the leaves up is not copied again and again.
 */
final class Inheritance {
    private Inheritance() {}

    static Element inside(String namespace, Element element) {
        if (namespace.isEmpty() || !isWithout(element)) {
            return element;
        }
        return Remaking.of(
                element,
                Inheritance::isWithout,
                (original, children) -> new Element(
                        new ResolvedName(original.prefix(), original.name(), namespace),
                        original.attributes(),
                        children));
    }

    /** Without a namespace, and without {@code xmlns=''}, which says that this is meant. */
    private static boolean isWithout(Element element) {
        return element.namespace().isEmpty() && element.attribute("xmlns").isEmpty();
    }
}
