package io.escalus4j.server.store;

import static io.escalus4j.server.store.Promises.await;
import static io.escalus4j.server.store.Promises.together;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.Jid;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link Archive} must do, on each storage. */
class ArchiveContractTest extends StoreContract {
    private static final Jid ALICE = Jid.of("alice@localhost");
    private static final Jid BOB = Jid.of("bob@localhost/balcony");
    private static final Jid KATE = Jid.of("kate@localhost/garden");
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    private final Archive archive = stores.archive();

    ArchiveContractTest(Storage storage) {
        super(storage);
    }

    // ---- what it is given

    /** The message of that second after noon; from bob if the second is even, else from kate. */
    private static Archived message(int second) {
        return new Archived(id(second), second % 2 == 0 ? BOB : KATE, Optional.of("ref-" + second), stanza(second));
    }

    private static ArchiveId id(int second) {
        return ArchiveId.at(NOON.plusSeconds(second), 1);
    }

    private static Element stanza(int second) {
        return Element.of("message", "jabber:client")
                .with("id", "ref-" + second)
                .with(Element.text("body", "jabber:client", "second <" + second + "> & 'ein' \uD83D\uDE00"));
    }

    private void append(int messages) throws Exception {
        var stages = new ArrayList<CompletionStage<Void>>();
        for (int second = 0; second < messages; second++) {
            stages.add(archive.append(ALICE, message(second)));
        }
        for (var stage : stages) {
            await(stage);
        }
    }

    private ArchivePage page(ArchiveQuery query, ArchiveSlice slice) throws Exception {
        return await(archive.page(ALICE, query, slice)).orElseThrow();
    }

    private List<Integer> seconds(ArchiveQuery query, ArchiveSlice slice) throws Exception {
        return seconds(page(query, slice));
    }

    private static List<Integer> seconds(ArchivePage page) {
        return page.messages().stream()
                .map(message -> (int) Duration.between(NOON, message.time()).toSeconds())
                .toList();
    }

    // ---- one message

    @Test
    void a_message_comes_back_as_it_was_appended() throws Exception {
        await(archive.append(ALICE, message(7)));

        assertThat(await(archive.find(ALICE, id(7)))).contains(message(7));
        assertThat(await(archive.find(ALICE, id(8)))).isEmpty();
        assertThat(await(archive.find(BOB.bare(), id(7)))).isEmpty();
    }

    @Test
    void a_message_is_found_by_what_its_sender_calls_it() throws Exception {
        append(4);

        assertThat(await(archive.called(ALICE, BOB.bare(), "ref-2", 9))).containsExactly(message(2));
        assertThat(await(archive.called(ALICE, KATE, "ref-2", 9))).isEmpty();
    }

    @Test
    void of_messages_with_one_name_the_newest_comes_first() throws Exception {
        for (int second = 0; second < 5; second++) {
            await(archive.append(ALICE, new Archived(id(second), BOB, Optional.of("twin"), stanza(second))));
        }

        assertThat(await(archive.called(ALICE, BOB.bare(), "twin", 2)))
                .extracting(Archived::id)
                .containsExactly(id(4), id(3));
    }

    @Test
    void a_tombstone_takes_the_place_of_a_message() throws Exception {
        append(3);
        var tombstone =
                Element.of("message", "jabber:client").with(Element.of("retracted", "urn:xmpp:message-retract:1"));

        assertThat(await(archive.replace(ALICE, id(1), tombstone))).isTrue();
        assertThat(await(archive.replace(ALICE, id(9), tombstone))).isFalse();

        assertThat(page(ArchiveQuery.ALL, ArchiveSlice.first(10)).messages())
                .extracting(Archived::stanza)
                .containsExactly(stanza(0), tombstone, stanza(2));
    }

    @Test
    void an_id_is_used_once_per_owner() throws Exception {
        await(archive.append(ALICE, message(1)));
        await(archive.append(BOB.bare(), message(1)));
        var again = archive.append(ALICE, message(1));
        var other = archive.append(ALICE, message(2));

        assertThatThrownBy(() -> await(again)).hasCauseInstanceOf(IllegalStateException.class);
        await(other);
        assertThat(seconds(ArchiveQuery.ALL, ArchiveSlice.first(10))).containsExactly(1, 2);
    }

    @Test
    void whoever_appends_at_the_same_time_all_is_kept() throws Exception {
        var ids = new ArchiveIds(Clock.fixed(NOON, ZoneOffset.UTC), 0, Optional.empty());

        together(() -> {
            for (int i = 0; i < 50; i++) {
                await(archive.append(ALICE, new Archived(ids.next(), BOB, Optional.empty(), stanza(i))));
            }
            return true;
        });

        var all = page(ArchiveQuery.ALL, ArchiveSlice.first(1000).counting());
        assertThat(all.messages())
                .hasSize(400)
                .isSortedAccordingTo((one, other) -> one.id().compareTo(other.id()));
        assertThat(all.count()).contains(new ArchivePage.Count(400, 0));
    }

    // ---- pages

