package io.escalus4j.server.store;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.Jid;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The messages that an account or a room has sent and got, in the order of their ids (XEP-0313). Thread-safe.
 *
 * <p>An id is taken from {@link ArchiveIds} before the message is routed, so that what is delivered can carry it
 * (XEP-0359); the message goes to its recipients when the stage of {@code append} is done, if it must not be lost.
 * Appends of all callers share one commit: do not wait for one before the next is begun.
 *
 * <pre>{@code
 * var id = ids.next();
 * archive.append(alice, new Archived(id, bob, message.id(), message.element()))
 *        .thenCompose(kept -> router.route(withStanzaId(message, id)));
 *
 * var lastFifty = ArchiveSlice.last(50);
 * archive.page(alice, ArchiveQuery.ALL.with(bob), lastFifty)   // empty: an id of the query is not there
 * }</pre>
 *
 * <p>Too much to do at once, or a database that is away, fails with {@link StoreUnavailableException}. What has been
 * appended for an owner before {@link Stores#remove} goes with it; who appends afterwards must see to it that there is an
 * owner, for accounts by {@code ServerContext.inLane}.
 */
public interface Archive extends OwnedData {
    /** Adds a message, whose id the owner's archive must not have yet; its place is that of its id. */
    CompletionStage<Void> append(Jid owner, Archived message);

    /**
     * One page of the messages that {@code query} chooses, oldest first.
     *
     * <p>Empty where an id that the query or the slice names is not in the owner's archive: {@code item-not-found}
     * (XEP-0313 section 4.1, XEP-0059 section 2.2).
     */
    CompletionStage<Optional<ArchivePage>> page(Jid owner, ArchiveQuery query, ArchiveSlice slice);

    CompletionStage<Optional<Archived>> find(Jid owner, ArchiveId id);

    /** What has been exchanged with {@code peer} under the name {@code reference}, the newest first: what a retraction may be about. */
    CompletionStage<List<Archived>> called(Jid owner, Jid peer, String reference, int atMost);

    /** Puts another stanza at the place of one, for example a tombstone (XEP-0424); {@code false} if there is none. */
    CompletionStage<Boolean> replace(Jid owner, ArchiveId id, Element stanza);

    /** The oldest and the newest message (XEP-0313 section 5.1), the same if there is just one; empty if there is none. */
    CompletionStage<List<ArchiveId>> ends(Jid owner);

    /** Forgets what is older than {@code limit} in all archives, the oldest first, {@code atMost} messages; returns how many. */
    CompletionStage<Integer> purge(Instant limit, int atMost);

    /** Forgets all but the newest {@code kept} messages of one archive; returns how many. */
    CompletionStage<Integer> trim(Jid owner, int kept);

    /** The newest id of all archives: {@link ArchiveIds} goes on from there after a restart. */
    CompletionStage<Optional<ArchiveId>> newest();
}
