package io.escalus4j.server.xep.mam;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.Jid;
import java.util.Optional;

/** Who has said something, as only who has said it can be called (XEP-0424 section 5). Pure. */
final class Author {
    private static final String MUC_USER = "http://jabber.org/protocol/muc#user";
    private static final String OCCUPANT_ID = "urn:xmpp:occupant-id:0";

    /** On what was said while only moderators knew who said it, as long as that is kept; never shown. */
    static final Element DISCREET = Element.of("discreet", "urn:escalus4j:mam");

    private Author() {}

    /**
     * In a conversation the account. In a room the account if what is kept tells it, since a nickname is anybody's who takes
     * it; or else, and in private by way of a room, what the room calls the occupant (XEP-0421); or else the occupant's JID,
     * where a room of MUC Light has the account. What a message says of its author counts for its own room alone.
     */
    static Optional<String> of(Element stanza) {
        return stanza.attribute("from").flatMap(Jid::parse).map(from -> of(stanza, from));
    }

    private static String of(Element stanza, Jid from) {
        boolean isSaidToAll = stanza.attribute("type", "").equals("groupchat");
        if (!isSaidToAll && !stanza.has("x", MUC_USER)) {
            return from.bare().toString();
        }
        return account(stanza)
                .filter(account -> isSaidToAll)
                .or(() -> occupant(stanza))
                .map(author -> from.bare() + " " + author)
                .orElseGet(from::toString);
    }

    private static Optional<String> occupant(Element stanza) {
        return stanza.child("occupant-id", OCCUPANT_ID).flatMap(id -> id.attribute("id"));
    }

    /** Whether this child says who has said the rest, or who may know it. */
    static boolean isTold(Element child) {
        return child.is("x", MUC_USER)
                || child.is("occupant-id", OCCUPANT_ID)
                || child.is(DISCREET.name(), DISCREET.namespace());
    }

    private static Optional<String> account(Element stanza) {
        return stanza.child("x", MUC_USER)
                .flatMap(x -> x.child("item", MUC_USER))
                .flatMap(item -> item.attribute("jid"))
                .flatMap(Jid::parse)
                .map(jid -> jid.bare().toString());
    }
}
