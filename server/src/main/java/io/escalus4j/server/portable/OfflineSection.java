package io.escalus4j.server.portable;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.Stores;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Ns;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Messages that wait, the oldest first (XEP-0227 section 4.5). */
final class OfflineSection implements Section {
    @Override
    public CompletionStage<List<Element>> export(Stores stores, Jid account) {
        return stores.offline()
                .of(account)
                .thenApply(messages -> messages.isEmpty()
                        ? List.of()
                        : List.of(Element.of("offline-messages", Portable.NS).with(messages)));
    }

    @Override
    public boolean takes(Element child) {
        return child.is("offline-messages", Portable.NS);
    }

    @Override
    public Supplier<CompletionStage<?>> read(Stores stores, Jid account, Element child, Notes notes) {
        for (Element message : child.elements()) {
            if (!message.is("message", Ns.CLIENT)) {
                throw new Portable.Unreadable(
                        message,
                        "<%s xmlns='%s'> among offline messages, allowed is <message xmlns='%s'> (section 4.5)",
                        message.name(),
                        message.namespace(),
                        Ns.CLIENT);
            }
        }
        return () -> Portable.inOrder(
                child.elements(), message -> stores.offline().add(account, message, Integer.MAX_VALUE));
    }
}
