package io.escalus4j.server.xep.mam;

import io.escalus4j.server.xep.MessageHints;
import io.escalus4j.server.xmpp.Message;

/** Which messages are archived at all (XEP-0313 section 6.1), whatever somebody prefers. Pure. */
final class ArchivingRules {
    private static final String MARKERS = "urn:xmpp:chat-markers:0";

    private final boolean groupchats;
    private final boolean chatMarkers;

    ArchivingRules(ArchiveConfig config) {
        this.groupchats = config.groupchats();
        this.chatMarkers = config.chatMarkers();
    }

    /** Of an account: what it says to somebody and hears, but not all that rooms say. */
    boolean keeps(Message message) {
        return (groupchats || message.type() != Message.Type.GROUPCHAT) && isWorthIt(message);
    }

    /** Of a room: what is said to all in it. */
    boolean keepsInRoom(Message message) {
        return message.type() == Message.Type.GROUPCHAT && (isWorthIt(message) || isSubject(message));
    }

    private boolean isWorthIt(Message message) {
        if (message.isError()) {
            return false;
        }
        if (Retraction.of(message).isPresent()) { // which must be kept (XEP-0424 section 5)
            return true;
        }
        if (MessageHints.noStore(message) || MessageHints.noPermanentStore(message)) {
            return false;
        }
        return MessageHints.store(message)
                || message.type() != Message.Type.HEADLINE && message.body().isPresent()
                || chatMarkers && isMarker(message);
    }

    private static boolean isMarker(Message message) {
        return message.element().elements().stream()
                .anyMatch(child ->
                        child.namespace().equals(MARKERS) && !child.name().equals("markable"));
    }

    private static boolean isSubject(Message message) {
        return message.element().childText("subject").isPresent();
    }
}
