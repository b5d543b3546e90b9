package io.escalus4j.exml;

import io.escalus4j.exml.StartTag.Pair;
import io.escalus4j.exml.XmlException.Kind;
import java.util.Arrays;
import java.util.HashSet;

/**
 * The elements that are open, from the root inwards; resolves prefixes as Namespaces in XML 1.0 says. What the elements
 * hold is in the {@link MarkupBuilder}. Confined to its parser.
 */
final class OpenElements {
    private record ExpandedName(String namespace, String local) {}

    /** Of an element that has no entry of its own in a {@link Markup}. */
    static final int NO_ENTRY = -1;

    private final NameTable table;
    private final ResolvedNames names;
    private final MarkupBuilder parts;
    private NamespaceScope scope = NamespaceScope.root();
    private int depth;

    // of each open element, in arrays since to open one must cost next to nothing
    private Name[] written = new Name[8];
    private ResolvedName[] resolved = new ResolvedName[8];
    /** The state of the {@link NamespaceScope} outside of it. */
    private int[] marks = new int[8];
    /** Its place among the parts, or {@link #NO_ENTRY}. */
    private int[] entries = new int[8];
    /** The place among the parts of what it holds. */
    private int[] contents = new int[8];

    OpenElements(NameTable table, ResolvedNames names, MarkupBuilder parts) {
        this.table = table;
        this.names = names;
        this.parts = parts;
    }

    int depth() {
        return depth;
    }

    ResolvedName root() {
        return resolved[0];
    }

    ResolvedName innermost() {
        return resolved[depth - 1];
    }

    /** The innermost one as its tag has it. */
    Name innermostName() {
        return written[depth - 1];
    }

    boolean isInnermostEmpty() {
        return parts.length() == contents[depth - 1];
    }

    String defaultNamespace() {
        return scope.defaultNamespace();
    }

    void clear() {
        depth = 0;
        scope = NamespaceScope.root();
        parts.clear();
    }

    // ---- opening

    /** An element whose name is without a prefix and whose attributes are noted behind its entry, if it has one. */
    void open(Name name, String namespace, boolean declares, int entry) {
        int mark = scope.mark();
        if (declares) {
            scope.bind("", namespace);
        }
        push(name, names.element(name, namespace), mark, entry);
    }

    /** {@code base} is where the element of the {@link MarkupBuilder} begins. */
    void open(StartTag tag, int base, int rootDepth) {
        int mark = scope.mark();
        declare(tag);
        int entry = depth > rootDepth ? parts.length() : NO_ENTRY;
        if (entry != NO_ENTRY) {
            parts.beginElement(tag.at() - base);
        }
        attributes(tag, base);
        String namespace = namespace(tag.name(), tag.at());
        push(
                tag.name(),
                names.number(new ResolvedName(tag.name().prefix(), tag.name().local(), namespace)),
                mark,
                entry);
    }

    private void push(Name name, int number, int mark, int entry) {
        if (entry != NO_ENTRY) {
            parts.name(entry, number);
        }
        if (depth == written.length) {
            grow();
        }
        written[depth] = name;
        resolved[depth] = names.get(number);
        marks[depth] = mark;
        entries[depth] = entry;
        contents[depth] = parts.length();
        depth++;
    }

    private void grow() {
        written = Arrays.copyOf(written, 2 * depth);
        resolved = Arrays.copyOf(resolved, 2 * depth);
        marks = Arrays.copyOf(marks, 2 * depth);
        entries = Arrays.copyOf(entries, 2 * depth);
        contents = Arrays.copyOf(contents, 2 * depth);
    }

    private void declare(StartTag tag) {
        for (Pair pair : tag.attributes()) {
            if (pair.name().isDeclaration()) {
                String prefix =
                        pair.name().prefix().isEmpty() ? "" : pair.name().local();
                Namespaces.forbidden(prefix, pair.value()).ifPresent(why -> {
                    throw Fault.of(Kind.NOT_WELL_FORMED, pair.at(), "%s", why);
                });
                scope.bind(
                        prefix,
                        prefix.isEmpty()
                                ? table.keepNamespace(tag.source(), pair.from(), pair.to(), pair.value())
                                : pair.value());
            }
        }
    }

    private void attributes(StartTag tag, int base) {
        var seen = new HashSet<ExpandedName>();
        for (Pair pair : tag.attributes()) {
            String namespace = attributeNamespace(pair);
            parts.leaf(
                    Markup.ATTRIBUTE,
                    names.number(
                            new ResolvedName(pair.name().prefix(), pair.name().local(), namespace)),
                    pair.from() - base);
        }
        for (Pair pair : tag.attributes()) {
            if (!seen.add(new ExpandedName(attributeNamespace(pair), pair.name().local()))) {
                throw Fault.of(
                        Kind.DUPLICATE_ATTRIBUTE,
                        pair.at(),
                        "attribute %s stands twice, allowed is once (Namespaces in XML 1.0 section 6.3)",
                        Excerpt.of(pair.name().qualified()));
            }
        }
    }

    private String attributeNamespace(Pair pair) {
        Name name = pair.name();
        return name.isDeclaration()
                ? Attribute.XMLNS_NAMESPACE
                : name.prefix().isEmpty() ? "" : namespace(name, pair.at());
    }

    private String namespace(Name name, int at) {
        return scope.namespace(name.prefix())
                .orElseThrow(() -> Fault.of(
                        Kind.UNBOUND_PREFIX,
                        at,
                        "prefix '%s' is not bound, it must be declared with xmlns:%1$s (Namespaces in XML 1.0 section 5)",
                        Excerpt.of(name.prefix())));
    }

    // ---- closing

    /** Closes the innermost element, whose tag ends at this offset. */
    void close(int end) {
        depth--;
        if (entries[depth] != NO_ENTRY) {
            parts.endElement(entries[depth], end);
        }
        scope.restore(marks[depth]);
    }

    /** The element that was opened or closed last at this depth, of these bytes. */
    Element take(int atDepth, byte[] bytes, int from, int to) {
        return new Element(resolved[atDepth], parts.build(bytes, from, to), 0, parts.isVerbatim());
    }

    /** The names from the root inwards with {@code /} between them; the middle is left out where there are many. */
    String path() {
        var path = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            boolean left = i >= 2 && i < depth - 4;
            if (!left) {
                path.append(i == 0 ? "" : "/").append(Excerpt.of(written[i].qualified()));
            } else if (i == 2) {
                path.append("/…");
            }
        }
        return path.toString();
    }
}
