package io.escalus4j.match;

import io.escalus4j.exml.Attribute;
import io.escalus4j.exml.Element;
import io.escalus4j.exml.Text;
import java.util.List;
import java.util.Random;

/** Any well-formed element: mostly what XMPP knows, in places where it does not belong, and much that it does not know. */
final class RandomElements {
    private static final List<String> NAMES = List.of(
            "message",
            "presence",
            "iq",
            "body",
            "error",
            "query",
            "item",
            "field",
            "value",
            "x",
            "sent",
            "forwarded",
            "priority",
            "show",
            "conflict",
            "text",
            "feature",
            "a",
            "\u0160\u2C00\u3042",
            "_-.1");
    private static final List<String> NAMESPACES = List.of(
            "jabber:client",
            "jabber:server",
            "jabber:iq:roster",
            "jabber:x:data",
            "urn:xmpp:forward:0",
            "urn:xmpp:carbons:2",
            "urn:ietf:params:xml:ns:xmpp-stanzas",
            "http://jabber.org/protocol/disco#info",
            "",
            " not a uri {}<>'\"");
    private static final List<String> ATTRIBUTES = List.of(
            "type", "from", "to", "id", "jid", "var", "node", "subscription", "category", "name", "seconds", "token");
    private static final List<String> VALUES = List.of(
            "",
            " ",
            "chat",
            "error",
            "result",
            "a@b/c",
            "@",
            "/",
            "a@",
            "@b",
            "a@b/",
            "@/",
            "xn--",
            "xn--\u00FC",
            "a..b",
            "xn--999999999",
            "99999999999",
            "-1",
            "\uD83D\uDE00",
            "'\"<>&]]>",
            "\t\n\r",
            "\u202E",
            "\uFEFF",
            "\u0130",
            "x".repeat(5000));

    private final Random random;

    RandomElements(Random random) {
        this.random = random;
    }

    Element next(int depth) {
        Element element = random.nextInt(5) == 0
                ? Element.of("p" + random.nextInt(3), pick(NAMES), "urn:prefixed")
                : Element.of(pick(NAMES), pick(NAMESPACES));
        for (int i = random.nextInt(4); i > 0; i--) {
            element = element.with(pick(ATTRIBUTES), pick(VALUES));
        }
        if (random.nextInt(6) == 0) {
            element =
                    element.with(new Attribute("q", "type", "http://www.w3.org/2001/XMLSchema-instance", pick(VALUES)));
        }
        for (int i = depth == 0 ? 0 : random.nextInt(4); i > 0; i--) {
            element = random.nextInt(3) == 0 ? element.with(text()) : element.with(next(depth - 1));
        }
        return element;
    }

    private Text text() {
        return random.nextBoolean() ? Text.of(pick(VALUES)) : Text.cdata(pick(VALUES));
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
