package io.escalus4j.server.store;

import static io.escalus4j.server.store.Promises.await;
import static io.escalus4j.server.store.Promises.together;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.server.xmpp.Jid;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link Accounts} must do, on each storage. */
class AccountsContractTest extends StoreContract {
    private static final Jid ALICE = Jid.of("alice@localhost");
    private static final Credentials OLD = credentials("old");
    private static final Credentials NEW = credentials("new");

    private final Accounts accounts = stores.accounts();

    AccountsContractTest(Storage storage) {
        super(storage);
    }

    private static Credentials credentials(String salt) {
        byte[] bytes = salt.getBytes();
        return new Credentials(List.of(new Credentials.Scram("SHA-256", bytes, 4096, bytes, bytes)));
    }

    @Test
    void an_account_exists_from_its_creation_on() throws Exception {
        assertThat(await(accounts.exists(ALICE))).isFalse();
        assertThat(await(accounts.create(ALICE, OLD))).isTrue();
        assertThat(await(accounts.exists(ALICE))).isTrue();
    }

    @Test
    void credentials_come_back_as_they_were_given() throws Exception {
        await(accounts.create(ALICE, OLD));

        var kept = await(accounts.credentials(ALICE)).orElseThrow().verifiers().get(0);

        assertThat(kept).usingRecursiveComparison().isEqualTo(OLD.verifiers().get(0));
    }

    @Test
    void an_account_is_created_once_and_keeps_its_first_credentials() throws Exception {
        await(accounts.create(ALICE, OLD));

        assertThat(await(accounts.create(ALICE, NEW))).isFalse();
        assertThat(salt(ALICE)).isEqualTo("old");
    }

    @Test
    void of_many_who_create_the_same_account_just_one_succeeds() throws Exception {
        assertThat(together(() -> await(accounts.create(ALICE, OLD)))).containsOnlyOnce(true);
    }

    @Test
    void accounts_of_a_domain_are_counted_and_listed_in_their_order() throws Exception {
        for (String jid : List.of("c@localhost", "a@localhost", "b@localhost", "d@example.org")) {
            await(accounts.create(Jid.of(jid), OLD));
        }

        assertThat(await(accounts.count("localhost"))).isEqualTo(3);
        assertThat(await(accounts.count("example.net"))).isZero();
        assertThat(await(accounts.all("localhost"))).extracting(Jid::local).containsExactly("a", "b", "c");
        assertThat(await(accounts.first("localhost", 2))).extracting(Jid::local).containsExactly("a", "b");
    }

    @Test
    void credentials_change_where_there_is_an_account() throws Exception {
        await(accounts.create(ALICE, OLD));

        assertThat(await(accounts.change(ALICE, NEW))).isTrue();
        assertThat(salt(ALICE)).isEqualTo("new");
    }

    @Test
    void credentials_that_are_known_are_replaced_and_others_are_not() throws Exception {
        await(accounts.create(ALICE, OLD));

        assertThat(await(accounts.replace(ALICE, NEW, NEW))).isFalse();
        assertThat(salt(ALICE)).isEqualTo("old");
        assertThat(await(accounts.replace(ALICE, OLD, NEW))).isTrue();
        assertThat(salt(ALICE)).isEqualTo("new");
        assertThat(await(accounts.replace(ALICE, OLD, OLD))).isFalse();
    }

    @Test
    void a_change_makes_no_account() throws Exception {
        assertThat(await(accounts.change(ALICE, NEW))).isFalse();
        assertThat(await(accounts.exists(ALICE))).isFalse();
        assertThat(await(accounts.credentials(ALICE))).isEmpty();
    }

    @Test
    void a_removed_account_is_gone_and_can_be_created_anew() throws Exception {
        await(accounts.create(ALICE, OLD));

        assertThat(await(stores.remove(ALICE))).isTrue();
        assertThat(await(accounts.exists(ALICE))).isFalse();
        assertThat(await(stores.remove(ALICE))).isFalse();
        assertThat(await(accounts.create(ALICE, NEW))).isTrue();
    }

    @Test
    void accounts_are_listed_by_domain() throws Exception {
        var bob = Jid.of("bob@localhost");
        await(accounts.create(ALICE, OLD));
        await(accounts.create(bob, OLD));
        await(accounts.create(Jid.of("alice@example.org"), OLD));

        assertThat(await(accounts.all("localhost"))).containsExactlyInAnyOrder(ALICE, bob);
        assertThat(await(accounts.all("nowhere"))).isEmpty();
    }

    private String salt(Jid account) throws Exception {
        return new String(await(accounts.credentials(account))
                .orElseThrow()
                .verifiers()
                .get(0)
                .salt());
    }
}
