package io.escalus4j.server.xep.muc;

import io.escalus4j.server.module.Reply;
import io.escalus4j.server.store.MucRoom.Affiliation;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import java.util.Optional;

/**
 * A request to a room that the room itself does not know; a module that does answers it with {@link #answered}.
 *
 * @param room its bare JID
 * @param affiliation of who asks
 * @param occupant whether who asks is in the room, by whatever resource
 * @param moderator whether as a moderator
 * @param nonAnonymous whether everybody in the room sees everybody's real JID
 * @param membersOnly whether the room is for members
 * @param secret whether who enters must know a password
 * @param answer empty until somebody has one
 */
public record RoomQuery(
        Iq iq,
        Jid room,
        Affiliation affiliation,
        boolean occupant,
        boolean moderator,
        boolean nonAnonymous,
        boolean membersOnly,
        boolean secret,
        Optional<Reply> answer) {

    static RoomQuery of(Room room, Iq iq) {
        Jid user = iq.from().bare();
        var seats = room.occupants().of(user);
        return new RoomQuery(
                iq,
                room.jid(),
                room.affiliations().of(user),
                !seats.isEmpty(),
                seats.stream().anyMatch(seat -> seat.role() == Role.MODERATOR),
                room.config().isNonAnonymous(),
                room.config().isMembersOnly(),
                room.config().is(Option.PROTECTED),
                Optional.empty());
    }

    public RoomQuery answered(Reply reply) {
        return new RoomQuery(
                iq, room, affiliation, occupant, moderator, nonAnonymous, membersOnly, secret, Optional.of(reply));
    }
}
