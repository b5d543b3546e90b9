package io.escalus4j.exml;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Trees on their way into bytes. Walks with a stack of its own. Confined to one call of {@link XmlWriter}. */
final class Rendering {
    /** How an {@link XmlWriter} writes. */
    enum Style {
        COMPACT,
        PRETTY,
        CANONICAL
    }

    /** An element whose children are being written; {@code indents}: on a line each. */
    private static final class Open {
        final Element element;
        final List<Node> children;
        final int mark;
        final boolean indents;
        final @Nullable Open outer;
        final int depth;
        int next;

        Open(Element element, List<Node> children, int mark, boolean indents, @Nullable Open outer) {
            this.element = element;
            this.children = children;
            this.mark = mark;
            this.indents = indents;
            this.outer = outer;
            this.depth = outer == null ? 1 : outer.depth + 1;
        }
    }

    private static final String INDENT = "  ";
    /** Deeper elements are not moved further to the right, or white space would grow with the square of the depth. */
    private static final int DEEPEST_INDENT = 40;

    private static final Comparator<String> BY_CODE_POINTS =
            Comparator.comparing(s -> s.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);
    private static final Comparator<Attribute> CANONICAL_ORDER =
            Comparator.comparing(Attribute::namespace, BY_CODE_POINTS).thenComparing(Attribute::name, BY_CODE_POINTS);

    private final Style style;
    private final NamespaceScope scope;
    private final ByteSink out;
    private @Nullable Open innermost;

    Rendering(Style style, NamespaceScope scope, ByteSink out) {
        this.style = style;
        this.scope = scope;
        this.out = out;
    }

    void element(Element root) {
        enter(root, style == Style.PRETTY);
        for (Open top = innermost; top != null; top = innermost) {
            if (top.next < top.children.size()) {
                node(top.children.get(top.next++), top);
            } else {
                leave(top);
            }
        }
    }

    private void node(Node node, Open parent) {
        if (node instanceof Text text) {
            out.text(text, style == Style.CANONICAL);
        } else if (node instanceof Element child) {
            if (parent.indents) {
                newLine(parent.depth);
            }
            enter(child, parent.indents);
        }
    }

    private void enter(Element element, boolean mayIndent) {
        if (style == Style.COMPACT && element.isVerbatim(scope.defaultNamespace())) {
            element.copySource(out);
            return;
        }
        int mark = scope.mark();
        openTag(element);
        List<Node> children = element.children();
        if (children.isEmpty() && style != Style.CANONICAL) {
            out.put('/').put('>');
            scope.restore(mark);
        } else if (children.size() == 1 && children.get(0) instanceof Text text) {
            out.put('>').text(text, style == Style.CANONICAL);
            closeTag(element);
            scope.restore(mark);
        } else {
            out.put('>');
            innermost = new Open(element, children, mark, mayIndent && holdsOnlyElements(element), innermost);
        }
    }

    private void leave(Open left) {
        innermost = left.outer;
        if (left.indents) {
            newLine(left.depth - 1);
        }
        closeTag(left.element);
        scope.restore(left.mark);
    }

    /** Where it is sure that white space between children is no content. */
    private static boolean holdsOnlyElements(Element element) {
        return element.children().stream().allMatch(Element.class::isInstance)
                && !element.attribute("xml:space", "default").equals("preserve");
    }

    private void newLine(int depth) {
        out.put('\n');
        for (int i = 0; i < Math.min(depth, DEEPEST_INDENT); i++) {
            out.string(INDENT);
        }
    }

    // ---- tags

    /** The opening tag with its {@code >} still to come; binds what it declares. */
    void openTag(Element element) {
        name(element, out.put('<'));
        if (style == Style.CANONICAL) {
            canonicalAttributes(element);
        } else {
            attributes(element);
        }
    }

    void closeTag(Element element) {
        name(element, out.put('<').put('/'));
        out.put('>');
    }

    private static void name(Element element, ByteSink out) {
        if (!element.prefix().isEmpty()) {
            out.string(element.prefix()).put(':');
        }
        out.string(element.name());
    }

    /** What is not declared yet and not declared by the element, then everything as it stands. */
    private void attributes(Element element) {
        List<Attribute> attributes = element.attributes();
        boolean qualified = false;
        for (int i = 0; i < attributes.size(); i++) {
            Attribute attribute = attributes.get(i);
            qualified |= !attribute.isUnqualified();
            if (attribute.isDeclaration()) {
                scope.bind(attribute.declaredPrefix(), attribute.value());
            }
        }
        declare(element.prefix(), element.namespace());
        if (qualified) {
            declarePrefixes(attributes);
        }
        for (int i = 0; i < attributes.size(); i++) {
            out.attribute(attributes.get(i));
        }
    }

    private void declarePrefixes(List<Attribute> attributes) {
        for (Attribute attribute : attributes) {
            if (!attribute.isDeclaration() && !attribute.prefix().isEmpty()) {
                declare(attribute.prefix(), attribute.namespace());
            }
        }
    }

    private void declare(String prefix, String namespace) {
        if (!scope.binds(prefix, namespace)) {
            scope.bind(prefix, namespace);
            out.attribute(declaration(prefix), namespace);
        }
    }

    private static String declaration(String prefix) {
        return prefix.isEmpty() ? "xmlns" : "xmlns:" + prefix;
    }

    /** What the element's own names need and is not declared yet, then the attributes, both sorted. */
    private void canonicalAttributes(Element element) {
        List<Attribute> attributes = new ArrayList<>(element.attributes());
        attributes.removeIf(Attribute::isDeclaration);
        attributes.sort(CANONICAL_ORDER);
        var used = new TreeMap<String, String>(BY_CODE_POINTS);
        used.put(element.prefix(), element.namespace());
        for (Attribute attribute : attributes) {
            if (!attribute.prefix().isEmpty()) {
                used.put(attribute.prefix(), attribute.namespace());
            }
        }
        used.forEach(this::declareCanonically);
        attributes.forEach(attribute -> out.canonicalAttribute(attribute.qualifiedName(), attribute.value()));
    }

    private void declareCanonically(String prefix, String namespace) {
        if (!scope.binds(prefix, namespace)) {
            scope.bind(prefix, namespace);
            out.canonicalAttribute(declaration(prefix), namespace);
        }
    }
}
