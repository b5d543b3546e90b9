package io.escalus4j.match;

import io.escalus4j.exml.Element;
import java.util.List;
import java.util.stream.Stream;

/** Texts at the end of a path of child elements; a step is {@code name} in its parent's namespace or {@code {namespace}name}. */
final class Path {
    private Path() {}

    static Claim claim(Element element, String text, String... path) {
        var seen = find(element, path).map(Element::text).toList();
        String words = "%s is '%s'".formatted(path.length == 0 ? "text" : String.join("/", path), text);
        return Claim.of(seen.contains(text), words, seen(seen));
    }

    private static String seen(List<String> texts) {
        return switch (texts.size()) {
            case 0 -> "there was none";
            case 1 -> "was '%s'".formatted(texts.get(0));
            default -> "were '%s'".formatted(String.join("', '", texts));
        };
    }

    private static Stream<Element> find(Element element, String... path) {
        Stream<Element> found = Stream.of(element);
        for (String step : path) {
            found = found.flatMap(parent -> parent.elements(name(step), namespace(step, parent)).stream());
        }
        return found;
    }

    static Element drawn(Element parent, String text, String... path) {
        return drawn(parent, text, List.of(path));
    }

    private static Element drawn(Element parent, String text, List<String> path) {
        if (path.isEmpty()) {
            return parent.withText(text);
        }
        String step = path.get(0);
        return parent.with(drawn(Element.of(name(step), namespace(step, parent)), text, path.subList(1, path.size())));
    }

    private static String name(String step) {
        return step.substring(step.indexOf('}') + 1);
    }

    private static String namespace(String step, Element parent) {
        int end = step.indexOf('}');
        return step.startsWith("{") && end > 0 ? step.substring(1, end) : parent.namespace();
    }
}
