package io.escalus4j.server.xep.muc;

import static io.escalus4j.server.store.MucRoom.Affiliation.ADMIN;
import static io.escalus4j.server.store.MucRoom.Affiliation.MEMBER;
import static io.escalus4j.server.store.MucRoom.Affiliation.NONE;
import static io.escalus4j.server.store.MucRoom.Affiliation.OUTCAST;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.MucRoom.Affiliated;
import io.escalus4j.server.store.MucRoom.Affiliation;
import io.escalus4j.server.xep.muc.AdminItem.ForAffiliation;
import io.escalus4j.server.xmpp.DataForm;
import io.escalus4j.server.xmpp.FormField;
import io.escalus4j.server.xmpp.FormField.Kind;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Users become members by themselves, with a nickname of their own (section 7.10); into a room for members an
 * administrator lets them (section 9.9). Confined to the room's lane.
 */
final class Registration {
    static final String NS = "jabber:iq:register";
    private static final String NICK = "muc#register_roomnick";
    private static final String ALLOW = "muc#register_allow";
    private static final List<String> DETAILS = List.of(
            "muc#register_first",
            "muc#register_last",
            "muc#register_url",
            "muc#register_email",
            "muc#register_faqentry");
    private static final int MOST = 100;

    /** Who waits for an administrator, by the nickname that is wanted. */
    private final Map<String, Jid> waiting = new LinkedHashMap<>();

    Registration copy() {
        var copy = new Registration();
        copy.waiting.putAll(waiting);
        return copy;
    }

    private static void mayRegister(Room room, Jid user) {
        Affiliation affiliation = room.affiliations().of(user);
        Refused.unless(
                affiliation != OUTCAST && room.config().is(Option.REGISTRATION),
                Condition.NOT_ALLOWED,
                "you may not register with this room (XEP-0045 section 7.10)");
    }

    // ---- what is needed

    void tell(Room room, Iq iq, Says says) {
        Jid user = iq.from().bare();
        var nick = room.affiliations().nick(user);
        if (nick.isPresent()) {
            says.result(
                    iq,
                    Element.of("query", NS)
                            .with(Element.of("registered", NS), Element.text("username", NS, nick.get())));
            return;
        }
        mayRegister(room, user);
        var form = DataForm.asking(
                        MucXml.REGISTER, "Registration with " + room.jid().local(), "Choose a nickname.")
                .with(FormField.of(NICK, Kind.TEXT_SINGLE, "Desired Nickname").asRequired());
        for (String detail : DETAILS) {
            form = form.with(FormField.of(detail, Kind.TEXT_SINGLE));
        }
        says.result(iq, Element.of("query", NS).with(form.toElement()));
    }

    // ---- requests

    void take(Room room, Iq iq, Says says) {
        if (iq.payload().has("remove", NS)) {
            remove(room, iq, says);
            return;
        }
        Jid user = iq.from().bare();
        mayRegister(room, user);
        var form = DataForm.in(iq.payload())
                .filter(sent -> sent.type() == DataForm.Type.SUBMIT)
                .filter(sent -> sent.value("FORM_TYPE").equals(Optional.of(MucXml.REGISTER)))
                .orElseThrow(() -> Refused.because(
                        Condition.BAD_REQUEST, "a form of type submit with %s is allowed", MucXml.REGISTER));
        String nick = wanted(form);
        requireFree(room, user, nick);
        if (room.config().isMembersOnly() && room.affiliations().of(user) == NONE) {
            wait(room, user, nick, form, says);
            says.result(iq);
        } else {
            room.affiliations().requireSpace(List.of(user));
            says.result(iq);
            register(room, user, nick, says);
        }
    }

    private static String wanted(DataForm form) {
        String wanted = form.value(NICK)
                .orElseThrow(() -> Refused.because(Condition.BAD_REQUEST, "field '%s' is missing", NICK));
        return Nick.enforced(wanted)
                .orElseThrow(() -> Refused.because(Condition.BAD_REQUEST, "'%s' is no nickname", wanted));
    }

    private void requireFree(Room room, Jid user, String nick) {
        Entering.requireFree(room, user, nick);
        Jid other = waiting.getOrDefault(Nick.key(nick), user);
        Refused.unless(other.equals(user), Condition.CONFLICT, "'%s' is somebody else's nickname here", nick);
    }

