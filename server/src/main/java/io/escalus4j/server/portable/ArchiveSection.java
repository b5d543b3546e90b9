package io.escalus4j.server.portable;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.ArchiveId;
import io.escalus4j.server.store.ArchivePage;
import io.escalus4j.server.store.ArchiveQuery;
import io.escalus4j.server.store.ArchiveSlice;
import io.escalus4j.server.store.Archived;
import io.escalus4j.server.store.Stores;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Ns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The message archive (XEP-0227 section 4.11). Ids of other servers mean nothing here, so such messages get ids of their
 * times; who has remembered one of the old ids must ask from a time.
 */
final class ArchiveSection implements Section {
    private static final String NS = "urn:xmpp:pie:0#mam";
    private static final String MAM = "urn:xmpp:mam:2";
    private static final String FORWARD = "urn:xmpp:forward:0";
    private static final String DELAY = "urn:xmpp:delay";
    private static final int PAGE = 500;

    @Override
    public CompletionStage<List<Element>> export(Stores stores, Jid account) {
        return export(stores, account, ArchiveSlice.first(PAGE), new ArrayList<>())
                .thenApply(results -> results.isEmpty()
                        ? List.of()
                        : List.of(Element.of("archive", NS).with(results)));
    }

    private static CompletionStage<List<Element>> export(
            Stores stores, Jid account, ArchiveSlice slice, List<Element> results) {
        return stores.archive().page(account, ArchiveQuery.ALL, slice).thenCompose(found -> {
            var page = found.orElse(new ArchivePage(List.of(), true, Optional.empty()));
            page.messages().forEach(message -> results.add(result(account, message)));
            return page.complete()
                    ? CompletableFuture.completedFuture(results)
                    : export(stores, account, ArchiveSlice.after(last(page), PAGE), results);
        });
    }

    private static ArchiveId last(ArchivePage page) {
        return page.messages().get(page.messages().size() - 1).id();
    }

    private static Element result(Jid account, Archived message) {
        Element delay = Element.of("delay", DELAY).with("stamp", "" + message.time());
        Element result = Element.of("result", MAM)
                .with("id", message.id().toString())
                .with(Element.of("forwarded", FORWARD).with(delay, message.stanza()));
        boolean isPlain = message.peer().equals(peer(account, message.stanza()))
                && message.reference().equals(message.stanza().attribute("id"));
        return isPlain
                ? result
                : result.with(Element.of("entry", Portable.OURS)
                        .with("peer", message.peer().toString())
                        .with("reference", message.reference()));
    }

    /** With whom a message was exchanged, by its addresses. */
    private static Jid peer(Jid account, Element stanza) {
        Jid from = stanza.attribute("from").flatMap(Jid::parse).orElse(account);
        return from.bare().equals(account)
                ? stanza.attribute("to").flatMap(Jid::parse).orElse(account)
                : from;
    }

    @Override
    public boolean takes(Element child) {
        return child.is("archive", NS);
    }

    @Override
    public Supplier<CompletionStage<?>> read(Stores stores, Jid account, Element child, Notes notes) {
        var messages = new ArrayList<Archived>();
        var last = new ArchiveId(0);
        for (Element result : child.elements("result", MAM)) {
            var message = message(account, result, last);
            messages.add(message);
            last = message.id();
        }
        return () -> append(stores, account, messages);
    }

    private static CompletionStage<?> append(Stores stores, Jid account, List<Archived> messages) {
        return Portable.inOrder(
                pages(messages),
                page -> CompletableFuture.allOf(page.stream()
                        .map(message ->
                                stores.archive().append(account, message).toCompletableFuture())
                        .toArray(CompletableFuture[]::new)));
    }

    private static List<List<Archived>> pages(List<Archived> messages) {
        var pages = new ArrayList<List<Archived>>();
        for (int begin = 0; begin < messages.size(); begin += PAGE) {
            pages.add(messages.subList(begin, Math.min(begin + PAGE, messages.size())));
        }
        return pages;
    }

    private static Archived message(Jid account, Element result, ArchiveId last) {
        Element forwarded = child(result, "forwarded", FORWARD);
        var time = LastSeenSection.stamp(child(forwarded, "delay", DELAY));
        Element stanza = child(forwarded, "message", Ns.CLIENT);
        var id = ArchiveId.parse(result.attribute("id", ""))
                .filter(own -> own.time().equals(time))
                .orElse(ArchiveId.at(time, 0));
        var entry = result.child("entry", Portable.OURS);
        Jid peer =
                entry.flatMap(own -> own.attribute("peer")).flatMap(Jid::parse).orElse(peer(account, stanza));
        var reference = entry.isPresent() ? entry.get().attribute("reference") : stanza.attribute("id");
        return new Archived(id.compareTo(last) > 0 ? id : last.following(), peer, reference, stanza);
    }

    private static Element child(Element parent, String name, String namespace) {
        return parent.child(name, namespace)
                .orElseThrow(() -> new Portable.Unreadable(
                        parent, "<%s> has no <%s xmlns='%s'> (section 4.11)", parent.name(), name, namespace));
    }
}
