package io.escalus4j.server.xep;

import io.escalus4j.exml.Element;
import io.escalus4j.server.ServerContext;
import io.escalus4j.server.module.Reply;
import io.escalus4j.server.store.Documents;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.StanzaError;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The documents that accounts keep with one module; nothing is kept for an account that has been removed. Thread-safe. */
final class OwnDocuments {
    private final ServerContext context;
    private final String name;
    private final Documents documents;
    private final int limit;

    /**
     * @param name for the metrics
     * @param limit of documents per account
     */
    OwnDocuments(ServerContext context, String name, Documents documents, int limit) {
        this.context = context;
        this.name = name;
        this.documents = documents;
        this.limit = limit;
    }

    CompletionStage<Optional<Element>> find(Jid owner, String key) {
        return documents.find(owner, key);
    }

    /** Sets or replaces one; {@code tooMany} is the answer where there is no room. */
    Reply put(Jid owner, String key, Element document, StanzaError tooMany) {
        return Reply.later(context.inLane(owner, () -> documents.put(owner, key, document, limit))
                .thenApply(kept -> kept.map(fits -> fits ? Reply.done() : refused(tooMany))
                        .orElseGet(() -> Reply.refused(Condition.REGISTRATION_REQUIRED, "the account was removed"))));
    }

    /** What somebody wants to keep is too much. */
    Reply refused(StanzaError tooMuch) {
        context.metrics().counter("xmpp.limits.hit", "limit", name).increment();
        return Reply.refused(tooMuch);
    }
}
