package io.escalus4j.server.xep.muc;

import io.escalus4j.server.xep.Disco;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Message;
import io.escalus4j.server.xmpp.Ns;
import io.escalus4j.server.xmpp.Presence;
import io.escalus4j.server.xmpp.Stanza;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.time.Instant;
import java.util.Set;

/** Takes each stanza to a room that is there to where it belongs. Stateless, its parts too: it runs in the room's lane. */
final class Reception {
    /** Errors that say that a resource cannot be reached (section 18.1.2). */
    private static final Set<String> DELIVERY = Set.of(
            "gone",
            "item-not-found",
            "recipient-unavailable",
            "redirect",
            "remote-server-not-found",
            "remote-server-timeout");

    private final Parts parts;

    /** What does the work. */
    record Parts(
            Entering entering,
            Speaking speaking,
            Moderation moderation,
            Administration administration,
            Owning owning,
            Avatar avatar,
            RoomInfo info) {}

    Reception(Parts parts) {
        this.parts = parts;
    }

    /** A refusal is what the room says then, and nothing else. */
    Says take(Room room, Arrival arrival) {
        var says = new Says();
        try {
            take(room, arrival, says);
            return says;
        } catch (Refused refused) {
            var refusal = new Says();
            refusal.refuse(arrival.stanza(), refused);
            return refusal;
        }
    }

    private void take(Room room, Arrival arrival, Says says) {
        Stanza stanza = arrival.stanza();
        Instant now = arrival.now();
        if (stanza.isError() && isUndeliverable(stanza)) {
            room.occupants().at(stanza.from()).ifPresent(ghost -> Leaving.lost(room, ghost, stanza.from(), says));
        } else if (stanza instanceof Presence presence) {
            presence(room, presence, now, says);
        } else if (stanza instanceof Message message) {
            message(room, arrival, message, says);
        } else if (stanza instanceof Iq iq && iq.isRequest()) {
            request(room, arrival, iq, says);
        } else if (stanza instanceof Iq answer) {
            room.requests().answer(room, answer, says);
        }
    }

    /** An error that a client answers to a private message is for the one who sent it. */
    private static boolean isUndeliverable(Stanza stanza) {
        return !(stanza instanceof Iq)
                && stanza.element()
                        .child("error", Ns.CLIENT)
                        .flatMap(error -> error.elements().stream()
                                .filter(child -> child.namespace().equals(Ns.STANZA_ERRORS))
                                .findFirst())
                        .filter(condition -> DELIVERY.contains(condition.name()))
                        .isPresent();
    }

    // ---- presence

    private void presence(Room room, Presence presence, Instant now, Says says) {
        var occupant = room.occupants().at(presence.from());
        if (presence.type() == Presence.Type.UNAVAILABLE) {
            occupant.ifPresent(leaving -> leave(room, leaving, presence, says));
        } else if (presence.type() == Presence.Type.AVAILABLE) {
            Refused.unless(
                    !presence.to().orElseThrow().isBare(),
                    Condition.JID_MALFORMED,
                    "to enter a room takes a nickname: %s/nick (XEP-0045 section 7.2.1)",
                    room.jid());
            occupant.ifPresentOrElse(
                    there -> stay(room, there, presence, now, says), () -> enter(room, presence, now, says));
        }
    }

    /** An owner who leaves a room that was never made gives it up (section 10.1.3). */
    private static void leave(Room room, Occupant occupant, Presence last, Says says) {
        if (room.isLocked()
                && room.occupants().count() == 1
                && occupant.sessions().size() == 1) {
            Leaving.destroy(room, Owning.destruction(), says);
        } else {
            Leaving.leave(room, occupant, last, says);
        }
    }

    private void stay(Room room, Occupant occupant, Presence presence, Instant now, Says says) {
        boolean asksForAll = MucXml.request(presence.element()).isPresent();
        boolean sameNick = occupant.nick().equals(presence.to().orElseThrow().resource());
        if (asksForAll && sameNick) {
            parts.entering().welcomeAgain(room, occupant, presence, now, says);
        } else {
            Staying.change(room, occupant, presence, says);
        }
    }

