package io.escalus4j.history;

import io.escalus4j.exml.Element;
import java.util.Optional;

/**
 * Stanzas in few words: {@code chat to bob}, {@code iq get roster}, {@code presence from alice}.
 *
 * <p>Thread-safe as its {@link Names} are.
 */
public final class Summary {
    private static final int LONGEST_PREVIEW = 60;
    private static final int LONGEST_LOOKED_AT = 1000;

    private final Names names;

    public Summary(Names names) {
        this.names = names;
    }

    /** {@code alice -> chat to bob}. */
    public String sent(String who, Element stanza) {
        return "%s -> %s".formatted(who, outgoing(stanza));
    }

    /** {@code bob <- chat from alice}. */
    public String arrived(String who, Element stanza) {
        return "%s <- %s".formatted(who, incoming(stanza));
    }

    /** {@code chat to bob}; who is not addressed is not named. */
    public String outgoing(Element stanza) {
        return party(stanza, "to", "");
    }

    /** {@code chat from alice}; a stanza that names no sender comes from the server (RFC 6120 section 8.1.2.1). */
    public String incoming(Element stanza) {
        return party(stanza, "from", isStanza(stanza) ? " from the server" : "");
    }

    private String party(Element stanza, String attribute, String otherwise) {
        return kind(stanza)
                + stanza.attribute(attribute)
                        .map(jid -> " %s %s".formatted(attribute, names.of(jid)))
                        .orElse(otherwise);
    }

    private static boolean isStanza(Element element) {
        return switch (element.name()) {
            case "message", "presence", "iq" -> true;
            default -> false;
        };
    }

    /** {@code chat}, {@code message}, {@code presence}, {@code subscribe}, {@code iq get roster}, {@code <auth/>}. */
    public static String kind(Element stanza) {
        String type = stanza.attribute("type", "");
        return switch (stanza.name()) {
            case "message" ->
                type.isEmpty() || type.equals("normal") ? "message" : type.equals("error") ? "message error" : type;
            case "presence" -> type.isEmpty() ? "presence" : type.equals("error") ? "presence error" : type;
            case "iq" -> ("iq " + type).strip() + payload(stanza);
            default -> "<" + stanza.name() + "/>";
        };
    }

    private static String payload(Element iq) {
        return iq.firstElement()
                .filter(payload -> !payload.name().equals("error"))
                .map(payload -> " " + brief(payload))
                .or(() -> condition(iq).map(condition -> " " + condition))
                .orElse("");
    }

    /** {@code jabber:iq:roster} is {@code roster}, {@code http://jabber.org/protocol/disco#info} is {@code disco#info}. */
    private static String brief(Element payload) {
        String namespace = payload.namespace().replaceAll("[:/]\\d+$", "");
        String end = namespace.substring(Math.max(namespace.lastIndexOf(':'), namespace.lastIndexOf('/')) + 1);
        return end.isEmpty() ? payload.name() : end;
    }

    /** What a stanza says in a word or two: its error, body, status or show, else its first child; may be empty. */
    public static String preview(Element stanza) {
        if (stanza.name().equals("iq")) {
            return "";
        }
        return condition(stanza)
                .or(() -> stanza.childText("body").map(Summary::quoted))
                .or(() -> stanza.childText("status").map(Summary::quoted))
                .or(() -> stanza.childText("show"))
                .orElseGet(() -> stanza.name().equals("message") ? children(stanza) : "");
    }

    private static String quoted(String text) {
        String line = cut(text, LONGEST_LOOKED_AT).replaceAll("\\s+", " ");
        return "\"%s\"".formatted(cut(line, LONGEST_PREVIEW));
    }

    private static String children(Element stanza) {
        return stanza.firstElement()
                .map(child -> "<%s/>".formatted(child.name()))
                .orElse("");
    }

    private static Optional<String> condition(Element stanza) {
        return stanza.child("error").flatMap(Element::firstElement).map(Element::name);
    }

    static String cut(String text, int longest) {
        if (text.codePointCount(0, text.length()) <= longest) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, longest - 1)) + "\u2026";
    }
}
