package io.escalus4j.server.store.memory;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.Archive;
import io.escalus4j.server.store.ArchiveId;
import io.escalus4j.server.store.ArchivePage;
import io.escalus4j.server.store.ArchiveQuery;
import io.escalus4j.server.store.ArchiveSlice;
import io.escalus4j.server.store.Archived;
import io.escalus4j.server.xmpp.Jid;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

final class MemoryArchive implements Archive, Forgetting {
    private static final NavigableMap<ArchiveId, Archived> NONE = Collections.emptyNavigableMap();

    private final Map<Jid, NavigableMap<ArchiveId, Archived>> archives = new ConcurrentHashMap<>();

    private NavigableMap<ArchiveId, Archived> of(Jid owner) {
        return archives.getOrDefault(owner, NONE);
    }

    @Override
    public CompletionStage<Void> append(Jid owner, Archived message) {
        var archive = archives.computeIfAbsent(owner, jid -> new ConcurrentSkipListMap<>());
        return archive.putIfAbsent(message.id(), message) == null
                ? completedFuture(null)
                : CompletableFuture.failedFuture(
                        new IllegalStateException("there is a message %s already".formatted(message.id())));
    }

    @Override
    public CompletionStage<Optional<ArchivePage>> page(Jid owner, ArchiveQuery query, ArchiveSlice slice) {
        var archive = of(owner);
        var named = Stream.concat(query.named(), Stream.concat(slice.after().stream(), slice.before().stream()));
        if (!named.allMatch(archive::containsKey)) {
            return completedFuture(Optional.empty());
        }
        var chosen = archive.values().stream().filter(query::takes).toList();
        return completedFuture(Optional.of(page(chosen, slice)));
    }

    private static ArchivePage page(List<Archived> chosen, ArchiveSlice slice) {
        var inside = chosen.stream()
                .filter(message ->
                        slice.after().stream().allMatch(id -> message.id().compareTo(id) > 0))
                .filter(message ->
                        slice.before().stream().allMatch(id -> message.id().compareTo(id) < 0))
                .skip(slice.index())
                .toList();
        int size = Math.min(slice.max(), inside.size());
        int begin = slice.backwards() ? inside.size() - size : 0;
        var messages = inside.subList(begin, begin + size);
        int index = messages.isEmpty() ? 0 : chosen.indexOf(messages.get(0));
        return new ArchivePage(
                messages,
                size == inside.size(),
                slice.counted() ? Optional.of(new ArchivePage.Count(chosen.size(), index)) : Optional.empty());
    }

    @Override
    public CompletionStage<Optional<Archived>> find(Jid owner, ArchiveId id) {
        return completedFuture(Optional.ofNullable(of(owner).get(id)));
    }

    @Override
    public CompletionStage<List<Archived>> called(Jid owner, Jid peer, String reference, int atMost) {
        return completedFuture(of(owner).descendingMap().values().stream()
                .filter(ArchiveQuery.ALL.with(peer)::takes)
                .filter(message -> message.reference().equals(Optional.of(reference)))
                .limit(atMost)
                .toList());
    }

    @Override
    public CompletionStage<Boolean> replace(Jid owner, ArchiveId id, Element stanza) {
        var replaced = archives.getOrDefault(owner, new ConcurrentSkipListMap<>())
                .computeIfPresent(id, (key, known) -> new Archived(id, known.peer(), known.reference(), stanza));
        return completedFuture(replaced != null);
    }

    @Override
    public CompletionStage<List<ArchiveId>> ends(Jid owner) {
        var ids = of(owner).keySet().stream().toList();
        return completedFuture(ids.isEmpty() ? List.of() : List.of(ids.get(0), ids.get(ids.size() - 1)));
    }

    @Override
    public CompletionStage<Integer> purge(Instant limit, int atMost) {
        record Old(NavigableMap<ArchiveId, Archived> archive, ArchiveId id) {}
        var old = archives.values().stream()
                .flatMap(archive -> archive.keySet().stream()
                        .filter(id -> id.time().isBefore(limit))
                        .map(id -> new Old(archive, id)))
                .sorted(Comparator.comparing(Old::id))
                .limit(atMost)
                .toList();
        old.forEach(message -> message.archive().remove(message.id()));
        return completedFuture(old.size());
    }

    @Override
    public CompletionStage<Integer> trim(Jid owner, int kept) {
        var archive = of(owner);
        var surplus = archive.descendingMap().keySet().stream().skip(kept).toList();
        surplus.forEach(archive::remove);
        return completedFuture(surplus.size());
    }

    @Override
    public CompletionStage<Optional<ArchiveId>> newest() {
        return completedFuture(archives.values().stream()
                .flatMap(archive -> archive.keySet().stream())
                .max(Comparator.naturalOrder()));
    }

    @Override
    public void forget(Jid owner) {
        archives.remove(owner);
    }
}
