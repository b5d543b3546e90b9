package io.escalus4j.server.xep.muc;

import io.escalus4j.server.store.MucRooms;
import io.escalus4j.server.store.MucRooms.Listed;
import io.escalus4j.server.store.MucRooms.Page;
import io.escalus4j.server.store.MucRooms.Place;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.ResultSet;
import io.escalus4j.server.xmpp.ResultSet.Outcome;
import io.escalus4j.server.xmpp.ResultSet.Outcome.Found;
import io.escalus4j.server.xmpp.ResultSet.Wish;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The rooms that lists have: first those that memory alone knows, by their JIDs, and then those that are kept, by theirs. Of
 * the latter no more is read than a page. Immutable.
 */
final class RoomList {
    private final List<Listed> temporary;
    private final MucRooms kept;

    /** @param temporary in their order */
    RoomList(List<Listed> temporary, MucRooms kept) {
        this.temporary = List.copyOf(temporary);
        this.kept = kept;
    }

    CompletionStage<Outcome<Listed>> page(Wish wish) {
        int most = Math.max(0, wish.max());
        return page(wish, most)
                .thenApply(found ->
                        found.<Outcome<Listed>>map(page -> outcome(wish, page)).orElseGet(ResultSet::unknown));
    }

    private static Outcome<Listed> outcome(Wish wish, Page page) {
        return ResultSet.isBeyond(wish, page.count())
                ? ResultSet.beyond(page.count())
                : new Found<>(ResultSet.of(page.rooms(), room -> room.jid().toString(), page.index(), page.count()));
    }

    private CompletionStage<Optional<Page>> page(Wish wish, int most) {
        if (wish.before().isPresent()) {
            String named = wish.before().get();
            int at = position(named);
            return at >= 0 ? temporary(Math.max(0, at - most), at) : until(named, most);
        }
        if (wish.after().isPresent()) {
            String named = wish.after().get();
            int at = position(named);
            return at >= 0 ? from(at + 1, most) : behind(named, most);
        }
        return from(Math.max(0, wish.index()), most);
    }

    private int position(String jid) {
        return temporary.stream().map(room -> room.jid().toString()).toList().indexOf(jid);
    }

    private CompletionStage<Optional<Page>> from(int index, int most) {
        int start = Math.min(index, temporary.size());
        var head = temporary.subList(start, start + Math.min(most, temporary.size() - start));
        return kept.listed(new Place.From(Math.max(0, index - temporary.size())), most - head.size())
                .thenApply(found -> found.map(page -> joined(head, index, page)));
    }

    private CompletionStage<Optional<Page>> temporary(int from, int to) {
        return kept.listed(new Place.From(0), 0)
                .thenApply(found -> found.map(
                        page -> new Page(temporary.subList(from, to), from, temporary.size() + page.count())));
    }

    private CompletionStage<Optional<Page>> behind(String named, int most) {
        return Jid.parse(named)
                .map(room -> kept.listed(new Place.After(room), most))
                .orElse(CompletableFuture.completedFuture(Optional.empty()))
                .thenApply(found -> found.map(page -> joined(List.of(), temporary.size() + page.index(), page)));
    }

    private CompletionStage<Optional<Page>> until(String named, int most) {
        var place = named.isEmpty()
                ? Optional.of(new Place.AtEnd())
                : Jid.parse(named).map(Place.Before::new);
        return place.map(end -> kept.listed(end, most))
                .orElse(CompletableFuture.completedFuture(Optional.empty()))
                .thenApply(found -> found.map(page -> {
                    int missing = Math.min(most - page.rooms().size(), temporary.size());
                    var head = temporary.subList(temporary.size() - missing, temporary.size());
                    return joined(head, temporary.size() - missing + page.index(), page);
                }));
    }

    private Page joined(List<Listed> head, int index, Page page) {
        var rooms = new ArrayList<>(head);
        rooms.addAll(page.rooms());
        return new Page(rooms, index, temporary.size() + page.count());
    }
}
