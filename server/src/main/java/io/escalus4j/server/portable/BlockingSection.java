package io.escalus4j.server.portable;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.Stores;
import io.escalus4j.server.xmpp.Jid;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The block list (XEP-0191) as the privacy list that it is in XEP-0227 (section 4.8): the default one, whose items deny
 * everything to a JID. Of privacy lists that say more than that, what a block list can say is read.
 */
final class BlockingSection implements Section {
    private static final String PRIVACY = "jabber:iq:privacy";
    private static final String BLOCKING = "urn:xmpp:blocking";
    private static final String NAME = "blocklist";

    @Override
    public CompletionStage<List<Element>> export(Stores stores, Jid account) {
        return stores.blockLists()
                .of(account)
                .thenApply(list -> list.isEmpty()
                        ? List.of()
                        : List.of(Element.of("query", PRIVACY)
                                .with(
                                        Element.of("default", PRIVACY).with("name", NAME),
                                        Element.of("list", PRIVACY)
                                                .with("name", NAME)
                                                .with(items(list)))));
    }

    private static List<Element> items(Set<Jid> list) {
        var items = new ArrayList<Element>();
        for (String jid : list.stream().map(Jid::toString).sorted().toList()) {
            items.add(Element.of("item", PRIVACY)
                    .with("type", "jid")
                    .with("value", jid)
                    .with("action", "deny")
                    .with("order", "" + (items.size() + 1)));
        }
        return items;
    }

    @Override
    public boolean takes(Element child) {
        return child.is("query", PRIVACY) || child.is("blocklist", BLOCKING);
    }

    @Override
    public Supplier<CompletionStage<?>> read(Stores stores, Jid account, Element child, Notes notes) {
        var blocked = new HashSet<Jid>();
        if (child.is("blocklist", BLOCKING)) {
            child.elements("item", BLOCKING).forEach(item -> blocked.add(jid(item, "jid")));
        } else {
            blocked.addAll(denied(child, notes));
        }
        return () -> stores.blockLists().update(account, known -> {
            var all = new HashSet<>(known);
            all.addAll(blocked);
            return all;
        });
    }

    private static Set<Jid> denied(Element query, Notes notes) {
        Optional<String> standard = query.child("default", PRIVACY).map(it -> it.attribute("name", ""));
        var blocked = new HashSet<Jid>();
        for (Element list : query.elements("list", PRIVACY)) {
            if (list.attribute("name").equals(standard)) {
                list.elements("item", PRIVACY).forEach(item -> deny(item, blocked, notes));
            } else {
                notes.skipped(list, "a privacy list that is not the default one (XEP-0016), block lists are supported");
            }
        }
        return blocked;
    }

    private static void deny(Element item, Set<Jid> blocked, Notes notes) {
        boolean isBlock = item.attribute("type", "").equals("jid")
                && item.attribute("action", "").equals("deny")
                && item.elements().isEmpty();
        boolean isTheRest =
                item.attribute("type").isEmpty() && item.attribute("action", "").equals("allow");
        if (isBlock) {
            blocked.add(jid(item, "value"));
        } else if (!isTheRest) {
            notes.skipped(item, "a privacy rule (XEP-0016) that no block list has");
        }
    }

    private static Jid jid(Element item, String attribute) {
        String text = item.attribute(attribute, "");
        return Jid.parse(text)
                .orElseThrow(() -> new Portable.Unreadable(
                        item, "%s is '%s', allowed is a JID as in tybalt@example.com (section 4.8)", attribute, text));
    }
}
