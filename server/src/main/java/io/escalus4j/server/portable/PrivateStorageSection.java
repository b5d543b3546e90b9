package io.escalus4j.server.portable;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.Stores;
import io.escalus4j.server.xmpp.Jid;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Private XML storage (XEP-0227 section 4.6): in the file one query with everything, here a document per namespace. */
final class PrivateStorageSection implements Section {
    private static final String NS = "jabber:iq:private";

    @Override
    public CompletionStage<List<Element>> export(Stores stores, Jid account) {
        return stores.privateStorage()
                .of(account)
                .thenApply(documents -> documents.isEmpty()
                        ? List.of()
                        : List.of(Element.of("query", NS)
                                .with(new TreeMap<>(documents)
                                        .values().stream()
                                                .flatMap(query -> query.elements().stream())
                                                .toList())));
    }

    @Override
    public boolean takes(Element child) {
        return child.is("query", NS);
    }

    @Override
    public Supplier<CompletionStage<?>> read(Stores stores, Jid account, Element child, Notes notes) {
        Map<String, List<Element>> byNamespace = child.elements().stream()
                .collect(Collectors.groupingBy(Element::namespace, TreeMap::new, Collectors.toList()));
        return () -> Portable.inOrder(
                List.copyOf(byNamespace.entrySet()),
                kept -> stores.privateStorage()
                        .put(account, kept.getKey(), Element.of("query", NS).with(kept.getValue()), Integer.MAX_VALUE));
    }
}
