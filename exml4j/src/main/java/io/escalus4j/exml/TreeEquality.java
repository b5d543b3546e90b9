package io.escalus4j.exml;

import java.util.ArrayDeque;
import java.util.List;

/**
 * Equality of trees as XML sees it: prefixes, attribute order and namespace declarations do not count. Walks with a
 * stack of its own, since the depth of a tree is somebody else's choice.
 */
final class TreeEquality {
    private TreeEquality() {}

    static boolean same(Element left, Element right) {
        var pending = new ArrayDeque<Element>();
        pending.push(left);
        pending.push(right);
        while (!pending.isEmpty()) {
            Element b = pending.pop();
            Element a = pending.pop();
            if (a != b && !(sameTag(a, b) && sameChildren(a.children(), b.children(), pending))) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameTag(Element a, Element b) {
        return a.is(b.name(), b.namespace()) && countAttributes(a) == countAttributes(b) && hasAttributesOf(a, b);
    }

    private static long countAttributes(Element element) {
        return element.attributes().stream().filter(a -> !a.isDeclaration()).count();
    }

    private static boolean hasAttributesOf(Element a, Element b) {
        return a.attributes().stream().allMatch(x -> x.isDeclaration() || b.attributes().stream().anyMatch(y -> sameAttribute(x, y)));
    }

    private static boolean sameAttribute(Attribute x, Attribute y) {
        return x.name().equals(y.name()) && x.namespace().equals(y.namespace()) && x.value().equals(y.value());
    }

    private static boolean sameChildren(List<Node> a, List<Node> b, ArrayDeque<Element> pending) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (a.get(i) instanceof Element x && b.get(i) instanceof Element y) {
                pending.push(x);
                pending.push(y);
            } else if (!a.get(i).equals(b.get(i))) {
                return false;
            }
        }
        return true;
    }
}