    /** Whoever is in the room is seen to be a member (section 7.10). */
    private static void register(Room room, Jid user, String nick, Says says) {
        Affiliation before = room.affiliations().of(user);
        Affiliation after = before == NONE ? MEMBER : before;
        room.affiliations().put(user, new Affiliated(after, Optional.of(nick), Optional.empty()));
        says.change();
        room.occupants()
                .of(user)
                .forEach(occupant -> Affiliating.tell(room, occupant, before, Notice.HERE, says, says));
    }

    /** Who gives up the nickname is no member any more; who administers the room still does. */
    private static void remove(Room room, Iq iq, Says says) {
        Jid user = iq.from().bare();
        Affiliation before = room.affiliations().of(user);
        Refused.unless(
                before.isAtLeast(MEMBER),
                Condition.REGISTRATION_REQUIRED,
                "you are not registered with this room (XEP-0077 section 3.2)");
        var after = Affiliated.as(before == MEMBER ? NONE : before);
        room.affiliations().put(user, after);
        says.change();
        says.result(iq);
        room.occupants()
                .of(user)
                .forEach(occupant -> Affiliating.tell(room, occupant, before, Notice.HERE, says, says));
    }

    // ---- approval (section 9.9)

    private void wait(Room room, Jid user, String nick, DataForm form, Says says) {
        Refused.unless(waiting.size() < MOST, Condition.RESOURCE_CONSTRAINT, "%d wait already", waiting.size());
        waiting.values().remove(user);
        waiting.put(Nick.key(nick), user);
        var asked = DataForm.asking(
                        MucXml.REGISTER,
                        "Registration request",
                        "%s wants to register. To approve this, check the box. To skip it, cancel the form."
                                .formatted(user))
                .with(FormField.of(NICK, Kind.TEXT_SINGLE, "Desired Nickname").with(nick));
        for (String detail : DETAILS) {
            asked = asked.with(FormField.of(detail, Kind.TEXT_SINGLE).with(form.values(detail)));
        }
        var full = asked.with(FormField.of(ALLOW, Kind.BOOLEAN, "Allow this person to register with the room?")
                .with("0"));
        says.each(MucXml.message(room.jid(), Message.Type.NORMAL, full.toElement()), administrators(room));
    }

    /** Wherever they are. */
    private static List<Jid> administrators(Room room) {
        return room.affiliations().all().entrySet().stream()
                .filter(entry -> entry.getValue().affiliation().isAtLeast(ADMIN))
                .map(Map.Entry::getKey)
                .flatMap(user -> {
                    var seats = room.occupants().of(user);
                    return seats.isEmpty()
                            ? List.of(user).stream()
                            : seats.stream().flatMap(seat -> seat.sessions().stream());
                })
                .toList();
    }

    void answer(Room room, Message message, DataForm form, Says says) {
        Refused.unless(
                room.affiliations().of(message.from().bare()).isAtLeast(ADMIN),
                Condition.FORBIDDEN,
                "only admins and owners let users register");
        String nick = wanted(form);
        Jid user = Optional.ofNullable(waiting.get(Nick.key(nick)))
                .orElseThrow(() -> Refused.because(Condition.ITEM_NOT_FOUND, "nobody waits for '%s'", nick));
        boolean allowed = List.of("1", "true").contains(form.value(ALLOW).orElse(""));
        if (allowed) {
            requireStillPossible(room, user, nick);
        }
        waiting.remove(Nick.key(nick));
        if (allowed) {
            admit(room, user, nick, message.from().bare(), says);
        }
    }

    /** What has happened in the meantime counts. */
    private static void requireStillPossible(Room room, Jid user, String nick) {
        Refused.unless(
                room.affiliations().of(user) != OUTCAST,
                Condition.NOT_ALLOWED,
                "'%s' is banned from this room, lift the ban first",
                user);
        Entering.requireFree(room, user, nick);
        room.affiliations().requireSpace(List.of(user));
    }

    private static void admit(Room room, Jid user, String nick, Jid by, Says says) {
        if (room.affiliations().of(user) == NONE) {
            var wish = new ForAffiliation(user, MEMBER, Optional.of(nick), Optional.empty());
            new Affiliating().change(room, user, wish, by, Optional.empty(), says, says);
        } else {
            register(room, user, nick, says);
        }
    }
}
