package io.escalus4j.server.store;

import io.escalus4j.server.xmpp.Jid;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which messages of an archive are wanted (XEP-0313 section 4.1): those for which all of this holds.
 *
 * @param with a full JID stands for itself, a bare JID for its resources too
 * @param start nothing before this
 * @param end nothing after this
 * @param afterId only what comes after this message
 * @param beforeId only what comes before it
 * @param fromId this message and what comes after it
 * @param toId this message and what comes before it
 * @param ids only these; empty: any
 * @param text only what has all words of this in its body, as whole words or parts of them, in capitals or not (XEP-0431)
 * @param groupchat whether messages of rooms are wanted, too
 */
public record ArchiveQuery(
        Optional<Jid> with,
        Optional<Instant> start,
        Optional<Instant> end,
        Optional<ArchiveId> afterId,
        Optional<ArchiveId> beforeId,
        Optional<ArchiveId> fromId,
        Optional<ArchiveId> toId,
        Set<ArchiveId> ids,
        Optional<String> text,
        boolean groupchat) {
    private static final Pattern SPACE = Pattern.compile("\\s+");

    public static final ArchiveQuery ALL = new ArchiveQuery(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            Optional.empty(),
            true);

    public ArchiveQuery {
        ids = Set.copyOf(ids);
    }

    public ArchiveQuery with(Jid peer) {
        return new ArchiveQuery(Optional.of(peer), start, end, afterId, beforeId, fromId, toId, ids, text, groupchat);
    }

    public ArchiveQuery from(Instant time) {
        return new ArchiveQuery(with, Optional.of(time), end, afterId, beforeId, fromId, toId, ids, text, groupchat);
    }

    public ArchiveQuery until(Instant time) {
        return new ArchiveQuery(with, start, Optional.of(time), afterId, beforeId, fromId, toId, ids, text, groupchat);
    }

    public ArchiveQuery after(ArchiveId id) {
        return new ArchiveQuery(with, start, end, Optional.of(id), beforeId, fromId, toId, ids, text, groupchat);
    }

    public ArchiveQuery before(ArchiveId id) {
        return new ArchiveQuery(with, start, end, afterId, Optional.of(id), fromId, toId, ids, text, groupchat);
    }

    public ArchiveQuery from(ArchiveId id) {
        return new ArchiveQuery(with, start, end, afterId, beforeId, Optional.of(id), toId, ids, text, groupchat);
    }

    public ArchiveQuery to(ArchiveId id) {
        return new ArchiveQuery(with, start, end, afterId, beforeId, fromId, Optional.of(id), ids, text, groupchat);
    }

    public ArchiveQuery only(Set<ArchiveId> wanted) {
        return new ArchiveQuery(with, start, end, afterId, beforeId, fromId, toId, wanted, text, groupchat);
    }

    public ArchiveQuery saying(String words) {
        return new ArchiveQuery(with, start, end, afterId, beforeId, fromId, toId, ids, Optional.of(words), groupchat);
    }

    public ArchiveQuery withoutGroupchat() {
        return new ArchiveQuery(with, start, end, afterId, beforeId, fromId, toId, ids, text, false);
    }

    /** All that must be in the archive, or the query is about nothing. */
    public Stream<ArchiveId> named() {
        return Stream.concat(Stream.of(afterId, beforeId, fromId, toId).flatMap(Optional::stream), ids.stream());
    }

    /** The least id that start, after-id and from-id allow. */
    public ArchiveId least() {
        return Stream.of(start.map(ArchiveId::from), afterId.map(ArchiveQuery::next), fromId)
                .flatMap(Optional::stream)
                .max(ArchiveId::compareTo)
                .orElse(new ArchiveId(0));
    }

    /** All allowed ids are below this one. */
    public ArchiveId bound() {
        return Stream.of(end.map(ArchiveId::after), beforeId, toId.map(ArchiveQuery::next))
                .flatMap(Optional::stream)
                .min(ArchiveId::compareTo)
                .orElse(new ArchiveId(Long.MAX_VALUE));
    }

    private static ArchiveId next(ArchiveId id) {
        return new ArchiveId(id.value() + 1);
    }

    /** What must be in a body, in small letters. */
    public List<String> words() {
        return text.stream()
                .flatMap(SPACE::splitAsStream)
                .map(word -> word.toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
    }

    /** Whether this one is chosen. */
    public boolean takes(Archived message) {
        return message.id().compareTo(least()) >= 0
                && message.id().compareTo(bound()) < 0
                && with.stream()
                        .allMatch(peer -> peer.equals(message.peer())
                                || peer.equals(message.peer().bare()))
                && (ids.isEmpty() || ids.contains(message.id()))
                && (groupchat || !message.isGroupchat())
                && words().stream()
                        .allMatch(word -> message.words()
                                .filter(all -> all.contains(word))
                                .isPresent());
    }
}
