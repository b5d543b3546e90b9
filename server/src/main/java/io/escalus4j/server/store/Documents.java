package io.escalus4j.server.store;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.Jid;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Whole elements that an account keeps here, each under a key: private storage (XEP-0049), vCards (XEP-0054). */
public interface Documents extends OwnedData {
    CompletionStage<Optional<Element>> find(Jid account, String key);

    /** All documents, by their keys. */
    CompletionStage<Map<String, Element>> of(Jid account);

    /** Sets or replaces; {@code false} if the account would then have more than {@code limit} documents, and nothing was kept. */
    CompletionStage<Boolean> put(Jid account, String key, Element document, int limit);

    CompletionStage<Void> remove(Jid account, String key);
}
