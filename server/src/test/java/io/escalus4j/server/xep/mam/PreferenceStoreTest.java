package io.escalus4j.server.xep.mam;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.Documents;
import io.escalus4j.server.store.memory.MemoryStores;
import io.escalus4j.server.xmpp.Jid;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What is in memory is what is in the store, however slow that is to say what it had. */
class PreferenceStoreTest {
    private static final Jid ALICE = Jid.of("alice@localhost");
    private static final Preferences NEVER = new Preferences(Policy.NEVER, Set.of(), Set.of());

    private final MemoryStores memory = new MemoryStores();
    private final SlowToTell slow = new SlowToTell(memory.archivePreferences());
    private final PreferenceStore store = new PreferenceStore(slow, memory.rosters(), Policy.ALWAYS);

    /** Reads at once, and says later what it has read. */
    private static final class SlowToTell implements Documents {
        private final Documents real;
        private CompletableFuture<Void> told = CompletableFuture.completedFuture(null);

        SlowToTell(Documents real) {
            this.real = real;
        }

        @Override
        public CompletionStage<Optional<Element>> find(Jid account, String key) {
            var found = real.find(account, key);
            return told.thenCompose(now -> found);
        }

        @Override
        public CompletionStage<Map<String, Element>> of(Jid account) {
            return real.of(account);
        }

        @Override
        public CompletionStage<Boolean> put(Jid account, String key, Element document, int limit) {
            return real.put(account, key, document, limit);
        }

        @Override
        public CompletionStage<Void> remove(Jid account, String key) {
            return real.remove(account, key);
        }
    }

    private static <T> T now(CompletionStage<T> stage) {
        assertThat(stage.toCompletableFuture()).isDone();
        return stage.toCompletableFuture().join();
    }

    @Test
    void what_was_read_before_a_change_does_not_count_after_it() {
        slow.told = new CompletableFuture<>();
        var reading = store.of(ALICE);
        var changing = store.put(ALICE, NEVER);

        slow.told.complete(null);

        assertThat(now(reading)).isEqualTo(Preferences.standard(Policy.ALWAYS));
        assertThat(now(changing)).isEqualTo(NEVER);
        assertThat(now(store.of(ALICE))).isEqualTo(NEVER);
        assertThat(now(store.wants(ALICE, Jid.of("bob@localhost")))).isFalse();
    }

    @Test
    void a_new_account_of_an_old_name_has_nothing_of_the_old_one() {
        now(store.put(ALICE, NEVER));
        now(store.forget(ALICE));
        slow.told = new CompletableFuture<>();
        var reading = store.of(ALICE);
        var removing = store.remove(ALICE);

        slow.told.complete(null);

        now(reading);
        now(removing);
        assertThat(now(store.of(ALICE))).isEqualTo(Preferences.standard(Policy.ALWAYS));
    }
}
