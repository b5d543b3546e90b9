package io.escalus4j.match;

import io.escalus4j.exml.Element;
import io.escalus4j.history.Redaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The claims that {@link StanzaMatcher} is made of, in the words of the failure text. */
final class Checks {
    static final String CLIENT = "jabber:client";

    private Checks() {}

    static Claim isA(String noun, String name, String namespace, Element element) {
        String seen = element.namespace().equals(namespace)
                ? "was " + noun(element.name())
                : "was " + tag(element.name(), element.namespace());
        return Claim.of(element.is(name, namespace), "is " + noun, seen);
    }

    static Claim isStanza(Element element) {
        boolean ok = element.namespace().equals(CLIENT)
                && switch (element.name()) {
                    case "message", "presence", "iq" -> true;
                    default -> false;
                };
        return Claim.of(ok, "is a message, presence or iq", "was " + tag(element.name(), element.namespace()));
    }

    static String noun(String name) {
        return ("aeio".indexOf(name.charAt(0)) >= 0 ? "an " : "a ") + name;
    }

    // ---- type

    static Claim type(Element element, String type) {
        String seen = type(element);
        return Claim.of(seen.equals(type), "type is " + type, "was " + (seen.isEmpty() ? "absent" : seen));
    }

    /** The type that counts where there is none (RFC 6121 sections 4.7.1 and 5.2.2). */
    static String type(Element element) {
        return element.attribute(
                "type",
                switch (element.name()) {
                    case "message" -> "normal";
                    case "presence" -> "available";
                    default -> "";
                });
    }

    static Element typed(Element element, String type) {
        boolean unwritten = type(element.without("type")).equals(type);
        return unwritten ? element.without("type") : element.with("type", type);
    }

    // ---- attributes and children

    static Claim attribute(Element element, String name, String value) {
        String words = "%s is '%s'".formatted(name, value);
        return element.attribute(name)
                .map(seen -> Claim.of(seen.equals(value), words, "was '%s'".formatted(seen)))
                .orElseGet(() -> Claim.of(false, words, "was absent"));
    }

    static Claim priority(Element element, int priority) {
        String seen = element.childText("priority").orElse("0").strip();
        return Claim.of(number(seen) == priority, "priority is " + priority, "was '%s'".formatted(seen));
    }

    private static int number(String text) {
        return text.matches("[+-]?\\d{1,3}") ? Integer.parseInt(text) : 0;
    }

    static Claim child(Element element, String name, String namespace) {
        return Claim.of(element.has(name, namespace), "has " + tag(name, namespace), "has " + children(element));
    }

    /** If no child matches, the claims of the one that comes nearest tell why, unless none of them holds. */
    static List<Claim> child(Element element, Matcher wanted) {
        var matches = element.elements().stream().map(wanted::match).toList();
        boolean ok = matches.stream().anyMatch(Match::matches);
        var claims = new ArrayList<>(List.of(Claim.of(ok, "has " + wanted.describe(), "has " + children(element))));
        if (!ok) {
            matches.stream()
                    .min(Comparator.comparingLong(Match::failures))
                    .ifPresent(near -> claims.addAll(near.claims()));
        }
        return claims;
    }

    static Claim count(Element element, int count, Matcher child) {
        long seen = element.elements().stream().filter(child::matches).count();
        return Claim.of(seen == count, "has %d of %s".formatted(count, child.describe()), "has " + seen);
    }

    static Claim payload(Element iq, String namespace) {
        boolean ok = iq.elements().stream().anyMatch(child -> child.namespace().equals(namespace));
        return Claim.of(ok, "has a child of " + namespace, "has " + children(iq));
    }

    // ---- errors

    static Claim condition(Element stanza, String condition, String namespace) {
        var seen = stanza.child("error").stream()
                .flatMap(error -> error.elements().stream())
                .filter(child ->
                        child.namespace().equals(namespace) && !child.name().equals("text"))
                .map(Element::name)
                .toList();
        return Claim.of(
                seen.contains(condition),
                "error is " + condition,
                seen.isEmpty() ? "there was none" : "was " + String.join(", ", seen));
    }

    static Claim errorType(Element stanza, String type) {
        String seen =
                stanza.child("error").map(error -> error.attribute("type", "")).orElse("");
        return Claim.of(seen.equals(type), "error type is " + type, "was " + (seen.isEmpty() ? "absent" : seen));
    }

    private static String children(Element element) {
        var tags = element.elements().stream()
                .map(child -> tag(child.name(), child.namespace()))
                .distinct()
                .toList();
        if (tags.isEmpty()) {
            return "no child elements";
        }
        return tags.size() <= 5
                ? String.join(", ", tags)
                : String.join(", ", tags.subList(0, 5)) + " and " + (tags.size() - 5) + " more";
    }

    static String tag(String name, String namespace) {
        return namespace.isEmpty() || namespace.equals(CLIENT)
                ? "<%s/>".formatted(name)
                : "<%s xmlns='%s'/>".formatted(name, namespace);
    }

    /** The element on one line, cut where it gets long. */
    static String brief(Element element) {
        String xml = Redaction.redact(element).toXml();
        return xml.length() <= 120 ? xml : xml.substring(0, 117) + "...";
    }
}
