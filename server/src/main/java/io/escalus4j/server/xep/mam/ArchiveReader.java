package io.escalus4j.server.xep.mam;

import io.escalus4j.exml.Element;
import io.escalus4j.server.ServerContext;
import io.escalus4j.server.module.Reply;
import io.escalus4j.server.route.Session;
import io.escalus4j.server.route.SessionKey;
import io.escalus4j.server.store.Archive;
import io.escalus4j.server.store.ArchiveIds;
import io.escalus4j.server.store.ArchivePage;
import io.escalus4j.server.store.Archived;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import io.micrometer.core.instrument.Counter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Answers who may read an archive: sends the page, and then says where it was. Thread-safe. */
public final class ArchiveReader {
    /** What a session has read of its own archive before it takes messages, as it calls them: that need not be delivered any more. */
    public static final SessionKey<List<String>> READ = new SessionKey<>("archive-read", List.of());

    private static final int REMEMBERED = 1000;

    private final ServerContext context;
    private final Archive archive;
    private final ArchiveIds ids;
    private final ArchiveConfig config;
    private final Counter queries;
    private final Counter results;

    ArchiveReader(ServerContext context, ArchiveConfig config) {
        this.context = context;
        this.archive = context.stores().archive();
        this.ids = context.archiveIds();
        this.config = config;
        this.queries = context.metrics().counter("xmpp.archive.queries");
        this.results = context.metrics().counter("xmpp.archive.results");
    }

    /** Whether this is something to ask an archive for. */
    static boolean knows(Iq iq) {
        String name = iq.payload().name();
        return name.equals("query") || name.equals("metadata") && iq.type() == Iq.Type.GET;
    }

    /** A query, the form for one, or what the archive has at its ends. */
    Reply answer(Iq iq, Jid owner) {
        return answer(iq, owner, UnaryOperator.identity(), UnaryOperator.identity());
    }

    /**
     * @param view what who asks may see of a message
     * @param peer whom the archive knows by the address that a filter names
     */
    Reply answer(Iq iq, Jid owner, UnaryOperator<Element> view, UnaryOperator<Jid> peer) {
        var xml = new ArchiveXml(ids, iq.payload().namespace());
        boolean isMetadata = iq.payload().name().equals("metadata");
        if (iq.type() == Iq.Type.GET) {
            return isMetadata
                    ? Reply.later(archive.ends(owner).thenApply(ends -> Reply.result(xml.metadata(ends))))
                    : Reply.result(xml.form());
        }
        try {
            var request = ArchiveRequest.read(iq.payload(), ids, config).calling(peer);
            return Reply.later(read(iq, owner, request, xml, view));
        } catch (Refusal refusal) {
            return Reply.refused(refusal.error());
        }
    }

    private CompletionStage<Reply> read(
            Iq iq, Jid owner, ArchiveRequest request, ArchiveXml xml, UnaryOperator<Element> view) {
        queries.increment();
        return archive.page(owner, request.query(), request.slice())
                .thenCompose(found -> found.isEmpty()
                        ? CompletableFuture.completedFuture(notThere())
                        : send(iq, owner, request, xml, view, PageWeight.cut(found.get(), request, config)));
    }

    private static Reply notThere() {
        return Reply.refused(
                Condition.ITEM_NOT_FOUND, "a message that is named is not in this archive (XEP-0313 section 4.1.3)");
    }

    private CompletionStage<Reply> send(
            Iq iq, Jid owner, ArchiveRequest request, ArchiveXml xml, UnaryOperator<Element> view, ArchivePage page) {
        var messages = new ArrayList<>(page.messages());
        if (request.flipped()) {
            Collections.reverse(messages);
        }
        var sent = messages.stream()
                .map(message -> xml.result(owner, iq.from(), message.seen(view), request.queryId()))
                .toList();
        results.increment(sent.size());
        remember(iq.from(), owner, messages);
        return deliver(iq.from(), sent).thenApply(done -> Reply.result(xml.fin(page)));
    }

    private void remember(Jid reader, Jid owner, List<Archived> messages) {
        context.sessions()
                .at(reader)
                .filter(session -> reader.bare().equals(owner) && !takesMessages(session))
                .ifPresent(session -> session.update(
                        READ,
                        before -> Stream.concat(
                                        messages.stream().map(message -> ids.show(message.id())), before.stream())
                                .limit(REMEMBERED)
                                .toList()));
    }

    private static boolean takesMessages(Session session) {
        return session.isAvailable() && session.priority() >= 0;
    }

    /** What the server itself answers passes no hook, as {@code Router} has it. */
    private CompletionStage<Void> deliver(Jid to, List<Message> messages) {
        var session = context.sessions().at(to);
        if (session.isPresent()) {
            messages.forEach(session.get()::deliver);
            return CompletableFuture.completedFuture(null);
        }
        CompletionStage<Void> done = CompletableFuture.completedFuture(null);
        for (Message message : messages) {
            done = done.thenCompose(before -> context.router().route(message));
        }
        return done;
    }

    /** Whether a child of a message is an archived one that somebody has asked for. */
    public static boolean isResult(Element child) {
        return child.is("result", Mam.NS) || child.is("result", Mam.ELDER);
    }
}
