package io.escalus4j.server.xep.mam;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.ArchiveId;
import io.escalus4j.server.store.ArchiveIds;
import io.escalus4j.server.store.ArchiveQuery;
import io.escalus4j.server.store.ArchiveSlice;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What is wanted of an archive (XEP-0313 section 4).
 *
 * @param query which messages
 * @param slice which part of them
 * @param flipped whether the page is to be sent newest first
 * @param queryId what the results are to be marked with
 */
record ArchiveRequest(ArchiveQuery query, ArchiveSlice slice, boolean flipped, Optional<String> queryId) {

    /** It stands on each message of the page. */
    private static final int MAX_QUERY_ID = 1000;

    /** @throws Refusal if it cannot be read, or names what is no id */
    static ArchiveRequest read(Element query, ArchiveIds ids, ArchiveConfig config) {
        if (query.attribute("node").isPresent()) {
            throw new Refusal(Condition.FEATURE_NOT_IMPLEMENTED, "the archives of nodes (XEP-0442) are not kept here");
        }
        var queryId = query.attribute("queryid");
        if (queryId.filter(id -> id.length() > MAX_QUERY_ID).isPresent()) {
            throw new Refusal(
                    Condition.POLICY_VIOLATION,
                    "a queryid of %d characters, %d are allowed",
                    queryId.get().length(),
                    MAX_QUERY_ID);
        }
        var form = QueryForm.read(query, text -> id(ids, text));
        var slice = PageWish.read(query, text -> id(ids, text), config);
        return new ArchiveRequest(
                form.query(),
                form.simple() ? slice : slice.counting(),
                query.has("flip-page", query.namespace()),
                queryId);
    }

    /** The same with whom the archive knows by the address that is named. */
    ArchiveRequest calling(UnaryOperator<Jid> peer) {
        var named = query.with().map(peer).map(query::with).orElse(query);
        return new ArchiveRequest(named, slice, flipped, queryId);
    }

    /** Nothing that this server has not made is in any archive. */
    private static ArchiveId id(ArchiveIds ids, String text) {
        return ids.read(text).orElseThrow(() -> notThere(text));
    }

    private static Refusal notThere(String text) {
        return new Refusal(
                Condition.ITEM_NOT_FOUND, "there is no message '%s' in this archive (XEP-0313 section 4.1.3)", text);
    }
}
