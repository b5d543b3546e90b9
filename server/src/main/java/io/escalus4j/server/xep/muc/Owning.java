package io.escalus4j.server.xep.muc;

import static io.escalus4j.server.store.MucRoom.Affiliation.ADMIN;
import static io.escalus4j.server.store.MucRoom.Affiliation.OWNER;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.MucRoom.Affiliation;
import io.escalus4j.server.xmpp.DataForm;
import io.escalus4j.server.xmpp.FormField;
import io.escalus4j.server.xmpp.FormField.Kind;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.List;

/** Requests in {@code muc#owner}: what a room is like, and its end (section 10). Stateless. */
final class Owning {
    static final String ADMINS = "muc#roomconfig_roomadmins";
    static final String OWNERS = "muc#roomconfig_roomowners";

    private final Configuring configuring;

    Owning(Configuring configuring) {
        this.configuring = configuring;
    }

    private static void requireOwner(Room room, Iq iq) {
        Refused.unless(
                room.affiliations().isOwner(iq.from().bare()),
                Condition.FORBIDDEN,
                "only owners may do that (XEP-0045 section 10)");
    }

    // ---- the form

    void form(Room room, Iq iq, Says says) {
        requireOwner(room, iq);
        Refused.unless(iq.payload().elements().isEmpty(), Condition.BAD_REQUEST, "the query for the form is empty");
        var form = DataForm.asking(
                MucXml.CONFIG, "Configuration of " + room.jid().local(), "Fields that are not sent stay as they are.");
        says.result(
                iq,
                Element.of("query", MucXml.OWNER)
                        .with(room.config()
                                .addTo(form)
                                .with(users(ADMINS, "All administrators", room, ADMIN))
                                .with(users(OWNERS, "All owners", room, OWNER))
                                .toElement()));
    }

    private static FormField users(String name, String label, Room room, Affiliation affiliation) {
        var users = room.affiliations().with(affiliation).stream()
                .map(Jid::toString)
                .toList();
        return FormField.of(name, Kind.JID_MULTI, label).with(users);
    }

    // ---- requests

    void take(Room room, Iq iq, Says says) {
        requireOwner(room, iq);
        Element query = iq.payload();
        var only = query.elements();
        Refused.unless(
                only.size() == 1, Condition.BAD_REQUEST, "a query holds a form or <destroy/> (XEP-0045 section 19.4)");
        if (only.get(0).is("destroy", MucXml.OWNER)) {
            destroy(room, iq, only.get(0), says);
            return;
        }
        var form = DataForm.in(query)
                .orElseThrow(() -> Refused.because(Condition.BAD_REQUEST, "that is no form (XEP-0004 section 3)"));
        switch (form.type()) {
            case SUBMIT -> configuring.configure(room, iq, form, says);
            case CANCEL -> cancel(room, iq, says);
            default -> throw Refused.because(Condition.BAD_REQUEST, "a form of type submit or cancel is allowed");
        }
    }

    /** Of a room that is new nothing is left (section 10.1.3), another stays what it was. */
    private static void cancel(Room room, Iq iq, Says says) {
        if (room.isLocked()) {
            Leaving.destroy(room, destruction(), says);
        }
        says.result(iq);
    }

    private static void destroy(Room room, Iq iq, Element asked, Says says) {
        asked.attribute("jid")
                .ifPresent(venue ->
                        Refused.unless(Jid.parse(venue).isPresent(), Condition.JID_MALFORMED, "'%s' is no JID", venue));
        Element told = destruction()
                .with("jid", asked.attribute("jid"))
                .with(copy(asked, "password"))
                .with(copy(asked, "reason"));
        Leaving.destroy(room, told, says);
        says.result(iq);
    }

    /** {@code <destroy/>}, which says that the room is no more. */
    static Element destruction() {
        return Element.of("destroy", MucXml.USER);
    }

    private static List<Element> copy(Element asked, String name) {
        return asked.childText(name)
                .map(text -> List.of(Element.text(name, MucXml.USER, text)))
                .orElse(List.of());
    }
}
