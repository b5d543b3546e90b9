package io.escalus4j.exml;

import io.escalus4j.exml.StartTag.Pair;
import io.escalus4j.exml.XmlException.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * The elements that are open, from the root inwards; resolves prefixes as Namespaces in XML 1.0 says. Confined to its
 * parser.
 */
final class OpenElements {
    private record ExpandedName(String namespace, String local) {}

    private final List<OpenElement> open = new ArrayList<>();
    private TextRun run = new TextRun();
    private NamespaceScope scope = NamespaceScope.root();

    int depth() {
        return open.size();
    }

    OpenElement root() {
        return open.get(0);
    }

    OpenElement innermost() {
        return open.get(open.size() - 1);
    }

    void clear() {
        open.clear();
        run = new TextRun();
        scope = NamespaceScope.root();
    }

    void text(String piece, boolean cdata) {
        run.add(piece, cdata, innermost().children());
    }

    void open(StartTag tag) {
        if (!open.isEmpty()) {
            run.flush(innermost().children());
        }
        int mark = scope.mark();
        declare(tag);
        var attributes = new ArrayList<Attribute>(tag.attributes().size());
        for (Pair pair : tag.attributes()) {
            attributes.add(attribute(pair));
        }
        requireDistinct(attributes, tag);
        String namespace = namespace(tag.name(), tag.at());
        open.add(new OpenElement(tag.name(), namespace, attributes, mark));
    }

    /** Closes the innermost element and puts it into the next one, unless that is the root of a stream or nothing. */
    Element close(int keptOpen) {
        run.flush(innermost().children());
        OpenElement closed = open.remove(open.size() - 1);
        scope.restore(closed.mark());
        Element element = closed.toElement();
        if (open.size() > keptOpen) {
            innermost().children().add(element);
        }
        return element;
    }

    private void declare(StartTag tag) {
        for (Pair pair : tag.attributes()) {
            if (pair.name().isDeclaration()) {
                String prefix =
                        pair.name().prefix().isEmpty() ? "" : pair.name().local();
                Namespaces.forbidden(prefix, pair.value()).ifPresent(why -> {
                    throw Fault.of(Kind.NOT_WELL_FORMED, pair.at(), "%s", why);
                });
                scope.bind(prefix, pair.value());
            }
        }
    }

    private Attribute attribute(Pair pair) {
        Name name = pair.name();
        String namespace = name.isDeclaration()
                ? Attribute.XMLNS_NAMESPACE
                : name.prefix().isEmpty() ? "" : namespace(name, pair.at());
        return new Attribute(name.prefix(), name.local(), namespace, pair.value());
    }

    private String namespace(Name name, int at) {
        return scope.namespace(name.prefix())
                .orElseThrow(() -> Fault.of(
                        Kind.UNBOUND_PREFIX,
                        at,
                        "prefix '%s' is not bound, it must be declared with xmlns:%1$s (Namespaces in XML 1.0 section 5)",
                        Excerpt.of(name.prefix())));
    }

    private static void requireDistinct(List<Attribute> attributes, StartTag tag) {
        if (attributes.size() < 2) {
            return;
        }
        var seen = new HashSet<ExpandedName>();
        for (int i = 0; i < attributes.size(); i++) {
            Attribute attribute = attributes.get(i);
            if (!seen.add(new ExpandedName(attribute.namespace(), attribute.name()))) {
                throw Fault.of(
                        Kind.DUPLICATE_ATTRIBUTE,
                        tag.attributes().get(i).at(),
                        "attribute %s stands twice, allowed is once (Namespaces in XML 1.0 section 6.3)",
                        Excerpt.of(attribute.qualifiedName()));
            }
        }
    }

    /** The names from the root inwards with {@code /} between them; the middle is left out where there are many. */
    String path() {
        var path = new StringBuilder();
        for (int i = 0; i < open.size(); i++) {
            boolean left = i >= 2 && i < open.size() - 4;
            if (!left) {
                path.append(i == 0 ? "" : "/")
                        .append(Excerpt.of(open.get(i).name().qualified()));
            } else if (i == 2) {
                path.append("/…");
            }
        }
        return path.toString();
    }
}
