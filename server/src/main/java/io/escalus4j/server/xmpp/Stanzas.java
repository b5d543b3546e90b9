package io.escalus4j.server.xmpp;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.Locale;
import java.util.Optional;

/** Reads elements as stanzas: the syntax of RFC 6120 section 8, whatever their content means. */
public final class Stanzas {
    private Stanzas() {}

    /** What an element from a peer turned out to be. */
    public sealed interface Reading {
        record Accepted(Stanza stanza) implements Reading {}

        /** To be answered with an error; {@code answer} is empty where the stanza was an error itself. */
        record Refused(Optional<Stanza> answer) implements Reading {}

        record NoStanza(StreamError error) implements Reading {}
    }

    /** A stanza that this server made itself. */
    public static Stanza trusted(Element element, Jid from, Optional<Jid> to) {
        return typed(element, from, to)
                .orElseThrow(() ->
                        new IllegalArgumentException("'%s' is no stanza (RFC 6120 section 8)".formatted(element)));
    }

    /** What the entity {@code sender} sent: its {@code from} is stamped over (section 8.1.2.1), its addresses and type are checked. */
    public static Reading read(Element sent, Jid sender) {
        var notOne = nameFault(sent);
        if (notOne.isPresent()) {
            return new Reading.NoStanza(notOne.get());
        }
        Element element = sent.with("from", sender.toString());
        var to = sent.attribute("to").map(Jid::parse);
        if (to.isPresent() && to.get().isEmpty()) {
            return refused(
                    element.without("to"),
                    sender,
                    Condition.JID_MALFORMED,
                    "'%s' is no JID (RFC 7622 section 3)",
                    sent.attribute("to", ""));
        }
        return read(element, sender, to.flatMap(jid -> jid));
    }

    private static Reading read(Element element, Jid sender, Optional<Jid> to) {
        var stanza = typed(element, sender, to);
        if (stanza.isEmpty()) {
            return refused(
                    element,
                    sender,
                    Condition.BAD_REQUEST,
                    "type '%s' is unknown (RFC 6120 section 8)",
                    element.attribute("type", ""));
        }
        return fault(stanza.get())
                .<Reading>map(error -> refused(stanza.get(), error))
                .orElseGet(() -> new Reading.Accepted(stanza.get()));
    }

    private static Optional<StanzaError> fault(Stanza stanza) {
        if (stanza instanceof Iq iq) {
            return iqFault(iq);
        }
        return stanza instanceof Presence presence ? priorityFault(presence) : Optional.empty();
    }

    private static Optional<StanzaError> iqFault(Iq iq) {
        if (iq.id().isEmpty()) {
            return Optional.of(StanzaError.of(Condition.BAD_REQUEST, "iq without an id (RFC 6120 section 8.2.3)"));
        }
        int children = iq.element().elements().size();
        if (iq.isRequest() && children != 1) {
            return Optional.of(StanzaError.of(
                    Condition.BAD_REQUEST,
                    "%d children in a request, exactly one is allowed (RFC 6120 section 8.2.3)",
                    children));
        }
        return Optional.empty();
    }

    private static Optional<StanzaError> priorityFault(Presence presence) {
        return presence.element()
                .childText("priority")
                .filter(text -> !isByte(text.strip()))
                .map(text -> StanzaError.of(
                        Condition.BAD_REQUEST,
                        "priority '%s', -128 to 127 is allowed (RFC 6121 section 4.7.2.3)",
                        text));
    }

    private static boolean isByte(String text) {
        try {
            Byte.parseByte(text);
            return true;
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }

    private static Reading refused(Element element, Jid sender, Condition condition, String text, Object... args) {
        String type =
                element.name().equals("iq") ? "get" : "error".equals(element.attribute("type", "")) ? "error" : "";
        Element readable = type.isEmpty() ? element.without("type") : element.with("type", type);
        return refused(trusted(readable, sender, Optional.empty()), StanzaError.of(condition, text, args));
    }

    private static Reading refused(Stanza stanza, StanzaError error) {
        return new Reading.Refused(stanza.isError() ? Optional.empty() : Optional.of(stanza.refusedWith(error)));
    }

    private static Optional<StreamError> nameFault(Element sent) {
        boolean isClient = sent.namespace().equals(Ns.CLIENT);
        if (!isClient && sent.namespace().equals(Ns.SERVER)) {
            return Optional.of(StreamError.of(
                    StreamError.Condition.INVALID_NAMESPACE,
                    "content namespace '%s', '%s' is allowed (RFC 6120 section 4.8.3)",
                    sent.namespace(),
                    Ns.CLIENT));
        }
        if (!isClient || !isStanzaName(sent.name())) {
            return Optional.of(StreamError.of(
                    StreamError.Condition.UNSUPPORTED_STANZA_TYPE,
                    "'%s' in '%s' is no stanza, send iq, message or presence in %s (RFC 6120 section 8)",
                    sent.name(),
                    sent.namespace(),
                    Ns.CLIENT));
        }
        return sent.prefix().isEmpty()
                ? Optional.empty()
                : Optional.of(StreamError.of(
                        StreamError.Condition.BAD_NAMESPACE_PREFIX,
                        "'%s:%s', stanzas have no prefix (RFC 6120 section 4.8.5)",
                        sent.prefix(),
                        sent.name()));
    }

    private static boolean isStanzaName(String name) {
        return switch (name) {
            case "iq", "message", "presence" -> true;
            default -> false;
        };
    }

    private static Optional<Stanza> typed(Element element, Jid from, Optional<Jid> to) {
        String type = element.attribute("type", "");
        return switch (element.name()) {
            case "iq" -> constant(Iq.Type.class, type).map(t -> new Iq(element, from, to, t));
            case "message" ->
                Optional.of(new Message(
                        element, from, to, constant(Message.Type.class, type).orElse(Message.Type.NORMAL)));
            case "presence" ->
                type.isEmpty()
                        ? Optional.of(new Presence(element, from, to, Presence.Type.AVAILABLE))
                        : constant(Presence.Type.class, type)
                                .filter(t -> t != Presence.Type.AVAILABLE)
                                .map(t -> new Presence(element, from, to, t));
            default -> Optional.empty();
        };
    }

    private static <E extends Enum<E>> Optional<E> constant(Class<E> type, String wire) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(wire)) {
                return Optional.of(constant);
            }
        }
        return Optional.empty();
    }
}
