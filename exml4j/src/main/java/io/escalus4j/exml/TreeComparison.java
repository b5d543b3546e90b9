package io.escalus4j.exml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Looks for the first {@link XmlDiff}. Goes through both trees at once, with a stack of its own. Confined to one call. */
final class TreeComparison {
    private static final int LONGEST_SHOWN = 200;

    /** The children of an element in both trees, and which of them comes next. */
    private static final class Level {
        private final List<Object> expected;
        private final List<Object> actual;
        private int next;

        Level(Element expected, Element actual) {
            this.expected = TreeEquality.content(expected);
            this.actual = TreeEquality.content(actual);
        }

        boolean isDone() {
            return next == Math.max(expected.size(), actual.size());
        }

        /** {@code text()}, {@code item}, or {@code item[2]} where there are several. */
        String step() {
            int current = next - 1;
            List<Object> named = current < expected.size() ? expected : actual;
            if (!(named.get(current) instanceof Element element)) {
                return "text()";
            }
            int place = count(element.name(), named.subList(0, next));
            return count(element.name(), named) == 1 ? element.name() : "%s[%d]".formatted(element.name(), place);
        }

        private static int count(String name, List<Object> among) {
            return (int) among.stream()
                    .filter(part ->
                            part instanceof Element element && element.name().equals(name))
                    .count();
        }
    }

    private final Element root;
    private final List<Level> levels = new ArrayList<>();

    TreeComparison(Element expected) {
        this.root = expected;
    }

    Optional<XmlDiff> with(Element actual) {
        Optional<XmlDiff> difference = elements(root, actual);
        while (difference.isEmpty() && !levels.isEmpty()) {
            Level level = levels.get(levels.size() - 1);
            if (level.isDone()) {
                levels.remove(levels.size() - 1);
            } else {
                difference = children(part(level.expected, level.next), part(level.actual, level.next++));
            }
        }
        return difference;
    }

    private static Optional<Object> part(List<Object> content, int index) {
        return index < content.size() ? Optional.of(content.get(index)) : Optional.empty();
    }

    private Optional<XmlDiff> children(Optional<Object> expected, Optional<Object> actual) {
        if (expected.isPresent()
                && expected.get() instanceof Element a
                && actual.isPresent()
                && actual.get() instanceof Element b) {
            return elements(a, b);
        }
        return expected.equals(actual) ? Optional.empty() : difference("", show(expected), show(actual));
    }

    private Optional<XmlDiff> elements(Element expected, Element actual) {
        if (!expected.is(actual.name(), actual.namespace())) {
            return difference("", tag(expected), tag(actual));
        }
        Map<String, String> wanted = attributes(expected);
        Map<String, String> found = attributes(actual);
        var names = new TreeSet<>(wanted.keySet());
        names.addAll(found.keySet());
        for (String name : names) {
            Optional<Object> a = Optional.ofNullable(wanted.get(name));
            Optional<Object> b = Optional.ofNullable(found.get(name));
            if (!a.equals(b)) {
                return difference("/@" + name, show(a), show(b));
            }
        }
        levels.add(new Level(expected, actual));
        return Optional.empty();
    }

    private static Map<String, String> attributes(Element element) {
        var attributes = new TreeMap<String, String>();
        for (Attribute attribute : element.attributes()) {
            if (!attribute.isDeclaration()) {
                String namespace = attribute.namespace().isEmpty() ? "" : "{" + attribute.namespace() + "}";
                attributes.put(namespace + attribute.name(), attribute.value());
            }
        }
        return attributes;
    }

    // ---- words

    private Optional<XmlDiff> difference(String behind, String expected, String actual) {
        var path = new StringBuilder("/").append(root.name());
        levels.forEach(level -> path.append('/').append(level.step()));
        return Optional.of(new XmlDiff(path.append(behind).toString(), expected, actual));
    }

    private static String tag(Element element) {
        return "<%s xmlns='%s'>".formatted(element.name(), element.namespace());
    }

    private static String show(Optional<Object> part) {
        return part.map(p -> p instanceof Element ? shorten(p.toString()) : "'" + shorten(p.toString()) + "'")
                .orElse("nothing");
    }

    private static String shorten(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }
}
