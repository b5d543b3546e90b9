package io.escalus4j.server.xep.muclight;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.LightRoom;
import io.escalus4j.server.store.LightRoom.Affiliation;
import io.escalus4j.server.xep.muclight.Notice.Affiliated;
import io.escalus4j.server.xep.muclight.Notice.Configured;
import io.escalus4j.server.xep.muclight.Notice.Joined;
import io.escalus4j.server.xep.muclight.Notice.Left;
import io.escalus4j.server.xep.muclight.RoomRequest.Section;
import io.escalus4j.server.xmpp.DataForm;
import io.escalus4j.server.xmpp.FormField;
import io.escalus4j.server.xmpp.FormField.Kind;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import io.escalus4j.server.xmpp.Ns;
import io.escalus4j.server.xmpp.Presence;
import io.escalus4j.server.xmpp.Stanza;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The words of XEP-0045, for clients that know no others: presence stands for affiliations, forms for the configuration.
 * There are no versions, and no request for all at once. Immutable.
 */
final class Legacy implements Language {
    static final String NS = "http://jabber.org/protocol/muc";
    static final String USER = NS + "#user";
    static final String ADMIN = NS + "#admin";
    static final String OWNER = NS + "#owner";
    static final String CONFIG = NS + "#roomconfig";
    private static final int CREATED = 201;
    private static final int SELF = 110;
    private static final int CONFIGURED = 104;
    private static final int NOT_A_MEMBER = 321;

    private final RoomSchema schema;
    private final LegacyRequests requests;

    Legacy(RoomSchema schema) {
        this.schema = schema;
        this.requests = new LegacyRequests(schema);
    }

    @Override
    public String namespace() {
        return NS;
    }

    @Override
    public RoomRequest read(Iq iq) {
        return requests.read(iq);
    }

    // ---- answers

    @Override
    public Element answer(Outcome.Told told, Element query) {
        return told.section() == Section.CONFIGURATION
                ? Element.of("query", OWNER).with(form(told.room()).toElement())
                : Element.of("query", ADMIN).with(items(told.room(), LegacyRequests.wanted(query)));
    }

    private DataForm form(LightRoom room) {
        var form = DataForm.asking(
                CONFIG, "Configuration of " + room.jid().local(), "Fields that are not sent stay as they are.");
        for (var field : schema.complete(room.configuration()).entrySet()) {
            form = form.with(FormField.of(field.getKey(), Kind.TEXT_SINGLE, field.getKey())
                    .with(field.getValue()));
        }
        return form;
    }

    private static List<Element> items(LightRoom room, Optional<String> affiliation) {
        return room.occupants().entrySet().stream()
                .filter(entry -> affiliation
                        .filter(wanted -> !wanted.equals(entry.getValue().wire()))
                        .isEmpty())
                .map(entry -> item(ADMIN, Optional.of(entry.getValue()))
                        .with("jid", entry.getKey().toString())
                        .with("nick", entry.getKey().toString()))
                .toList();
    }

    private static Element item(String namespace, Optional<Affiliation> affiliation) {
        return Element.of("item", namespace)
                .with("affiliation", affiliation.map(Affiliation::wire).orElse("none"))
                .with("role", affiliation.map(Legacy::role).orElse("none"));
    }

    private static String role(Affiliation affiliation) {
        return affiliation == Affiliation.OWNER ? "moderator" : "participant";
    }

    // ---- notices

    @Override
    public List<Stanza> tell(Jid room, Notice notice, Notice.Cause cause, List<Element> name) {
        if (notice instanceof Configured configured) {
            return List.of(configured(room, configured.fields(), cause.id(), name));
        }
        if (notice instanceof Affiliated affiliated) {
            return changes(room, affiliated.changes());
        }
        if (notice instanceof Joined) {
            return List.of(invitation(room, cause));
        }
        if (notice instanceof Left left) {
            return List.of(presence(room, left.user(), Optional.empty(), status(NOT_A_MEMBER)));
        }
        return notice instanceof Notice.Destroyed gone
                ? List.of(presence(room, gone.user(), Optional.empty(), Element.of("destroy", USER)))
                : List.of(); // who has made the room is told where that was asked for
    }

    /** A subject and nothing else is told as the subject of any room is. */
    private static Message configured(Jid room, Map<String, String> fields, String id, List<Element> name) {
        boolean isSubject = fields.keySet().equals(Set.of(RoomSchema.SUBJECT));
        Element told = isSubject
                ? Element.text("subject", Ns.CLIENT, fields.get(RoomSchema.SUBJECT))
                : user(status(CONFIGURED));
        return message(room, Message.Type.GROUPCHAT, id, told, name);
    }

    private static List<Stanza> changes(Jid room, Map<Jid, Optional<Affiliation>> changes) {
        var presences = new ArrayList<Stanza>();
        changes.forEach((user, affiliation) -> presences.add(
                affiliation.isPresent()
                        ? presence(room, user, affiliation)
                        : presence(room, user, affiliation, status(NOT_A_MEMBER))));
        return presences;
    }

    private static Message invitation(Jid room, Notice.Cause cause) {
        Element invite = Element.of("invite", USER).with("from", cause.user().toString());
        return message(room, Message.Type.NORMAL, cause.id(), user(invite), List.of());
    }

    /** What who has made a room gets for it. */
    static Presence created(LightRoom room, Jid user, Optional<String> id) {
        Presence presence = presence(room.jid(), user, room.affiliation(user), status(SELF), status(CREATED));
        return presence.with(presence.element().with("id", id));
    }

    private static Presence presence(Jid room, Jid user, Optional<Affiliation> affiliation, Element... more) {
        Jid seat = room.withResource(user.toString());
        var type = affiliation.isPresent() ? Presence.Type.AVAILABLE : Presence.Type.UNAVAILABLE;
        Element item = item(USER, affiliation).with("jid", user.toString()).with("nick", user.toString());
        Element element = Element.of("presence", Ns.CLIENT)
                .with("from", seat.toString())
                .with("type", Optional.of(type.wire()).filter(wire -> affiliation.isEmpty()))
                .with(user(item).with(more));
        return new Presence(element, seat, Optional.empty(), type);
    }

    private static Message message(Jid room, Message.Type type, String id, Element told, List<Element> name) {
        Element element = Element.of("message", Ns.CLIENT)
                .with("type", type.wire())
                .with("id", id)
                .with("from", room.toString())
                .with(told)
                .with(name);
        return new Message(element, room, Optional.empty(), type);
    }

    private static Element user(Element... children) {
        return Element.of("x", USER).with(children);
    }

    private static Element status(int code) {
        return Element.of("status", USER).with("code", Integer.toString(code));
    }
}
