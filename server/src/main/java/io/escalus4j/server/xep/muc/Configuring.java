package io.escalus4j.server.xep.muc;

import static io.escalus4j.server.store.MucRoom.Affiliation.ADMIN;
import static io.escalus4j.server.store.MucRoom.Affiliation.NONE;
import static io.escalus4j.server.store.MucRoom.Affiliation.OWNER;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.MucRoom.Affiliated;
import io.escalus4j.server.store.MucRoom.Affiliation;
import io.escalus4j.server.xmpp.DataForm;
import io.escalus4j.server.xmpp.FormField;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a room what its owner wants it to be, and tells what follows from that (sections 10.1 and 10.2). Stateless. */
final class Configuring {
    private static final String FORM_TYPE = "FORM_TYPE";

    private final MucConfig config;

    Configuring(MucConfig config) {
        this.config = config;
    }

    void configure(Room room, Iq iq, DataForm form, Says says) {
        require(form);
        var after = room.config().with(form);
        requirePolicy(after);
        var users = users(room, form);
        var before = room.config();
        boolean isNew = room.isLocked();
        room.config(after);
        room.unlock();
        says.change();
        var then = new Says();
        affiliate(room, users, says, then);
        adjust(room, before, says, then);
        says.result(iq);
        if (!isNew) {
            announce(room, before, after, !users.isEmpty(), then);
        }
        says.add(then);
    }

    // ---- what a form may say

    /** An empty form takes all as it is (section 10.1.2). */
    private static void require(DataForm form) {
        Refused.unless(
                form.fields().isEmpty() || form.value(FORM_TYPE).equals(Optional.of(MucXml.CONFIG)),
                Condition.BAD_REQUEST,
                "FORM_TYPE is '%s', %s is allowed",
                form.value(FORM_TYPE).orElse(""),
                MucXml.CONFIG);
        for (FormField field : form.fields()) {
            boolean known = Option.of(field.name()).isPresent()
                    || List.of(FORM_TYPE, Owning.ADMINS, Owning.OWNERS).contains(field.name());
            Refused.unless(
                    known, Condition.BAD_REQUEST, "field '%s' is unknown, the form says which there are", field.name());
            Refused.unless(
                    form.fields().stream()
                                    .filter(other -> other.name().equals(field.name()))
                                    .count()
                            == 1,
                    Condition.BAD_REQUEST,
                    "field '%s' is there twice",
                    field.name());
            Option.of(field.name())
                    .flatMap(option -> option.faultIn(field.values()))
                    .ifPresent(fault -> {
                        throw Refused.because(Condition.BAD_REQUEST, "%s", fault);
                    });
        }
    }

    /** What cannot be wanted here (section 10.1.3). */
    private void requirePolicy(RoomConfig wanted) {
        Refused.unless(
                wanted.password().filter(String::isBlank).isEmpty(),
                Condition.NOT_ACCEPTABLE,
                "a room that is protected has a password");
        int most = wanted.maxUsers().orElse(1);
        Refused.unless(
                most >= 1 && most <= config.maxOccupants(),
                Condition.NOT_ACCEPTABLE,
                "%d occupants, 1 to %d are allowed",
                most,
                config.maxOccupants());
    }

    // ---- owners and administrators: the form has all of them

    private static Map<Jid, Affiliation> users(Room room, DataForm form) {
        var users = new LinkedHashMap<Jid, Affiliation>();
        list(room, form, Owning.ADMINS, ADMIN, users);
        list(room, form, Owning.OWNERS, OWNER, users);
        var owners = new ArrayList<>(room.affiliations().with(OWNER));
        owners.removeIf(user -> users.getOrDefault(user, OWNER) != OWNER);
        Refused.unless(
                !owners.isEmpty() || users.containsValue(OWNER),
                Condition.CONFLICT,
                "a room has at least one owner (XEP-0045 section 10.2)");
        return users;
    }

    private static void list(
            Room room, DataForm form, String field, Affiliation affiliation, Map<Jid, Affiliation> users) {
        if (form.field(field).isEmpty()) {
            return;
        }
        var wanted = form.values(field).stream()
                .filter(text -> !text.isBlank())
                .map(text -> user(room, text))
                .toList();
        room.affiliations().requireSpace(wanted);
        room.affiliations().with(affiliation).stream()
                .filter(user -> !wanted.contains(user))
                .forEach(user -> users.putIfAbsent(user, NONE));
        wanted.stream()
                .filter(user -> room.affiliations().of(user) != affiliation)
                .forEach(user -> users.put(user, affiliation));
    }

    private static Jid user(Room room, String text) {
        return Jid.parse(text)
                .map(Jid::bare)
                .filter(jid ->
                        !jid.isDomain() && !jid.domain().equals(room.jid().domain()))
                .orElseThrow(() -> Refused.because(Condition.JID_MALFORMED, "'%s' is no user's JID", text));
    }

    private static void affiliate(Room room, Map<Jid, Affiliation> users, Says first, Says then) {
        users.forEach((user, affiliation) -> {
            Affiliation before = room.affiliations().of(user);
            room.affiliations()
                    .put(user, new Affiliated(affiliation, room.affiliations().nick(user), Optional.empty()));
            room.occupants()
                    .of(user)
                    .forEach(occupant -> Affiliating.tell(room, occupant, before, Notice.HERE, first, then));
        });
    }

    // ---- what follows

    /** Who may not be in the room any more goes (322); who has no reason to be silent any more has a voice. */
    private static void adjust(Room room, RoomConfig before, Says first, Says then) {
        for (Occupant occupant : room.occupants().all()) {
            if (room.config().isMembersOnly() && room.affiliation(occupant) == NONE) {
                Roles.kick(room, occupant, Notice.GONE.code(322), first, then);
            } else if (before.isModerated() && !room.config().isModerated() && occupant.role() == Role.VISITOR) {
                Roles.become(room, occupant, Role.PARTICIPANT, Notice.HERE, then);
            }
        }
    }

    /** What the change means for the privacy of those in the room, or just that there was one (section 10.2.1). */
    private static void announce(Room room, RoomConfig before, RoomConfig after, boolean users, Says says) {
        var codes = new ArrayList<Integer>();
        if (before.is(Option.LOGGING) != after.is(Option.LOGGING)) {
            codes.add(after.is(Option.LOGGING) ? 170 : 171);
        }
        if (before.isNonAnonymous() != after.isNonAnonymous()) {
            codes.add(after.isNonAnonymous() ? 172 : 173);
        }
        if (codes.isEmpty() && (users || !before.equals(after))) {
            codes.add(104);
        }
        if (!codes.isEmpty()) {
            tell(room, codes, says);
        }
    }

    static void tell(Room room, List<Integer> codes, Says says) {
        Element x = MucXml.user().with(codes.stream().map(MucXml::status).toList());
        says.each(
                MucXml.message(room.jid(), Message.Type.GROUPCHAT, x),
                room.occupants().everySession());
    }
}
