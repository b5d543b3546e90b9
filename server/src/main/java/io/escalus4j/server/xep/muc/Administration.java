package io.escalus4j.server.xep.muc;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.MucRoom.Affiliated;
import io.escalus4j.server.store.MucRoom.Affiliation;
import io.escalus4j.server.xep.muc.AdminItem.ForAffiliation;
import io.escalus4j.server.xep.muc.AdminItem.ForRole;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.StanzaError;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests in {@code muc#admin} (sections 8, 9 and 10): all items of one are allowed and done, or none. Stateless. */
final class Administration {
    private final Affiliating affiliating;

    Administration(Affiliating affiliating) {
        this.affiliating = affiliating;
    }

    private static List<Element> items(Iq iq) {
        var items = iq.payload().elements("item", MucXml.ADMIN);
        Refused.unless(
                !items.isEmpty() && items.size() == iq.payload().elements().size(),
                Condition.BAD_REQUEST,
                "a query holds items, and at least one (XEP-0045 section 19.3)");
        return items;
    }

    /** What the one who asks is in the room, by whatever resource. */
    private static Role role(Room room, Iq iq) {
        return room.occupants().of(iq.from().bare()).stream()
                .map(Occupant::role)
                .max(Role::compareTo)
                .orElse(Role.NONE);
    }

    private static void require(Optional<StanzaError> error) {
        error.ifPresent(refusal -> {
            throw new Refused(refusal);
        });
    }

    // ---- lists

    void list(Room room, Iq iq, Says says) {
        var items = items(iq);
        Refused.unless(
                items.size() == 1, Condition.BAD_REQUEST, "%d items, a list is asked for with one", items.size());
        Element item = items.get(0);
        var affiliation = item.attribute("affiliation").map(AdminItem::affiliation);
        var role = item.attribute("role").map(AdminItem::role);
        Refused.unless(
                affiliation.isPresent() != role.isPresent(),
                Condition.BAD_REQUEST,
                "a list is of a role or of an affiliation (XEP-0045 section 17.4)");
        var listed = affiliation
                .map(wanted -> affiliated(room, iq, wanted))
                .orElseGet(() -> withRole(room, iq, role.orElseThrow()));
        says.result(iq, Element.of("query", MucXml.ADMIN).with(listed));
    }

    private static List<Element> affiliated(Room room, Iq iq, Affiliation wanted) {
        require(Rights.toList(wanted, room.affiliations().of(iq.from().bare()), role(room, iq), room.config()));
        return room.affiliations().with(wanted).stream()
                .map(user -> item(user, room.affiliations().all().get(user)))
                .toList();
    }

    private static Element item(Jid user, Affiliated as) {
        return Element.of("item", MucXml.ADMIN)
                .with("affiliation", as.affiliation().wire())
                .with("jid", user.toString())
                .with("nick", as.nick())
                .with(as.reason()
                        .map(why -> List.of(Element.text("reason", MucXml.ADMIN, why)))
                        .orElse(List.of()));
    }

    private static List<Element> withRole(Room room, Iq iq, Role wanted) {
        Role asking = role(room, iq);
        require(Rights.toListRole(wanted, room.affiliations().of(iq.from().bare()), asking));
        return room.occupants().all().stream()
                .filter(occupant -> occupant.role() == wanted)
                .map(occupant -> Element.of("item", MucXml.ADMIN)
                        .with("affiliation", room.affiliation(occupant).wire())
                        .with("jid", occupant.shownSession().toString())
                        .with("nick", occupant.nick())
                        .with("role", occupant.role().wire()))
                .toList();
    }

    // ---- changes

    void change(Room room, Iq iq, Says says) {
        var items = items(iq).stream().map(AdminItem::read).toList();
        var roles = roles(room, iq, items);
        var users = users(room, iq, items);
        var actor = room.occupants().of(iq.from().bare()).stream()
                .map(Occupant::nick)
                .findFirst();
        var told = new Says();
        roles.forEach((occupant, item) -> Roles.change(room, occupant, item.role(), item.reason(), actor, says, told));
        users.forEach(
                (user, item) -> affiliating.change(room, user, item, iq.from().bare(), actor, says, told));
        says.result(iq);
        says.add(told);
    }

    private static Map<Occupant, ForRole> roles(Room room, Iq iq, List<AdminItem> items) {
        var roles = new LinkedHashMap<Occupant, ForRole>();
        Affiliation actor = room.affiliations().of(iq.from().bare());
        for (AdminItem item : items) {
            if (item instanceof ForRole wish) {
                Occupant occupant = room.occupants()
                        .withNick(wish.nick())
                        .orElseThrow(() -> Refused.because(
                                Condition.ITEM_NOT_FOUND, "there is no '%s' in this room", wish.nick()));
                require(Rights.toRole(actor, role(room, iq), room.affiliation(occupant), occupant.role(), wish.role()));
                once(roles.put(occupant, wish), wish.nick());
            }
        }
        return roles;
    }

    private static void once(Object before, Object named) {
        Refused.unless(before == null, Condition.BAD_REQUEST, "'%s' is named twice", named);
    }

    private static Map<Jid, ForAffiliation> users(Room room, Iq iq, List<AdminItem> items) {
        var users = new LinkedHashMap<Jid, ForAffiliation>();
        Jid self = iq.from().bare();
        Affiliation actor = room.affiliations().of(self);
        for (AdminItem item : items) {
            if (item instanceof ForAffiliation wish) {
                requireNoRoom(room, wish);
                Affiliation before = room.affiliations().of(wish.user());
                boolean oneself = wish.user().equals(self)
                        || wish.user().equals(self.toDomain())
                                && room.affiliations().all().get(self) == null;
                require(Rights.toAffiliation(actor, before, wish.affiliation(), oneself));
                once(users.put(wish.user(), wish), wish.user());
            }
        }
        requireOwner(room, users);
        requireNicks(room, users);
        requireSpace(room, users);
        return users;
    }

    /** An occupant's address is none of a user, and neither is a room; what there is of it can be taken away. */
    private static void requireNoRoom(Room room, ForAffiliation wish) {
        Refused.unless(
                wish.affiliation() == Affiliation.NONE
                        || !wish.user().domain().equals(room.jid().domain()),
                Condition.BAD_REQUEST,
                "'%s' is a room, an affiliation is for a user's real JID",
                wish.user());
    }

    /** A room always has an owner (section 10). */
    private static void requireOwner(Room room, Map<Jid, ForAffiliation> changes) {
        var owners = new HashSet<>(room.affiliations().with(Affiliation.OWNER));
        changes.forEach((user, wish) -> {
            if (wish.affiliation() == Affiliation.OWNER) {
                owners.add(user);
            } else {
                owners.remove(user);
            }
        });
        Refused.unless(!owners.isEmpty(), Condition.CONFLICT, "a room has at least one owner (XEP-0045 section 10)");
    }

    /** Nobody reserves what somebody else has. */
    private static void requireNicks(Room room, Map<Jid, ForAffiliation> changes) {
        var reserved = new HashMap<String, Jid>();
        changes.forEach((user, wish) -> wish.nick()
                .filter(nick -> !nick.isEmpty())
                .ifPresent(wanted -> {
                    String nick = Entering.visible(wanted);
                    Entering.requireFree(room, user, nick);
                    Refused.unless(
                            reserved.put(Nick.key(nick), user) == null,
                            Condition.CONFLICT,
                            "'%s' is reserved twice",
                            nick);
                }));
    }

    private static void requireSpace(Room room, Map<Jid, ForAffiliation> changes) {
        room.affiliations()
                .requireSpace(changes.keySet().stream()
                        .filter(user -> changes.get(user).affiliation() != Affiliation.NONE)
                        .toList());
    }
}
