package io.escalus4j.server.xep.muc;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.MucRoom.Affiliation;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Ns;
import io.escalus4j.server.xmpp.Presence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who is told what of an occupant's presence (sections 7.2.2 to 7.2.4). Pure but for what it puts into {@link Says}. */
final class Presences {
    /** What only a room may say of its occupants (section 17.3). */
    private static final Set<String> ROOMS_OWN = Set.of(MucXml.NS, MucXml.USER, MucXml.OCCUPANT_ID, MucXml.HATS);

    private Presences() {}

    /** The occupant's presence to one session that is not the occupant's own. */
    static void to(Room room, Occupant occupant, Occupant viewer, Jid session, Says says) {
        says.one(presence(room, occupant, Notice.HERE, room.showsJidsTo(viewer.role())), session);
    }

    /** To all sessions of the occupant: this is you (110). */
    static void toSelf(Room room, Occupant occupant, Notice notice, Says says) {
        toSelf(room, occupant, notice, occupant.sessions(), says);
    }

    static void toSelf(Room room, Occupant occupant, Notice notice, List<Jid> sessions, Says says) {
        says.each(presence(room, occupant, notice.code(110), true), sessions);
    }

    /** To everybody else, if the room shows who has the occupant's role. */
    static void toOthers(Room room, Occupant occupant, Notice notice, Says says) {
        if (room.config().broadcasts(occupant.role())) {
            toOthersWhoever(room, occupant, notice, says);
        }
    }

    /** To everybody else, who may have seen the occupant before. */
    static void toOthersWhoever(Room room, Occupant occupant, Notice notice, Says says) {
        var seeing = new ArrayList<Jid>();
        var others = new ArrayList<Jid>();
        for (Occupant other : room.occupants().all()) {
            if (other != occupant) {
                (room.showsJidsTo(other.role()) ? seeing : others).addAll(other.sessions());
            }
        }
        says.each(presence(room, occupant, notice, true), seeing);
        says.each(presence(room, occupant, notice, false), others);
    }

    /** To all, the others first. */
    static void toAll(Room room, Occupant occupant, Notice notice, Says says) {
        toOthers(room, occupant, notice, says);
        toSelf(room, occupant, notice, says);
    }

    /** What an occupant is told when the room is no more; there is no role and no affiliation left (section 10.9). */
    static Presence destroyed(Occupant occupant, Element destruction) {
        Element item =
                Element.of("item", MucXml.USER).with("affiliation", "none").with("role", "none");
        Element element = Element.of("presence", Ns.CLIENT)
                .with("from", occupant.jid().toString())
                .with("type", Presence.Type.UNAVAILABLE.wire())
                .with(MucXml.user().with(item, destruction), OccupantIds.element(occupant.id()));
        return new Presence(element, occupant.jid(), Optional.empty(), Presence.Type.UNAVAILABLE);
    }

    private static Presence presence(Room room, Occupant occupant, Notice notice, boolean withJid) {
        var type = notice.gone() ? Presence.Type.UNAVAILABLE : Presence.Type.AVAILABLE;
        Element element =
                Element.of("presence", Ns.CLIENT).with("from", occupant.jid().toString());
        Element typed = notice.gone() ? element.with("type", type.wire()) : element;
        Element full = typed.with(content(occupant.shown(), notice.gone()))
                .with(x(room, occupant, notice, withJid), OccupantIds.element(occupant.id()))
                .with(notice.gone() ? List.of() : room.hats().of(occupant.user()));
        return new Presence(full, occupant.jid(), Optional.empty(), type);
    }

    /** All that the occupant says, of one who is gone just the last word. */
    private static List<Element> content(Presence shown, boolean gone) {
        return shown.element().elements().stream()
                .filter(child -> !ROOMS_OWN.contains(child.namespace()))
                .filter(child -> shown.type() == Presence.Type.UNAVAILABLE == gone)
                .toList();
    }

    private static Element x(Room room, Occupant occupant, Notice notice, boolean withJid) {
        boolean left = notice.gone() && notice.nick().isEmpty();
        Affiliation affiliation = room.affiliation(occupant);
        Element item = Element.of("item", MucXml.USER)
                .with("affiliation", affiliation.wire())
                .with("role", (left ? Role.NONE : occupant.role()).wire())
                .with("jid", Optional.of(occupant.shownSession().toString()).filter(jid -> withJid))
                .with("nick", notice.nick())
                .with(notice.explanations());
        return MucXml.user()
                .with(item)
                .with(notice.more())
                .with(notice.codes().stream().map(MucXml::status).toList());
    }
}
