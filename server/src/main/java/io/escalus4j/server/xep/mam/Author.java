package io.escalus4j.server.xep.mam;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.Jid;
import java.util.Optional;

/** Who has said something, as only who has said it can be called (XEP-0424 section 5). Pure. */
final class Author {
    private static final String MUC_USER = "http://jabber.org/protocol/muc#user";

    /** On what was said while only moderators knew who said it, as long as that is kept; never shown. */
    static final Element DISCREET = Element.of("discreet", "urn:escalus4j:mam");

    private Author() {}

    /**
     * In a conversation the account; in a room the account if what is kept tells it, since a nickname is anybody's who takes
     * it, or else the occupant, whom a room of MUC Light calls by the account.
     */
    static Optional<Jid> of(Element stanza) {
        Optional<Jid> from = stanza.attribute("from").flatMap(Jid::parse);
        return stanza.attribute("type", "").equals("groupchat")
                ? account(stanza).or(() -> from)
                : from.map(Jid::bare);
    }

    /** Whether this child says who has said the rest, or who may know it. */
    static boolean isTold(Element child) {
        return child.is("x", MUC_USER)
                || child.is("occupant-id", "urn:xmpp:occupant-id:0")
                || child.is(DISCREET.name(), DISCREET.namespace());
    }

    private static Optional<Jid> account(Element stanza) {
        return stanza.child("x", MUC_USER)
                .flatMap(x -> x.child("item", MUC_USER))
                .flatMap(item -> item.attribute("jid"))
                .flatMap(Jid::parse)
                .map(Jid::bare);
    }
}
