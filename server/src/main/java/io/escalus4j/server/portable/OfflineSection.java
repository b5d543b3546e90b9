package io.escalus4j.server.portable;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.OfflineMessages;
import io.escalus4j.server.store.Stores;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Ns;
import java.util.List;
import java.util.Optional;
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
                        : List.of(Element.of("offline-messages", Portable.NS)
                                .with(messages.stream()
                                        .map(OfflineMessages.Kept::message)
                                        .toList())));
    }

    @Override
    public boolean takes(Element child) {
        return child.is("offline-messages", Portable.NS);
    }

    @Override
    public Supplier<CompletionStage<?>> read(Stores stores, Jid account, Element child, Notes notes) {
        child.elements().forEach(message -> check(account, message));
        return () -> Portable.inOrder(
                child.elements(), message -> stores.offline().add(account, message, Integer.MAX_VALUE));
    }

    private static void check(Jid account, Element message) {
        if (!message.is("message", Ns.CLIENT)) {
            throw new Portable.Unreadable(
                    message,
                    "<%s xmlns='%s'> among offline messages, allowed is <message xmlns='%s'> (section 4.5)",
                    message.name(),
                    message.namespace(),
                    Ns.CLIENT);
        }
        address(message, "from");
        address(message, "to").filter(to -> !to.bare().equals(account)).ifPresent(other -> {
            throw new Portable.Unreadable(
                    message, "an offline message to %s, allowed are those to %s (section 4.5)", other, account);
        });
    }

    private static Optional<Jid> address(Element message, String attribute) {
        return message.attribute(attribute)
                .map(text -> Jid.parse(text)
                        .orElseThrow(() -> new Portable.Unreadable(
                                message,
                                "%s='%s' in an offline message, allowed is a JID (RFC 7622 section 3)",
                                attribute,
                                text)));
    }
}
