package io.escalus4j.server.store;

import io.escalus4j.server.xmpp.Jid;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which messages of an archive are wanted (XEP-0313 section 4.1): those for which all of this holds.
 *
 * @param with a full JID stands for itself, a bare JID for its resources too
 * @param start nothing before this
 * @param end nothing after this
 * @param afterId only what comes after this message
 * @param beforeId only what comes before it
 * @param ids only these; empty: any
 */
public record ArchiveQuery(
        Optional<Jid> with,
        Optional<Instant> start,
        Optional<Instant> end,
        Optional<ArchiveId> afterId,
        Optional<ArchiveId> beforeId,
        Set<ArchiveId> ids) {
    public static final ArchiveQuery ALL = new ArchiveQuery(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Set.of());

    public ArchiveQuery {
        ids = Set.copyOf(ids);
    }

    public ArchiveQuery with(Jid peer) {
        return new ArchiveQuery(Optional.of(peer), start, end, afterId, beforeId, ids);
    }

    public ArchiveQuery from(Instant time) {
        return new ArchiveQuery(with, Optional.of(time), end, afterId, beforeId, ids);
    }

    public ArchiveQuery until(Instant time) {
        return new ArchiveQuery(with, start, Optional.of(time), afterId, beforeId, ids);
    }

    public ArchiveQuery after(ArchiveId id) {
        return new ArchiveQuery(with, start, end, Optional.of(id), beforeId, ids);
    }

    public ArchiveQuery before(ArchiveId id) {
        return new ArchiveQuery(with, start, end, afterId, Optional.of(id), ids);
    }

    public ArchiveQuery only(Set<ArchiveId> wanted) {
        return new ArchiveQuery(with, start, end, afterId, beforeId, wanted);
    }

    /** All that must be in the archive, or the query is about nothing. */
    public Stream<ArchiveId> named() {
        return Stream.concat(Stream.concat(afterId.stream(), beforeId.stream()), ids.stream());
    }

    /** The least id that start and after-id allow. */
    public ArchiveId least() {
        return Stream.concat(
                        start.map(ArchiveId::from).stream(), afterId.map(id -> new ArchiveId(id.value() + 1)).stream())
                .max(ArchiveId::compareTo)
                .orElse(new ArchiveId(0));
    }

    /** All allowed ids are below this one. */
    public ArchiveId bound() {
        return Stream.concat(end.map(ArchiveId::after).stream(), beforeId.stream())
                .min(ArchiveId::compareTo)
                .orElse(new ArchiveId(Long.MAX_VALUE));
    }

    /** Whether this one is chosen. */
    public boolean takes(Archived message) {
        return message.id().compareTo(least()) >= 0
                && message.id().compareTo(bound()) < 0
                && with.stream()
                        .allMatch(peer -> peer.equals(message.peer())
                                || peer.equals(message.peer().bare()))
                && (ids.isEmpty() || ids.contains(message.id()));
    }
}
