package io.escalus4j.server.portable;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.Stores;
import io.escalus4j.server.xmpp.Jid;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Whose messages are archived (XEP-0441), as its protocol writes it; XEP-0227 has no place of its own for that. */
final class ArchivePreferencesSection implements Section {
    private static final String NS = "urn:xmpp:mam:2";
    private static final String PREFS = "prefs";
    private static final Set<String> POLICIES = Set.of("always", "roster", "never");

    @Override
    public CompletionStage<List<Element>> export(Stores stores, Jid account) {
        return stores.archivePreferences().of(account).thenApply(kept -> List.copyOf(kept.values()));
    }

    @Override
    public boolean takes(Element child) {
        return child.is(PREFS, NS);
    }

    @Override
    public Supplier<CompletionStage<?>> read(Stores stores, Jid account, Element child, Notes notes) {
        String policy = child.attribute("default", "");
        if (!POLICIES.contains(policy)) {
            throw new Portable.Unreadable(
                    child, "default is '%s', allowed are always, roster and never (XEP-0441 section 2.1.1)", policy);
        }
        Element prefs = Element.of(PREFS, NS).with("default", policy).with(list(child, "always"), list(child, "never"));
        return () -> stores.archivePreferences().put(account, PREFS, prefs, 1);
    }

    private static Element list(Element prefs, String name) {
        return Element.of(name, NS)
                .with(prefs.elements(name, NS).stream()
                        .flatMap(list -> list.elements("jid", NS).stream())
                        .map(ArchivePreferencesSection::jid)
                        .toList());
    }

    private static Element jid(Element jid) {
        return Element.text(
                "jid",
                NS,
                Jid.parse(jid.text().strip())
                        .orElseThrow(
                                () -> new Portable.Unreadable(jid, "'%s' is no JID (RFC 7622 section 3)", jid.text()))
                        .toString());
    }
}
