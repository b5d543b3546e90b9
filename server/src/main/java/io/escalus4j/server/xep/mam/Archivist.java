package io.escalus4j.server.xep.mam;

import io.escalus4j.server.ServerContext;
import io.escalus4j.server.store.Archive;
import io.escalus4j.server.store.ArchiveId;
import io.escalus4j.server.store.ArchiveIds;
import io.escalus4j.server.store.Archived;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts messages into archives, takes back what is retracted, and forgets what is too old. Thread-safe.
 *
 * <p>An account gets its ids in its lane, where its message is handed to the store, too; so messages are delivered in the
 * order in which they are in the archive (XEP-0313 section 3.1). A stage is done when the message is written, and then it
 * may be delivered.
 */
final class Archivist {
    private static final Logger LOG = LoggerFactory.getLogger(Archivist.class);
    private static final int PURGED_AT_ONCE = 10_000;

    /** Others may have called theirs the same. */
    private static final int SAME_NAMES = 20;

    private final ServerContext context;
    private final Archive archive;
    private final ArchiveIds ids;
    private final Counter retracted;
    private final Counter purged;
    private final ArchiveLimit limit;
    private final HearingOrder order = new HearingOrder();

    Archivist(ServerContext context, ArchiveConfig config) {
        this.context = context;
        this.archive = context.stores().archive();
        this.ids = context.archiveIds();
        MeterRegistry metrics = context.metrics();
        this.retracted = metrics.counter("xmpp.archive.retracted");
        this.purged = metrics.counter("xmpp.archive.purged");
        this.limit = new ArchiveLimit(archive, config.maxMessages(), purged);
    }

    private record Begun(ArchiveId id, CompletionStage<Void> written) {
        CompletionStage<ArchiveId> done() {
            return written.thenApply(done -> id);
        }
    }

    /**
     * What the message is called in the archive of {@code account}; empty if there is no such account.
     *
     * @param heard done when the account has heard the message, if it is to: what is archived later is known later
     */
    CompletionStage<Optional<String>> keep(
            Jid account, Jid peer, Message message, Optional<CompletionStage<Void>> heard) {
        return context.inLane(account, () -> {
                    var begun = begin(account, peer, message);
                    Supplier<CompletionStage<String>> kept = () -> kept(account, peer, message, begun);
                    // in the lane others take no place between the id and this; what comes of it nobody waits for in
                    // there
                    return CompletableFuture.completedFuture(
                            heard.isPresent() ? order.behindEarlier(account, kept, heard.get()) : kept.get());
                })
                .thenCompose(named -> named.isPresent()
                        ? named.get().thenApply(Optional::of)
                        : CompletableFuture.completedFuture(Optional.empty()));
    }

    /** What the message is called in the archive of {@code room}, which has given it {@code id}. */
    CompletionStage<String> keepInRoom(Jid room, ArchiveId id, Message message) {
        return kept(room, message.from(), message, begin(room, message.from(), id, message));
    }

    private Begun begin(Jid owner, Jid peer, Message message) {
        return begin(owner, peer, ids.next(), message);
    }

    private Begun begin(Jid owner, Jid peer, ArchiveId id, Message message) {
        var archived = new Archived(id, peer, StanzaIds.reference(message), message.element());
        return new Begun(id, archive.append(owner, archived));
    }

    private CompletionStage<String> kept(Jid owner, Jid peer, Message message, Begun begun) {
        return begun.done()
                .thenCompose(id -> retract(owner, peer, id, message).thenApply(done -> id))
                .thenCompose(id -> limit.written(owner).thenApply(done -> id))
                .thenApply(ids::show);
    }

    // ---- retraction

    private CompletionStage<?> retract(Jid owner, Jid peer, ArchiveId own, Message message) {
        return Retraction.of(message)
                .filter(retraction -> !retraction.id().isEmpty())
                .<CompletionStage<?>>map(retraction -> target(owner, peer, own, message, retraction)
                        .thenCompose(target -> target.isPresent()
                                ? bury(owner, target.get(), retraction)
                                : CompletableFuture.completedFuture(false)))
                .orElseGet(() -> CompletableFuture.completedFuture(false));
    }

    /** What the same sender has said before, and has not taken back yet (XEP-0424 section 5); nothing takes back itself. */
    private CompletionStage<Optional<Archived>> target(
            Jid owner, Jid peer, ArchiveId own, Message message, Retraction retraction) {
        CompletionStage<List<Archived>> candidates = switch (retraction.kind()) {
            case BY_REFERENCE -> archive.called(owner, peer.bare(), retraction.target(), SAME_NAMES);
            case BY_ROOM -> inRoom(owner, peer.bare(), retraction.target());
            case BY_ARCHIVE_ID -> byId(owner, retraction.target());
        };
        return candidates.thenApply(found -> found.stream()
                .filter(candidate -> !candidate.id().equals(own))
                .filter(candidate ->
                        isRoom(message, owner) || Author.of(candidate.stanza()).equals(Author.of(message.element())))
                .filter(candidate -> !Retraction.isTombstone(candidate.stanza()))
                .findFirst());
    }

    /** What a room itself takes back a moderator has (XEP-0425 section 3.1). */
    private static boolean isRoom(Message message, Jid owner) {
        return message.type() == Message.Type.GROUPCHAT && message.from().equals(owner);
    }

    /** An account that has the message, too, knows it by its sender's name for it. */
    private CompletionStage<List<Archived>> inRoom(Jid owner, Jid room, String target) {
        var said = byId(room, target);
        return owner.equals(room)
                ? said
                : said.thenCompose(found -> found.stream()
                        .flatMap(message -> message.reference().stream())
                        .findFirst()
                        .map(name -> archive.called(owner, room, name, SAME_NAMES))
                        .orElseGet(() -> CompletableFuture.completedFuture(List.of())));
    }

    private CompletionStage<List<Archived>> byId(Jid owner, String shown) {
        return ids.read(shown)
                .map(id -> archive.find(owner, id)
                        .thenApply(found -> found.stream().toList()))
                .orElseGet(() -> CompletableFuture.completedFuture(List.of()));
    }

    private CompletionStage<Boolean> bury(Jid owner, Archived target, Retraction retraction) {
        var tombstone =
                retraction.tombstone(target.stanza(), owner, context.time().now());
        return archive.replace(owner, target.id(), tombstone).thenApply(done -> {
            retracted.increment();
            return done;
        });
    }

    // ---- retention

    /** Forgets what is older than {@code retention}; as much as there is, a bounded number at a time. */
    void purge(Duration retention) {
        var limit = context.time().now().minus(retention);
        purgeUntilDone(limit).whenComplete((gone, failed) -> {
            if (failed != null) {
                LOG.warn("event=archive-purge-failed limit={} reason={}", limit, failed.toString());
            }
        });
    }

    private CompletionStage<Integer> purgeUntilDone(Instant limit) {
        return archive.purge(limit, PURGED_AT_ONCE).thenCompose(gone -> {
            purged.increment(gone);
            return gone < PURGED_AT_ONCE ? CompletableFuture.completedFuture(gone) : purgeUntilDone(limit);
        });
    }
}
