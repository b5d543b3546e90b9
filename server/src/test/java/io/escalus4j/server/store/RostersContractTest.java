package io.escalus4j.server.store;

import static io.escalus4j.server.store.Promises.await;
import static io.escalus4j.server.store.Promises.together;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.RosterItem.Subscription;
import io.escalus4j.server.xmpp.Jid;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link Rosters} must do, on each storage. */
class RostersContractTest extends StoreContract {
    private static final Jid ALICE = Jid.of("alice@localhost");
    private static final Jid BOB = Jid.of("bob@localhost");
    private static final Jid KATE = Jid.of("kate@localhost");

    private final Rosters rosters = stores.rosters();

    RostersContractTest(Storage storage) {
        super(storage);
    }

    private static RosterItem item(Jid contact) {
        return new RosterItem(
                contact,
                true,
                Optional.of("Bob & co"),
                Set.of("friends", "family"),
                Subscription.BOTH,
                true,
                Optional.of(Element.of("presence", "jabber:client")
                        .with("type", "subscribe")
                        .with(Element.text("status", "jabber:client", "It's me"))),
                true);
    }

    private Rosters.Change put(Jid account, RosterItem item) throws Exception {
        return await(rosters.update(account, item.contact(), before -> Optional.of(item)));
    }

    @Test
    void a_roster_is_empty_at_first() throws Exception {
        assertThat(await(rosters.of(ALICE))).isEmpty();
        assertThat(await(rosters.find(ALICE, BOB))).isEmpty();
    }

    @Test
    void an_item_comes_back_with_everything_it_had() throws Exception {
        put(ALICE, item(BOB));

        assertThat(await(rosters.find(ALICE, BOB))).contains(item(BOB));
        assertThat(await(rosters.of(ALICE))).containsExactly(item(BOB));
    }

    @Test
    void an_update_tells_before_and_after() throws Exception {
        var first = put(ALICE, RosterItem.unknown(BOB));
        var second = put(ALICE, item(BOB));
        var same = put(ALICE, item(BOB));

        assertThat(first).isEqualTo(new Rosters.Change(Optional.empty(), Optional.of(RosterItem.unknown(BOB))));
        assertThat(second).isEqualTo(new Rosters.Change(Optional.of(RosterItem.unknown(BOB)), Optional.of(item(BOB))));
        assertThat(same.isChange()).isFalse();
    }

    @Test
    void an_empty_outcome_removes_the_item() throws Exception {
        put(ALICE, item(BOB));

        var change = await(rosters.update(ALICE, BOB, before -> Optional.empty()));

        assertThat(change).isEqualTo(new Rosters.Change(Optional.of(item(BOB)), Optional.empty()));
        assertThat(await(rosters.of(ALICE))).isEmpty();
    }

    @Test
    void an_update_of_what_is_not_there_may_leave_it_so() throws Exception {
        assertThat(await(rosters.update(ALICE, BOB, before -> before)).isChange())
                .isFalse();
        assertThat(await(rosters.find(ALICE, BOB))).isEmpty();
    }

    @Test
    void no_update_is_lost_when_many_change_one_item() throws Exception {
        put(ALICE, named(BOB, 0));

        together(() -> {
            for (int i = 0; i < 100; i++) {
                await(rosters.update(ALICE, BOB, before -> before.map(RostersContractTest::renamed)));
            }
            return true;
        });

        assertThat(await(rosters.find(ALICE, BOB)).flatMap(RosterItem::name)).contains("800");
    }

    private static RosterItem named(Jid contact, int number) {
        return new RosterItem(
                contact,
                true,
                Optional.of(Integer.toString(number)),
                Set.of(),
                Subscription.NONE,
                false,
                Optional.empty(),
                false);
    }

    private static RosterItem renamed(RosterItem item) {
        return named(item.contact(), Integer.parseInt(item.name().orElseThrow()) + 1);
    }

    @Test
    void rosters_do_not_touch_each_other() throws Exception {
        put(ALICE, item(BOB));
        put(ALICE, item(KATE));
        put(BOB, item(KATE));

        await(stores.remove(ALICE));

        assertThat(await(rosters.of(ALICE))).isEmpty();
        assertThat(await(rosters.of(BOB))).containsExactly(item(KATE));
    }
}
