package io.escalus4j.server.store;

import static io.escalus4j.server.store.Promises.await;
import static io.escalus4j.server.store.Promises.together;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.OfflineMessages.Kept;
import io.escalus4j.server.xmpp.Jid;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link OfflineMessages} must do, on each storage. */
class OfflineMessagesContractTest extends StoreContract {
    private static final Jid ALICE = Jid.of("alice@localhost");
    private static final Jid BOB = Jid.of("bob@localhost");

    private final OfflineMessages offline = stores.offline();

    OfflineMessagesContractTest(Storage storage) {
        super(storage);
    }

    private static Element message(String body) {
        return Element.of("message", "jabber:client")
                .with("xml:lang", "de")
                .with(Element.text("body", "jabber:client", body));
    }

    @Test
    void messages_come_back_whole_and_oldest_first() throws Exception {
        await(offline.add(ALICE, message("<one> & 'ein'"), 10));
        await(offline.add(ALICE, message("two"), 10));

        assertThat(messages(ALICE)).containsExactly(message("<one> & 'ein'"), message("two"));
    }

    private List<Element> messages(Jid account) throws Exception {
        return await(offline.of(account)).stream().map(Kept::message).toList();
    }

    @Test
    void just_what_is_named_is_removed_and_what_came_in_between_stays() throws Exception {
        for (String body : List.of("one", "two", "three")) {
            await(offline.add(ALICE, message(body), 10));
        }
        var read = await(offline.of(ALICE));
        await(offline.add(ALICE, message("four"), 10));

        await(offline.remove(ALICE, List.of(read.get(0).number(), read.get(2).number())));

        assertThat(messages(ALICE)).containsExactly(message("two"), message("four"));
        assertThat(await(offline.count(ALICE))).isEqualTo(2);
    }

    @Test
    void a_number_never_comes_back_and_is_nothing_to_others() throws Exception {
        await(offline.add(ALICE, message("one"), 10));
        var old = await(offline.of(ALICE)).stream().map(Kept::number).toList();
        await(offline.remove(ALICE, old));
        await(offline.add(ALICE, message("two"), 10));

        await(offline.remove(ALICE, old));
        await(offline.remove(
                BOB, await(offline.of(ALICE)).stream().map(Kept::number).toList()));
        await(offline.remove(ALICE, List.of()));

        assertThat(messages(ALICE)).containsExactly(message("two"));
    }

    @Test
    void more_than_the_limit_is_refused_and_nothing_else_is_lost() throws Exception {
        assertThat(await(offline.add(ALICE, message("one"), 2))).isTrue();
        assertThat(await(offline.add(ALICE, message("two"), 2))).isTrue();
        assertThat(await(offline.add(ALICE, message("three"), 2))).isFalse();
        assertThat(await(offline.count(ALICE))).isEqualTo(2);
        assertThat(messages(ALICE)).containsExactly(message("one"), message("two"));
    }

    @Test
    void the_limit_holds_when_many_add_at_once() throws Exception {
        var kept = together(() -> await(offline.add(ALICE, message("me first"), 5)));

        assertThat(kept.stream().filter(done -> done)).hasSize(5);
        assertThat(await(offline.count(ALICE))).isEqualTo(5);
    }

    @Test
    void messages_of_one_account_are_not_those_of_another() throws Exception {
        await(offline.add(ALICE, message("for alice"), 10));
        await(offline.add(BOB, message("for bob"), 10));

        await(stores.remove(ALICE));

        assertThat(messages(ALICE)).isEmpty();
        assertThat(messages(BOB)).containsExactly(message("for bob"));
    }
}
