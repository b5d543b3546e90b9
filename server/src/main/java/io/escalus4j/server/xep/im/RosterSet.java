package io.escalus4j.server.xep.im;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.RosterItem;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.StanzaError;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a roster set asks for (RFC 6121 section 2.1.5). */
sealed interface RosterSet {
    /** The contact is in the roster from now on, with just this name and these groups. */
    record Put(Jid contact, Optional<String> name, Set<String> groups) implements RosterSet {
        /** The item as it is then; its subscription stays (section 2.1.5). */
        RosterItem over(Optional<RosterItem> known) {
            return known.orElseGet(() -> RosterItem.unknown(contact)).described(name, groups);
        }
    }

    record Remove(Jid contact) implements RosterSet {}

    /** It breaks a rule of section 2.3.3. */
    record Wrong(StanzaError error) implements RosterSet {}

    static RosterSet read(Element query, Jid owner, ImConfig config) {
        var items = query.elements("item", RosterXml.NS);
        if (items.size() != 1) {
            return wrong(
                    Condition.BAD_REQUEST,
                    "%d items in a roster set, exactly one is allowed (RFC 6121 section 2.1.5)",
                    items.size());
        }
        Element item = items.get(0);
        return item.attribute("jid")
                .flatMap(Jid::parse)
                .map(contact -> read(item, contact, owner, config))
                .orElseGet(() -> wrong(
                        item.attribute("jid").isPresent() ? Condition.JID_MALFORMED : Condition.BAD_REQUEST,
                        "'%s' is no JID (RFC 6121 section 2.1.2.3)",
                        item.attribute("jid", "")));
    }

    private static RosterSet read(Element item, Jid contact, Jid owner, ImConfig config) {
        if (!contact.isBare()) {
            return wrong(Condition.BAD_REQUEST, "'%s' is a full JID, a contact has a bare one", contact);
        }
        if (contact.equals(owner)) {
            return wrong(Condition.NOT_ALLOWED, "'%s' is your own JID (RFC 6121 section 2.3.3)", contact);
        }
        return item.attribute("subscription", "").equals("remove") ? new Remove(contact) : put(item, contact, config);
    }

    private static RosterSet put(Element item, Jid contact, ImConfig config) {
        var name = item.attribute("name").filter(text -> !text.isEmpty());
        var groups =
                item.elements("group", RosterXml.NS).stream().map(Element::text).toList();
        return nameFault(name.orElse(""), config)
                .or(() -> groupsFault(groups, config))
                .<RosterSet>map(Wrong::new)
                .orElseGet(() -> new Put(contact, name, Set.copyOf(groups)));
    }

    private static Optional<StanzaError> nameFault(String name, ImConfig config) {
        return name.length() <= config.maxNameLength() ? Optional.empty() : tooLong("a name", name.length(), config);
    }

    private static Optional<StanzaError> groupsFault(List<String> groups, ImConfig config) {
        if (new HashSet<>(groups).size() < groups.size()) {
            return fault(Condition.BAD_REQUEST, "a group is given twice (RFC 6121 section 2.3.3)");
        }
        if (groups.size() > config.maxGroups()) {
            return fault(
                    Condition.NOT_ACCEPTABLE, "%d groups, at most %d are allowed", groups.size(), config.maxGroups());
        }
        return groups.stream()
                .flatMap(group -> groupFault(group, config).stream())
                .findFirst();
    }

    private static Optional<StanzaError> groupFault(String group, ImConfig config) {
        if (group.isEmpty()) {
            return fault(Condition.NOT_ACCEPTABLE, "a group without a name (RFC 6121 section 2.3.3)");
        }
        return group.length() <= config.maxNameLength() ? Optional.empty() : tooLong("a group", group.length(), config);
    }

    private static Optional<StanzaError> tooLong(String what, int length, ImConfig config) {
        return fault(
                Condition.NOT_ACCEPTABLE,
                "%s of %d characters, at most %d are allowed (RFC 6121 section 2.3.3)",
                what,
                length,
                config.maxNameLength());
    }

    private static Optional<StanzaError> fault(Condition condition, String text, Object... args) {
        return Optional.of(StanzaError.of(condition, text, args));
    }

    private static RosterSet wrong(Condition condition, String text, Object... args) {
        return new Wrong(StanzaError.of(condition, text, args));
    }
}
