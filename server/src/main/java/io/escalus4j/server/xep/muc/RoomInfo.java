package io.escalus4j.server.xep.muc;

import static io.escalus4j.server.xep.muc.Option.*;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.MucRoom.Affiliation;
import io.escalus4j.server.xep.Disco;
import io.escalus4j.server.xmpp.DataForm;
import io.escalus4j.server.xmpp.FormField;
import io.escalus4j.server.xmpp.FormField.Kind;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What a room tells of itself in service discovery (sections 6.4 to 6.6, 7.12, 18.1.1). Stateless. */
final class RoomInfo {
    private static final String RESERVED_NICK = "x-roomuser-item";

    private final Supplier<List<String>> more;

    /** @param more features that extensions and other modules bring */
    RoomInfo(Supplier<List<String>> more) {
        this.more = more;
    }

    void tell(Room room, Iq iq, Says says) {
        String node = iq.payload().attribute("node", "");
        switch (node) {
            case "" ->
                says.result(
                        iq,
                        Element.of("query", Disco.INFO)
                                .with(identity(room))
                                .with(features(room))
                                .with(form(room)));
            case RESERVED_NICK -> says.result(iq, reserved(room, iq.from().bare()));
            case MucXml.TRAFFIC ->
                throw Refused.because(
                        Condition.SERVICE_UNAVAILABLE, "this room lets everything through (XEP-0045 section 18.1.1)");
            default -> throw Refused.because(Condition.ITEM_NOT_FOUND, "there is no node '%s' here", node);
        }
    }

    /** Who is in the room is for those who are in it (section 6.5). */
    static void items(Room room, Iq iq, Says says) {
        String node = iq.payload().attribute("node", "");
        boolean isCommands = node.equals(HatCommands.COMMANDS);
        Refused.unless(isCommands || node.isEmpty(), Condition.ITEM_NOT_FOUND, "there is no node '%s' here", node);
        says.result(
                iq,
                Element.of("query", Disco.ITEMS)
                        .with("node", iq.payload().attribute("node"))
                        .with(isCommands ? HatCommands.items(room, iq.from().bare()) : List.of()));
    }

    private static Element identity(Room room) {
        return identity(RoomCard.of(room).name());
    }

    private static Element identity(String name) {
        return Element.of("identity", Disco.INFO)
                .with("category", "conference")
                .with("type", "text")
                .with("name", name);
    }

    /** The nickname that the one who asks has reserved (section 7.12). */
    private static Element reserved(Room room, Jid user) {
        Element query = Element.of("query", Disco.INFO).with("node", RESERVED_NICK);
        return room.affiliations()
                .nick(user)
                .map(nick -> query.with(identity(nick)))
                .orElse(query);
    }

    private List<Element> features(Room room) {
        RoomConfig config = room.config();
        var features = new ArrayList<String>(List.of(
                Disco.INFO,
                Disco.ITEMS,
                MucXml.NS,
                MucXml.STABLE_ID,
                Registration.NS,
                MucXml.REGISTER,
                MucXml.CONFIG,
                MucXml.INFO,
                "muc_" + (config.is(PUBLIC) ? "public" : "hidden"),
                "muc_" + (config.isMembersOnly() ? "membersonly" : "open"),
                "muc_" + (config.isModerated() ? "moderated" : "unmoderated"),
                "muc_" + (config.isNonAnonymous() ? "nonanonymous" : "semianonymous"),
                "muc_" + (config.is(PROTECTED) ? "passwordprotected" : "unsecured"),
                "muc_" + (config.isPersistent() ? "persistent" : "temporary")));
        features.addAll(more.get());
        return features.stream().map(Disco::feature).toList();
    }

    private static Element form(Room room) {
        RoomConfig config = room.config();
        var form = DataForm.result(MucXml.INFO)
                .with(field("muc#roominfo_description", config.text(DESCRIPTION)))
                .with(field("muc#roominfo_subject", room.subject().text()))
                .with(field("muc#roominfo_subjectmod", config.text(SUBJECT)))
                .with(field(
                        "muc#roominfo_occupants",
                        Integer.toString(room.occupants().count())))
                .with(field("muc#roominfo_lang", config.text(LANGUAGE)))
                .with(field("muc#maxhistoryfetch", Integer.toString(config.historyLength())))
                .with(contacts(room))
                .with(FormField.of("hats#hash", Kind.TEXT_SINGLE)
                        .with(room.hats().hash()));
        var hashes = Avatar.hashes(room);
        return (hashes.isEmpty()
                        ? form
                        : form.with(FormField.of("muc#roominfo_avatarhash", Kind.TEXT_MULTI)
                                .with(hashes)))
                .toElement();
    }

    private static FormField field(String name, String value) {
        return FormField.of(name, Kind.TEXT_SINGLE).with(value);
    }

    /** Whom to ask: only where everybody sees everybody. */
    private static FormField contacts(Room room) {
        var owners = room.config().isNonAnonymous() ? room.affiliations().with(Affiliation.OWNER) : List.<Jid>of();
        return FormField.of("muc#roominfo_contactjid", Kind.JID_MULTI)
                .with(owners.stream().map(Jid::toString).toList());
    }
}
