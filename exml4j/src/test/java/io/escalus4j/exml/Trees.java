package io.escalus4j.exml;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Trees of every shape that XML can carry: prefixes bound anew further in, astral characters, CDATA, white space. */
final class Trees {
    private Trees() {}

    /** {@code attribute} and {@code element} of one level share what a prefix means there. */
    private record Words(int meaning) {
        String namespace(String prefix) {
            return prefix.isEmpty() ? "" : "urn:%s:%d".formatted(prefix, meaning);
        }
    }

    private record NamedAttribute(String prefix, String name, String value) {}

    static Arbitrary<Element> elements() {
        return elements(4);
    }

    private static Arbitrary<Element> elements(int depth) {
        return Combinators.combine(
                        names(),
                        prefixes(),
                        defaults(),
                        Arbitraries.integers().between(1, 2),
                        attributes(),
                        children(depth))
                .as((name, prefix, namespace, meaning, attributes, children) -> {
                    var words = new Words(meaning);
                    var element = prefix.isEmpty()
                            ? Element.of(name, namespace)
                            : Element.of(prefix, name, words.namespace(prefix));
                    for (NamedAttribute attribute : attributes) {
                        String of = words.namespace(attribute.prefix());
                        element = element.with(
                                new Attribute(attribute.prefix(), attribute.name(), of, attribute.value()));
                    }
                    return element.with(children);
                });
    }

    private static Arbitrary<List<Node>> children(int depth) {
        Arbitrary<Node> text = texts().map(Text::of);
        Arbitrary<Node> cdata = texts().map(Text::cdata);
        if (depth == 0) {
            return Arbitraries.oneOf(text, cdata).list().ofMaxSize(2);
        }
        Arbitrary<Node> element = Arbitraries.lazy(() -> elements(depth - 1)).map(e -> e);
        return Arbitraries.oneOf(text, cdata, element, element).list().ofMaxSize(4);
    }

    private static Arbitrary<List<NamedAttribute>> attributes() {
        return Combinators.combine(prefixes(), names(), texts())
                .as(NamedAttribute::new)
                .list()
                .ofMaxSize(4);
    }

    static Arbitrary<String> names() {
        Arbitrary<String> first = Arbitraries.of("a", "b", "Z", "_", "é", "中", "Ω");
        Arbitrary<String> rest = Arbitraries.of("a", "b", "1", "-", ".", "é", "·", "中")
                .list()
                .ofMaxSize(3)
                .map(parts -> String.join("", parts));
        return Combinators.combine(first, rest).as(String::concat);
    }

    private static Arbitrary<String> prefixes() {
        return Arbitraries.of("", "", "p", "q");
    }

    private static Arbitrary<String> defaults() {
        return Arbitraries.of("", "", "jabber:client", "urn:it's<\"&>", "urn:ü");
    }

    /** Characters that need care where they are written, and any other. */
    static Arbitrary<String> texts() {
        Arbitrary<String> special = Arbitraries.of(
                "<",
                ">",
                "&",
                "'",
                "\"",
                "]",
                "]]>",
                "\t",
                "\n",
                "\r",
                "\r\n",
                " ",
                "  ",
                "é",
                "中",
                "𝄞",
                "\uFFFD",
                "\u007F",
                "\u0085",
                "\u2028",
                "&amp;",
                "<![CDATA[",
                "--",
                "\uE000",
                "\uD7FF");
        Arbitrary<String> any = Arbitraries.integers()
                .between(0x20, 0x10FFFF)
                .filter(XmlChars::isChar)
                .map(Character::toString);
        Arbitrary<String> plain = Arbitraries.of("tea", "at", "five");
        return Arbitraries.oneOf(special, any, plain).list().ofMaxSize(5).map(parts -> String.join("", parts));
    }

    /** The same with comments, instructions and references, as somebody else might have written it. */
    static Arbitrary<String> documents() {
        Arbitrary<String> before = Arbitraries.of(
                "",
                "<?xml version='1.0'?>",
                "<?xml version=\"1.0\" encoding='UTF-8' standalone = 'yes' ?>\r\n",
                "<!-- a - b -->",
                "<?go to it?>\n",
                "\uFEFF");
        Arbitrary<String> after = Arbitraries.of("", "\n", "<!---->", " <?x?> ");
        return Combinators.combine(
                        before, elements(), after, Arbitraries.integers().between(0, 4))
                .as((b, element, a, change) -> b + rewritten(element.toXml(), change) + a);
    }

    private static String rewritten(String xml, int change) {
        return switch (change) {
            case 1 -> xml.replace("tea", "<!--x-->t&#x65;a<?p q?>");
            case 2 -> xml.replace("at", "<![CDATA[]]>&#97;t").replace("five", "&#102;iv&#x0065;");
            case 3 -> xml.replace("/>", "\r\n\t/>");
            default -> xml;
        };
    }

    static Optional<Element> parsed(String document) {
        try {
            return Optional.of(Element.parse(document));
        } catch (XmlException e) {
            return Optional.empty();
        }
    }
}
