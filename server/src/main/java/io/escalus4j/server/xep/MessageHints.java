package io.escalus4j.server.xep;

import io.escalus4j.server.xmpp.Message;

/** What the sender of a message wants to be done with it (XEP-0334 section 4); hints on errors do not count (section 5). */
public final class MessageHints {
    public static final String NS = "urn:xmpp:hints";

    private MessageHints() {}

    /** To be kept nowhere, not even until it can be delivered. */
    public static boolean noStore(Message message) {
        return has(message, "no-store");
    }

    /** To be kept no longer than until it is delivered. */
    public static boolean noPermanentStore(Message message) {
        return has(message, "no-permanent-store");
    }

    /** To be kept although it has nothing in it that is usually kept. */
    public static boolean store(Message message) {
        return has(message, "store");
    }

    private static boolean has(Message message, String hint) {
        return !message.isError() && message.element().has(hint, NS);
    }
}