    @Test
    void pages_go_forwards_until_nothing_is_left() throws Exception {
        append(5);

        var first = page(ArchiveQuery.ALL, ArchiveSlice.first(2));
        assertThat(seconds(first)).containsExactly(0, 1);
        assertThat(first.complete()).isFalse();
        assertThat(first.count()).isEmpty();
        assertThat(seconds(ArchiveQuery.ALL, ArchiveSlice.after(id(1), 2))).containsExactly(2, 3);
        var last = page(ArchiveQuery.ALL, ArchiveSlice.after(id(3), 2));
        assertThat(seconds(last)).containsExactly(4);
        assertThat(last.complete()).isTrue();
    }

    @Test
    void pages_go_backwards_until_nothing_is_left() throws Exception {
        append(5);

        var last = page(ArchiveQuery.ALL, ArchiveSlice.last(2));
        assertThat(seconds(last)).containsExactly(3, 4);
        assertThat(last.complete()).isFalse();
        assertThat(seconds(ArchiveQuery.ALL, ArchiveSlice.before(id(3), 2))).containsExactly(1, 2);
        var first = page(ArchiveQuery.ALL, ArchiveSlice.before(id(1), 2));
        assertThat(seconds(first)).containsExactly(0);
        assertThat(first.complete()).isTrue();
    }

    @Test
    void a_page_that_takes_exactly_what_is_left_is_the_last() throws Exception {
        append(4);

        assertThat(page(ArchiveQuery.ALL, ArchiveSlice.first(4)).complete()).isTrue();
        assertThat(page(ArchiveQuery.ALL, ArchiveSlice.last(4)).complete()).isTrue();
    }

    @Test
    void a_page_is_found_by_its_index_and_says_where_it_is() throws Exception {
        append(6);

        var page = page(ArchiveQuery.ALL, ArchiveSlice.from(3, 2).counting());

        assertThat(seconds(page)).containsExactly(3, 4);
        assertThat(page.count()).contains(new ArchivePage.Count(6, 3));
    }

    @Test
    void no_message_at_all_may_be_wanted_but_their_number() throws Exception {
        append(3);

        var page = page(ArchiveQuery.ALL.with(BOB), ArchiveSlice.first(0).counting());

        assertThat(page.messages()).isEmpty();
        assertThat(page.complete()).isFalse();
        assertThat(page.count()).contains(new ArchivePage.Count(2, 0));
    }

    @Test
    void an_archive_without_messages_has_an_empty_page() throws Exception {
        var page = page(ArchiveQuery.ALL, ArchiveSlice.last(10).counting());

        assertThat(page.messages()).isEmpty();
        assertThat(page.complete()).isTrue();
        assertThat(page.count()).contains(new ArchivePage.Count(0, 0));
    }

    @Test
    void ids_that_are_not_there_are_no_empty_page() throws Exception {
        append(2);
        await(archive.append(BOB.bare(), message(9)));

        for (var query : List.of(
                ArchiveQuery.ALL.after(id(9)),
                ArchiveQuery.ALL.before(id(9)),
                ArchiveQuery.ALL.only(Set.of(id(0), id(9))))) {
            assertThat(await(archive.page(ALICE, query, ArchiveSlice.first(10))))
                    .isEmpty();
        }
        assertThat(await(archive.page(ALICE, ArchiveQuery.ALL, ArchiveSlice.after(id(9), 1))))
                .isEmpty();
        assertThat(await(archive.page(ALICE, ArchiveQuery.ALL, ArchiveSlice.before(id(9), 1))))
                .isEmpty();
    }

    // ---- filters

    @Test
    void a_bare_jid_stands_for_its_resources_and_a_full_one_for_itself() throws Exception {
        append(4);

        assertThat(seconds(ArchiveQuery.ALL.with(BOB.bare()), ArchiveSlice.first(10)))
                .containsExactly(0, 2);
        assertThat(seconds(ArchiveQuery.ALL.with(KATE), ArchiveSlice.first(10))).containsExactly(1, 3);
        assertThat(seconds(ArchiveQuery.ALL.with(KATE.withResource("window")), ArchiveSlice.first(10)))
                .isEmpty();
    }

    @Test
    void start_and_end_belong_to_what_they_bound() throws Exception {
        append(6);
        var from = ArchiveQuery.ALL.from(NOON.plusSeconds(2));

        assertThat(seconds(from, ArchiveSlice.first(10))).containsExactly(2, 3, 4, 5);
        assertThat(seconds(from.until(NOON.plusSeconds(4)), ArchiveSlice.first(10)))
                .containsExactly(2, 3, 4);
        assertThat(seconds(ArchiveQuery.ALL.from(NOON.plusSeconds(2).plusNanos(1)), ArchiveSlice.first(1)))
                .containsExactly(3);
    }

    @Test
    void what_is_after_and_before_a_message_leaves_it_out() throws Exception {
        append(6);

        assertThat(seconds(ArchiveQuery.ALL.after(id(1)).before(id(4)), ArchiveSlice.last(10)))
                .containsExactly(2, 3);
    }

    @Test
    void named_messages_come_in_the_order_of_the_archive() throws Exception {
        append(6);

        assertThat(seconds(ArchiveQuery.ALL.only(Set.of(id(5), id(0), id(3))), ArchiveSlice.first(10)))
                .containsExactly(0, 3, 5);
    }

