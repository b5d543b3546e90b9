package io.escalus4j.server.store;

import static io.escalus4j.server.store.Promises.await;
import static io.escalus4j.server.store.Promises.together;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.server.xmpp.Jid;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What every {@link BlockLists} must do, on each storage. */
class BlockListsContractTest extends StoreContract {
    private static final Jid ALICE = Jid.of("alice@localhost");
    private static final Jid BOB = Jid.of("bob@localhost");
    private static final Jid PHONE = Jid.of("kate@example.org/phone");
    private static final Jid DOMAIN = Jid.of("example.com");

    private final BlockLists lists = stores.blockLists();

    BlockListsContractTest(Storage storage) {
        super(storage);
    }

    private static UnaryOperator<Set<Jid>> adding(Jid jid) {
        return known -> {
            var longer = new HashSet<>(known);
            longer.add(jid);
            return longer;
        };
    }

    @Test
    void nobody_is_blocked_at_first() throws Exception {
        assertThat(await(lists.of(ALICE))).isEmpty();
    }

    @Test
    void any_kind_of_address_can_be_blocked() throws Exception {
        var all = Set.of(BOB, PHONE, DOMAIN);

        assertThat(await(lists.update(ALICE, known -> all))).isEqualTo(all);
        assertThat(await(lists.of(ALICE))).isEqualTo(all);
    }

    @Test
    void a_change_sees_what_was_there() throws Exception {
        await(lists.update(ALICE, adding(BOB)));
        await(lists.update(ALICE, adding(PHONE)));

        assertThat(await(lists.of(ALICE))).containsExactlyInAnyOrder(BOB, PHONE);
    }

    @Test
    void a_list_can_be_emptied() throws Exception {
        await(lists.update(ALICE, adding(BOB)));

        assertThat(await(lists.update(ALICE, known -> Set.of()))).isEmpty();
        assertThat(await(lists.of(ALICE))).isEmpty();
    }

    @Test
    void no_change_is_lost_when_many_block_at_once() throws Exception {
        var number = new AtomicInteger();

        together(() ->
                await(lists.update(ALICE, adding(Jid.of("user%d@localhost".formatted(number.incrementAndGet()))))));

        assertThat(await(lists.of(ALICE))).hasSize(8);
    }

    @Test
    void lists_do_not_touch_each_other() throws Exception {
        await(lists.update(ALICE, adding(BOB)));

        assertThat(await(lists.of(BOB))).isEmpty();
    }
}