    private void enter(Room room, Presence presence, Instant now, Says says) {
        if (MucXml.request(presence.element()).isPresent()) {
            parts.entering().enter(room, presence, false, now, says);
        } else {
            says.one(Strangers.kick(presence), presence.from());
        }
    }

    // ---- messages

    private void message(Room room, Arrival arrival, Message message, Says says) {
        requireUnlocked(room);
        if (!message.to().orElseThrow().isBare()) {
            Speaking.toOne(room, message, says);
        } else if (message.type() == Message.Type.GROUPCHAT) {
            parts.speaking().toAll(room, message, arrival.now(), says);
        } else if (!message.isError()) {
            errand(room, arrival, message, says);
        }
    }

    /** What the room is to see to. */
    private static void errand(Room room, Arrival arrival, Message message, Says says) {
        var invite = Invitations.in(message, "invite");
        var decline = Invitations.in(message, "decline");
        var voice = VoiceRequests.submitted(message, MucXml.REQUEST);
        var member = VoiceRequests.submitted(message, MucXml.REGISTER);
        if (invite.isPresent()) {
            room.invitations().invite(room, arrival, message, invite.get(), says);
        } else if (decline.isPresent()) {
            room.invitations().decline(room, message, decline.get(), says);
        } else if (voice.isPresent()) {
            VoiceRequests.take(room, message, voice.get(), says);
        } else if (member.isPresent()) {
            room.registration().answer(room, message, member.get(), says);
        } else {
            throw Refused.because(
                    Condition.BAD_REQUEST,
                    "a message of type '%s' to a room, allowed is groupchat (XEP-0045 section 17.2)",
                    message.type().wire());
        }
    }

    private static void requireUnlocked(Room room) {
        Refused.unless(
                !room.isLocked(), Condition.ITEM_NOT_FOUND, "'%s' is no room yet (XEP-0045 section 17.2)", room.jid());
    }

    // ---- requests

    private void request(Room room, Arrival arrival, Iq iq, Says says) {
        Refused.unless(
                !room.isLocked() || room.affiliations().isOwner(iq.from().bare()),
                Condition.ITEM_NOT_FOUND,
                "'%s' is no room yet",
                room.jid());
        boolean get = iq.type() == Iq.Type.GET;
        if (!iq.to().orElseThrow().isBare()) {
            room.requests().ask(room, iq, says);
            return;
        }
        switch (iq.type().wire()
                + ' '
                + iq.payload().name()
                + ' '
                + iq.payload().namespace()) {
            case "get query " + Disco.INFO -> parts.info().tell(room, iq, says);
            case "get query " + Disco.ITEMS -> RoomInfo.items(room, iq, says);
            case "get ping " + MucXml.PING -> says.result(iq);
            case "set moderate " + Moderation.NS -> parts.moderation().moderate(room, arrival, iq, says);
            case "set command " + HatCommands.COMMANDS -> HatCommands.take(room, iq, says);
            default -> eitherWay(room, iq, get, says);
        }
    }

    /** What can be asked for, and set as well. */
    private void eitherWay(Room room, Iq iq, boolean get, Says says) {
        switch (iq.payload().name() + ' ' + iq.payload().namespace()) {
            case "query " + MucXml.ADMIN -> administer(room, iq, get, says);
            case "query " + MucXml.OWNER -> own(room, iq, get, says);
            case "query " + Registration.NS -> register(room, iq, get, says);
            case "vCard " + Avatar.NS -> picture(room, iq, get, says);
            default -> says.ask(RoomQuery.of(room, iq));
        }
    }

    private static void register(Room room, Iq iq, boolean get, Says says) {
        if (get) {
            room.registration().tell(room, iq, says);
        } else {
            room.registration().take(room, iq, says);
        }
    }

    private void picture(Room room, Iq iq, boolean get, Says says) {
        if (get) {
            Avatar.tell(room, iq, says);
        } else {
            parts.avatar().set(room, iq, says);
        }
    }

    private void administer(Room room, Iq iq, boolean get, Says says) {
        if (get) {
            parts.administration().list(room, iq, says);
        } else {
            parts.administration().change(room, iq, says);
        }
    }

    private void own(Room room, Iq iq, boolean get, Says says) {
        if (get) {
            parts.owning().form(room, iq, says);
        } else {
            parts.owning().take(room, iq, says);
        }
    }
}
