package io.escalus4j.server.portable;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.RosterItem;
import io.escalus4j.server.store.RosterItem.Subscription;
import io.escalus4j.server.store.Stores;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Ns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The roster, and requests that wait for an answer (XEP-0227 sections 4.4 and 4.9). */
final class RosterSection implements Section {
    private static final String NS = "jabber:iq:roster";

    @Override
    public CompletionStage<List<Element>> export(Stores stores, Jid account) {
        return stores.rosters().of(account).thenApply(items -> {
            var sorted = items.stream()
                    .sorted(Comparator.comparing(item -> item.contact().toString()))
                    .toList();
            var contacts = sorted.stream()
                    .filter(RosterItem::listed)
                    .map(RosterSection::element)
                    .toList();
            var requests = sorted.stream().flatMap(item -> item.pendingIn().stream());
            var roster = contacts.isEmpty()
                    ? Stream.<Element>empty()
                    : Stream.of(Element.of("query", NS).with(contacts));
            return Stream.concat(roster, requests).toList();
        });
    }

    private static Element element(RosterItem item) {
        return Element.of("item", NS)
                .with("jid", item.contact().toString())
                .with("name", item.name())
                .with("subscription", item.subscription().wire())
                .with("ask", item.pendingOut() ? Optional.of("subscribe") : Optional.empty())
                .with("approved", item.preApproved() ? Optional.of("true") : Optional.empty())
                .with(item.groups().stream()
                        .sorted()
                        .map(group -> Element.text("group", NS, group))
                        .toList());
    }

    @Override
    public boolean takes(Element child) {
        return child.is("query", NS) || isRequest(child);
    }

    private static boolean isRequest(Element child) {
        return child.is("presence", Ns.CLIENT) && child.attribute("type", "").equals("subscribe");
    }

    @Override
    public Supplier<CompletionStage<?>> read(Stores stores, Jid account, Element child, Notes notes) {
        if (isRequest(child)) {
            Jid from = jid(child, "from");
            return change(stores, account, from, item -> item.withPendingIn(Optional.of(child)));
        }
        var changes = new ArrayList<Supplier<CompletionStage<?>>>();
        for (Element item : child.elements("item", NS)) {
            Jid contact = jid(item, "jid");
            changes.add(change(stores, account, contact, known -> listed(item, known)));
            subscription(item);
        }
        return () -> Portable.inOrder(changes, Supplier::get);
    }

    private static Supplier<CompletionStage<?>> change(
            Stores stores, Jid account, Jid contact, UnaryOperator<RosterItem> change) {
        return () -> stores.rosters()
                .update(
                        account,
                        contact,
                        known -> Optional.of(change.apply(known.orElse(RosterItem.unknown(contact)))));
    }

    private static Jid jid(Element element, String attribute) {
        String text = element.attribute(attribute, "");
        return Jid.parse(text)
                .map(Jid::bare)
                .orElseThrow(() -> new Portable.Unreadable(
                        element,
                        "%s is '%s', allowed is a JID as in romeo@montague.net (section 4.4)",
                        attribute,
                        text));
    }

    private static RosterItem listed(Element item, RosterItem known) {
        Set<String> groups =
                item.elements("group", NS).stream().map(Element::text).collect(Collectors.toSet());
        return known.described(item.attribute("name"), groups)
                .with(subscription(item))
                .withPendingOut(item.attribute("ask", "").equals("subscribe"))
                .withPreApproved(Set.of("true", "1").contains(item.attribute("approved", "")));
    }

    private static Subscription subscription(Element item) {
        String text = item.attribute("subscription", "none");
        try {
            return Subscription.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new Portable.Unreadable(
                    item, "subscription is '%s', allowed are none, to, from and both (RFC 6121 section 2.1.2.5)", text);
        }
    }
}
