package io.escalus4j.server.store;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.Jid;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Messages that wait for their addressee (XEP-0160), oldest first. */
public interface OfflineMessages extends OwnedData {
    /** {@code false} if the account has {@code limit} already, and nothing was kept. */
    CompletionStage<Boolean> add(Jid account, Element message, int limit);

    /** Takes all, atomically: no two takers get the same message. */
    CompletionStage<List<Element>> take(Jid account);

    /** All, and they stay. */
    CompletionStage<List<Element>> of(Jid account);

    CompletionStage<Integer> count(Jid account);
}
