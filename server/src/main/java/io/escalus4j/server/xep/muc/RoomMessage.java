package io.escalus4j.server.xep.muc;

import io.escalus4j.server.store.ArchiveId;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;

/**
 * Something that was said in a room and that all occupants are about to get.
 *
 * @param room its bare JID
 * @param id the room's own, which {@code message} carries (XEP-0359)
 * @param message from the occupant JID, or from the room itself, to nobody yet
 * @param speaker the full JID of who said it, which not everybody may see
 * @param occupantId what tells the speaker from others in this room (XEP-0421)
 * @param nonAnonymous whether every occupant saw the speaker's real JID
 */
public record RoomMessage(
        Jid room, ArchiveId id, Message message, Jid speaker, String occupantId, boolean nonAnonymous) {}
