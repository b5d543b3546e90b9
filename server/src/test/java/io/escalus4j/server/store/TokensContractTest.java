package io.escalus4j.server.store;

import static io.escalus4j.server.store.Promises.await;
import static io.escalus4j.server.store.Promises.together;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.server.store.Tokens.Token;
import io.escalus4j.server.xmpp.Jid;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link Tokens} must do, on each storage. */
class TokensContractTest extends StoreContract {
    private static final Jid ALICE = Jid.of("alice@localhost");
    private static final Jid BOB = Jid.of("bob@localhost");
    private static final String PHONE = "d4565fa7-4d72-4749-b3d3-740edbf87770";
    private static final String LAPTOP = "7b0a9c0e-0c3e-4a0a-8d55-0d9a2d0d7f11";

    private final Tokens tokens = stores.tokens();

    TokensContractTest(Storage storage) {
        super(storage);
    }

    /** The {@code day}th of 2030 is the last of it. */
    private static Token token(int day) {
        byte[] hash = new byte[32];
        hash[0] = (byte) day;
        return new Token("HT-SHA-256-NONE", hash, Instant.parse("2030-01-%02dT00:00:00Z".formatted(day)));
    }

    private List<String> names(Jid account, String client) throws Exception {
        return await(tokens.of(account, client)).stream().map(Token::name).toList();
    }

    private void offer(Jid account, String client, Token token) throws Exception {
        await(tokens.offer(account, client, token, 3));
    }

    @Test
    void a_token_comes_back_as_it_was() throws Exception {
        offer(ALICE, PHONE, token(1));

        var found = await(tokens.of(ALICE, PHONE)).get(0);

        assertThat(found.hash()).isEqualTo(token(1).hash());
        assertThat(found.mechanism()).isEqualTo("HT-SHA-256-NONE");
        assertThat(found.expiry()).isEqualTo(token(1).expiry());
    }

    @Test
    void a_token_is_for_one_client_of_one_account() throws Exception {
        offer(ALICE, PHONE, token(1));

        assertThat(names(ALICE, LAPTOP)).isEmpty();
        assertThat(names(BOB, PHONE)).isEmpty();
        assertThat(await(tokens.use(ALICE, LAPTOP, token(1), 0))).isFalse();
    }

    @Test
    void a_new_token_leaves_the_one_in_use_valid_until_it_is_used_itself() throws Exception {
        offer(ALICE, PHONE, token(1));
        assertThat(await(tokens.use(ALICE, PHONE, token(1), 0))).isTrue();
        offer(ALICE, PHONE, token(2));
        assertThat(names(ALICE, PHONE)).containsExactly(token(2).name(), token(1).name());

        assertThat(await(tokens.use(ALICE, PHONE, token(1), 0))).isTrue();
        assertThat(await(tokens.use(ALICE, PHONE, token(2), 0))).isTrue();

        assertThat(names(ALICE, PHONE)).containsExactly(token(2).name());
        assertThat(await(tokens.use(ALICE, PHONE, token(1), 0))).isFalse();
    }

    @Test
    void a_newer_token_replaces_one_that_was_never_used() throws Exception {
        offer(ALICE, PHONE, token(1));
        offer(ALICE, PHONE, token(2));

        assertThat(names(ALICE, PHONE)).containsExactly(token(2).name());
    }

    @Test
    void a_count_must_grow() throws Exception {
        offer(ALICE, PHONE, token(1));

        assertThat(await(tokens.use(ALICE, PHONE, token(1), 7))).isTrue();
        assertThat(await(tokens.use(ALICE, PHONE, token(1), 7))).isFalse();
        assertThat(await(tokens.use(ALICE, PHONE, token(1), 6))).isFalse();
        assertThat(await(tokens.use(ALICE, PHONE, token(1), 0))).isTrue();
        assertThat(await(tokens.use(ALICE, PHONE, token(1), 7))).isFalse();
        assertThat(await(tokens.use(ALICE, PHONE, token(1), 8))).isTrue();
    }

    @Test
    void of_many_who_replay_one_count_only_one_gets_in() throws Exception {
        offer(ALICE, PHONE, token(1));

        assertThat(together(() -> await(tokens.use(ALICE, PHONE, token(1), 1)))).containsOnlyOnce(true);
    }

    @Test
    void what_is_removed_is_gone_and_nothing_else() throws Exception {
        offer(ALICE, PHONE, token(1));
        offer(ALICE, LAPTOP, token(2));

        await(tokens.remove(ALICE, PHONE, token(1)));

        assertThat(names(ALICE, PHONE)).isEmpty();
        assertThat(names(ALICE, LAPTOP)).containsExactly(token(2).name());
    }

    @Test
    void all_of_an_account_are_cleared() throws Exception {
        offer(ALICE, PHONE, token(1));
        offer(ALICE, LAPTOP, token(2));
        offer(BOB, PHONE, token(3));

        await(tokens.clear(ALICE));

        assertThat(names(ALICE, PHONE)).isEmpty();
        assertThat(names(ALICE, LAPTOP)).isEmpty();
        assertThat(names(BOB, PHONE)).hasSize(1);
    }

    @Test
    void an_account_that_is_removed_leaves_no_token() throws Exception {
        offer(ALICE, PHONE, token(1));

        await(stores.remove(ALICE));

        assertThat(names(ALICE, PHONE)).isEmpty();
    }

    @Test
    void with_one_client_too_many_the_one_whose_tokens_end_first_is_forgotten() throws Exception {
        offer(ALICE, "a", token(5));
        offer(ALICE, "b", token(2));
        offer(ALICE, "c", token(9));

        offer(ALICE, "d", token(1));

        assertThat(names(ALICE, "b")).isEmpty();
        assertThat(names(ALICE, "a")).hasSize(1);
        assertThat(names(ALICE, "c")).hasSize(1);
        assertThat(names(ALICE, "d")).hasSize(1);
    }
}
