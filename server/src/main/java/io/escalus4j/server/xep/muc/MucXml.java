package io.escalus4j.server.xep.muc;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import io.escalus4j.server.xmpp.Ns;
import java.util.Optional;

/** Namespaces of rooms, and the stanzas that they make. */
final class MucXml {
    static final String NS = "http://jabber.org/protocol/muc";
    static final String USER = NS + "#user";
    static final String ADMIN = NS + "#admin";
    static final String OWNER = NS + "#owner";
    static final String CONFIG = NS + "#roomconfig";
    static final String INFO = NS + "#roominfo";
    static final String REQUEST = NS + "#request";
    static final String REGISTER = NS + "#register";
    static final String TRAFFIC = NS + "#traffic";
    static final String STABLE_ID = NS + "#stable_id";
    static final String OCCUPANT_ID = "urn:xmpp:occupant-id:0";
    static final String STANZA_ID = "urn:xmpp:sid:0";
    static final String HATS = "urn:xmpp:hats:0";
    static final String DELAY = "urn:xmpp:delay";
    static final String PING = "urn:xmpp:ping";

    private MucXml() {}

    /** {@code <x xmlns='…#user'/>}. */
    static Element user() {
        return Element.of("x", USER);
    }

    static Element status(int code) {
        return Element.of("status", USER).with("code", Integer.toString(code));
    }

    /** What somebody asked with {@code <x xmlns='http://jabber.org/protocol/muc'/>}. */
    static Optional<Element> request(Element stanza) {
        return stanza.child("x", NS);
    }

    /**
     * An error as one occupant gets it from another: that there is one, and which. What a server says to explain it, who has
     * found it, and where else somebody can be reached may all tell who the occupant is.
     */
    static Element discreet(Element stanza) {
        return stanza.child("error", Ns.CLIENT)
                .map(error -> stanza.without("error", Ns.CLIENT).with(withoutWords(error)))
                .orElse(stanza);
    }

    private static Element withoutWords(Element error) {
        var conditions = error.elements().stream()
                .filter(child -> !child.is("text", Ns.STANZA_ERRORS))
                .map(child ->
                        child.namespace().equals(Ns.STANZA_ERRORS) ? Element.of(child.name(), Ns.STANZA_ERRORS) : child)
                .toList();
        return Element.of("error", Ns.CLIENT)
                .with("type", error.attribute("type"))
                .with(conditions);
    }

    /** A message of a room, to nobody yet. */
    static Message message(Jid from, Message.Type type, Element... children) {
        Element element = Element.of("message", Ns.CLIENT)
                .with("type", type.wire())
                .with("from", from.toString())
                .with(children);
        return new Message(element, from, Optional.empty(), type);
    }
}
