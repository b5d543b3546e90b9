package io.escalus4j.server.xep;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.Message;
import java.util.Set;

/** Which messages are a part of a conversation that all devices should have (XEP-0280 section 6.1). Pure. */
final class CarbonRules {
    private static final String MUC_USER = "http://jabber.org/protocol/muc#user";

    /** Receipts (XEP-0184), chat states (XEP-0085), chat markers (XEP-0333) and direct invitations (XEP-0249). */
    private static final Set<String> CONVERSATION = Set.of(
            "urn:xmpp:receipts",
            "http://jabber.org/protocol/chatstates",
            "urn:xmpp:chat-markers:0",
            "jabber:x:conference");

    private CarbonRules() {}

    static boolean sent(Message message) {
        return isEligible(message) && !message.isError();
    }

    /** A room sends a private message to each device that is in it. */
    static boolean received(Message message) {
        return isEligible(message) && !message.isError() && (!isOfRoom(message) || isInvitation(message));
    }

    private static boolean isEligible(Message message) {
        if (message.type() == Message.Type.GROUPCHAT || isPrivate(message)) {
            return false;
        }
        return message.type() == Message.Type.CHAT
                || message.type() == Message.Type.NORMAL && message.body().isPresent()
                || isInvitation(message)
                || message.element().elements().stream().map(Element::namespace).anyMatch(CONVERSATION::contains);
    }

    /** The hint does the same as the element. */
    private static boolean isPrivate(Message message) {
        return message.element().has("private", Carbons.NS) || message.element().has("no-copy", MessageHints.NS);
    }

    private static boolean isOfRoom(Message message) {
        return message.element().has("x", MUC_USER);
    }

    /** A mediated one (XEP-0045 section 7.8.2). */
    private static boolean isInvitation(Message message) {
        return message.element()
                .child("x", MUC_USER)
                .filter(x -> x.has("invite", MUC_USER))
                .isPresent();
    }
}
