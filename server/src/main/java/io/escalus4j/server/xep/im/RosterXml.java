package io.escalus4j.server.xep.im;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.RosterItem;
import io.escalus4j.server.xmpp.Jid;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Rosters as their owners see them (RFC 6121 section 2.1). */
final class RosterXml {
    static final String NS = "jabber:iq:roster";
    private static final int VERSION_LETTERS = 22;

    private RosterXml() {}

    /** The item, unless it is not in the roster. */
    static Optional<Element> item(RosterItem item) {
        return item.listed() ? Optional.of(listed(item)) : Optional.empty();
    }

    private static Element listed(RosterItem item) {
        return Element.of("item", NS)
                .with("jid", item.contact().toString())
                .with("name", item.name())
                .with("subscription", item.subscription().wire())
                .with("ask", flag(item.pendingOut(), "subscribe"))
                .with("approved", flag(item.preApproved(), "true"))
                .with(item.groups().stream()
                        .sorted()
                        .map(group -> Element.text("group", NS, group))
                        .toList());
    }

    private static Optional<String> flag(boolean set, String value) {
        return set ? Optional.of(value) : Optional.empty();
    }

    static Element removed(Jid contact) {
        return Element.of("item", NS).with("jid", contact.toString()).with("subscription", "remove");
    }

    /** All items, always in the same order. */
    static List<Element> items(List<RosterItem> roster) {
        return roster.stream()
                .sorted(Comparator.comparing(item -> item.contact().toString()))
                .flatMap(item -> item(item).stream())
                .toList();
    }

    static Element query(Optional<String> version, List<Element> items) {
        return Element.of("query", NS).with("ver", version).with(items);
    }

    /** What the roster is like now: a hash of all that its owner sees of it (section 2.1.1). */
    static String version(List<Element> items) {
        var digest = sha256();
        items.forEach(item -> digest.update(item.toBytes()));
        return Base64.getUrlEncoder().encodeToString(digest.digest()).substring(0, VERSION_LETTERS);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
