package io.escalus4j.exml;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Equality of trees as XML sees it: prefixes, attribute order, namespace declarations and the
 * borders between runs of text do not count. Walks with a
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
            if (a != b && !(sameTag(a, b) && sameContent(a, b, pending))) {
                return false;
            }
        }
        return true;
    }

    static int hash(Element element) {
        int hash = 31 * element.name().hashCode() + element.namespace().hashCode();
        for (Object part : content(element)) {
            hash = 31 * hash + (part instanceof Element child ? child.name().hashCode() : part.hashCode());
        }
        return hash;
    }

    private static boolean sameTag(Element a, Element b) {
        return a.is(b.name(), b.namespace()) && attributes(a).equals(attributes(b));
    }

    private record Plain(String namespace, String name, String value) {}

    private static Set<Plain> attributes(Element element) {
        var plain = new HashSet<Plain>();
        for (Attribute attribute : element.attributes()) {
            if (!attribute.isDeclaration()) {
                plain.add(new Plain(attribute.namespace(), attribute.name(), attribute.value()));
            }
        }
        return plain;
    }

    private static boolean sameContent(Element left, Element right, ArrayDeque<Element> pending) {
        List<Object> a = content(left);
        List<Object> b = content(right);
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

    /** The child elements, and between them the text as one string where there is any. */
    static List<Object> content(Element element) {
        var content = new ArrayList<>(element.children().size());
        var text = new StringBuilder();
        for (Node node : element.children()) {
            if (node instanceof Text part) {
                text.append(part.value());
            } else {
                addText(text, content);
                content.add(node);
            }
        }
        addText(text, content);
        return content;
    }

    private static void addText(StringBuilder text, List<Object> content) {
        if (!text.isEmpty()) {
            content.add(text.toString());
            text.setLength(0);
        }
    }
}