    @Test
    void filters_hold_together_with_pages_and_counts() throws Exception {
        append(10);
        var query = ArchiveQuery.ALL.with(BOB).from(NOON.plusSeconds(1));

        var page = page(query, ArchiveSlice.after(id(3), 2).counting());

        assertThat(seconds(page)).containsExactly(4, 6);
        assertThat(page.complete()).isFalse();
        assertThat(page.count()).contains(new ArchivePage.Count(4, 1));
    }

    @Test
    void what_begins_with_a_message_and_ends_with_one_has_both() throws Exception {
        append(6);

        assertThat(seconds(ArchiveQuery.ALL.from(id(1)).to(id(4)), ArchiveSlice.first(10)))
                .containsExactly(1, 2, 3, 4);
        assertThat(await(archive.page(ALICE, ArchiveQuery.ALL.from(id(9)), ArchiveSlice.first(10))))
                .isEmpty();
        assertThat(await(archive.page(ALICE, ArchiveQuery.ALL.to(id(9)), ArchiveSlice.first(10))))
                .isEmpty();
    }

    @Test
    void a_search_wants_all_its_words_in_any_order_and_in_capitals_or_not() throws Exception {
        append(3);

        assertThat(seconds(ArchiveQuery.ALL.saying("EIN  <2> Second"), ArchiveSlice.first(10)))
                .containsExactly(2);
        assertThat(seconds(ArchiveQuery.ALL.saying("sec \uD83D\uDE00"), ArchiveSlice.first(10)))
                .containsExactly(0, 1, 2);
        assertThat(seconds(ArchiveQuery.ALL.saying("second third"), ArchiveSlice.first(10)))
                .isEmpty();
        assertThat(seconds(ArchiveQuery.ALL.saying("s%d _"), ArchiveSlice.first(10)))
                .isEmpty();
    }

    @Test
    void what_was_taken_back_is_not_found_by_what_it_said() throws Exception {
        append(2);

        await(archive.replace(ALICE, id(1), Element.of("message", "jabber:client")));

        assertThat(seconds(ArchiveQuery.ALL.saying("second"), ArchiveSlice.first(10)))
                .containsExactly(0);
    }

    @Test
    void what_was_said_in_rooms_can_be_left_out() throws Exception {
        append(2);
        await(archive.append(
                ALICE, new Archived(id(2), KATE, Optional.empty(), stanza(2).with("type", "groupchat"))));

        var page =
                page(ArchiveQuery.ALL.withoutGroupchat(), ArchiveSlice.first(10).counting());

        assertThat(seconds(page)).containsExactly(0, 1);
        assertThat(page.count()).contains(new ArchivePage.Count(2, 0));
        assertThat(seconds(ArchiveQuery.ALL, ArchiveSlice.first(10))).containsExactly(0, 1, 2);
    }

    @Test
    void an_archive_knows_its_ends() throws Exception {
        assertThat(await(archive.ends(ALICE))).isEmpty();
        append(3);
        assertThat(await(archive.ends(ALICE))).containsExactly(id(0), id(2));
    }

    // ---- forgetting

    @Test
    void what_is_too_old_goes_from_all_archives_a_bounded_number_at_a_time() throws Exception {
        append(6);
        await(archive.append(BOB.bare(), message(10)));
        var limit = NOON.plusSeconds(4);

        assertThat(await(archive.purge(limit, 3))).isEqualTo(3);
        assertThat(seconds(ArchiveQuery.ALL, ArchiveSlice.first(10))).containsExactly(3, 4, 5);
        assertThat(await(archive.purge(limit, 3))).isEqualTo(1);
        assertThat(await(archive.purge(limit, 3))).isZero();
        assertThat(await(archive.find(BOB.bare(), id(10)))).isPresent();
    }

    @Test
    void an_archive_is_cut_to_its_newest_messages() throws Exception {
        append(6);

        assertThat(await(archive.trim(ALICE, 2))).isEqualTo(4);
        assertThat(await(archive.trim(ALICE, 2))).isZero();
        assertThat(seconds(ArchiveQuery.ALL, ArchiveSlice.first(10))).containsExactly(4, 5);
    }

    @Test
    void what_was_appended_before_its_owner_is_removed_goes_too() throws Exception {
        await(archive.append(BOB.bare(), message(1)));
        IntStream.range(0, 100).forEach(second -> archive.append(ALICE, message(second)));

        assertThat(await(stores.remove(ALICE))).isFalse();

        assertThat(await(archive.ends(ALICE))).isEmpty();
        assertThat(await(archive.ends(BOB.bare()))).containsExactly(id(1), id(1));
    }

    // ---- ids

    @Test
    void ids_go_on_from_the_newest_even_if_the_clock_was_set_back() throws Exception {
        append(3);

        var newest = await(archive.newest());
        var ids = new ArchiveIds(Clock.fixed(NOON.minusSeconds(3600), ZoneOffset.UTC), 5, newest);

        assertThat(newest).contains(id(2));
        assertThat(ids.next()).isGreaterThan(id(2));
    }
}
