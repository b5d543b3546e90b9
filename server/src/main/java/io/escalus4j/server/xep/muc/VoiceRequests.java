package io.escalus4j.server.xep.muc;

import io.escalus4j.server.xmpp.DataForm;
import io.escalus4j.server.xmpp.FormField;
import io.escalus4j.server.xmpp.FormField.Kind;
import io.escalus4j.server.xmpp.Message;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.List;
import java.util.Optional;

/** Visitors ask for a voice, and moderators give it (sections 7.13 and 8.6). Stateless. */
final class VoiceRequests {
    private static final String ROLE = "muc#role";
    private static final String ADDRESS = "muc#jid";
    private static final String NICK = "muc#roomnick";
    private static final String ALLOW = "muc#request_allow";

    private VoiceRequests() {}

    /** The form with this {@code FORM_TYPE} that the message submits. */
    static Optional<DataForm> submitted(Message message, String formType) {
        return DataForm.in(message.element())
                .filter(form -> form.type() == DataForm.Type.SUBMIT)
                .filter(form -> form.value("FORM_TYPE").equals(Optional.of(formType)));
    }

    static void take(Room room, Message message, DataForm form, Says says) {
        Occupant sender = Speaking.occupant(room, message);
        if (form.field(ALLOW).isPresent()) {
            answer(room, sender, form, says);
        } else {
            ask(room, sender, form, says);
        }
    }

    private static void ask(Room room, Occupant visitor, DataForm form, Says says) {
        Refused.unless(
                form.value(ROLE).equals(Optional.of(Role.PARTICIPANT.wire())),
                Condition.BAD_REQUEST,
                "%s is '%s', participant is allowed",
                ROLE,
                form.value(ROLE).orElse(""));
        Refused.unless(visitor.role() == Role.VISITOR, Condition.BAD_REQUEST, "you have a voice already");
        var moderators = room.occupants().all().stream()
                .filter(occupant -> occupant.role() == Role.MODERATOR)
                .flatMap(occupant -> occupant.sessions().stream())
                .toList();
        says.each(
                MucXml.message(room.jid(), Message.Type.NORMAL, request(visitor).toElement()), moderators);
    }

    private static DataForm request(Occupant visitor) {
        return DataForm.asking(
                        MucXml.REQUEST,
                        "Voice request",
                        "To approve this request for voice, check the box. To skip it, cancel the form.")
                .with(FormField.of(ROLE, Kind.LIST_SINGLE, "Requested role")
                        .with(Role.PARTICIPANT.wire())
                        .withOptions(Role.PARTICIPANT.wire()))
                .with(FormField.of(ADDRESS, Kind.JID_SINGLE, "User ID")
                        .with(visitor.shownSession().toString()))
                .with(FormField.of(NICK, Kind.TEXT_SINGLE, "Room Nickname").with(visitor.nick()))
                .with(FormField.of(ALLOW, Kind.BOOLEAN, "Grant voice to this person?")
                        .with("false"));
    }

    private static void answer(Room room, Occupant moderator, DataForm form, Says says) {
        Refused.unless(moderator.role() == Role.MODERATOR, Condition.FORBIDDEN, "only moderators give a voice");
        String nick = form.value(NICK).orElse("");
        Occupant visitor = room.occupants()
                .withNick(nick)
                .orElseThrow(() -> Refused.because(Condition.ITEM_NOT_FOUND, "there is no '%s' in this room", nick));
        boolean allowed = List.of("1", "true").contains(form.value(ALLOW).orElse(""));
        if (allowed && visitor.role() == Role.VISITOR) {
            Roles.change(room, visitor, Role.PARTICIPANT, Optional.empty(), Optional.of(moderator.nick()), says, says);
        }
    }
}
