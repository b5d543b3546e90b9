package io.escalus4j.server.xep;

import io.escalus4j.server.xmpp.Message;

/** What the sender of a message wants to be done with it (XEP-0334 section 4); hints on errors do not count (section 5). */
final class MessageHints {
    static final String NS = "urn:xmpp:hints";

    private MessageHints() {}

    /** To be kept nowhere, not even until it can be delivered. */
    static boolean noStore(Message message) {
        return has(message, "no-store");
    }

    /** To be kept although it has nothing in it that is usually kept. */
    static boolean store(Message message) {
        return has(message, "store");
    }

    private static boolean has(Message message, String hint) {
        return !message.isError() && message.element().has(hint, NS);
    }
}
