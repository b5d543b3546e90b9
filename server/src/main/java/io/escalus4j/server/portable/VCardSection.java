package io.escalus4j.server.portable;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.Stores;
import io.escalus4j.server.xmpp.Jid;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The vCard (XEP-0227 section 4.7). */
final class VCardSection implements Section {
    private static final String NS = "vcard-temp";

    @Override
    public CompletionStage<List<Element>> export(Stores stores, Jid account) {
        return stores.vcards().of(account).thenApply(documents -> List.copyOf(documents.values()));
    }

    @Override
    public boolean takes(Element child) {
        return child.is("vCard", NS);
    }

    @Override
    public Supplier<CompletionStage<?>> read(Stores stores, Jid account, Element child, Notes notes) {
        return () -> stores.vcards().put(account, NS, child, 1);
    }
}
