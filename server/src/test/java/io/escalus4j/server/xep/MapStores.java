package io.escalus4j.server.xep;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.Accounts;
import io.escalus4j.server.store.BlockLists;
import io.escalus4j.server.store.Credentials;
import io.escalus4j.server.store.Documents;
import io.escalus4j.server.store.LastSeen;
import io.escalus4j.server.store.OfflineMessages;
import io.escalus4j.server.store.RosterItem;
import io.escalus4j.server.store.Rosters;
import io.escalus4j.server.store.Stores;
import io.escalus4j.server.xmpp.Jid;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** Maps, where modules under test want stores. Confined to one thread. */
final class MapStores implements Stores {
    private final Accounts accounts = new MapAccounts();
    private final Rosters rosters = new MapRosters();
    private final Documents privateStorage = new MapDocuments();
    private final Documents vcards = new MapDocuments();
    private final LastSeen lastSeen = new MapLastSeen();

    @Override
    public Accounts accounts() {
        return accounts;
    }

    @Override
    public Rosters rosters() {
        return rosters;
    }

    @Override
    public OfflineMessages offline() {
        throw new UnsupportedOperationException("no module here has offline messages");
    }

    @Override
    public Documents privateStorage() {
        return privateStorage;
    }

    @Override
    public Documents vcards() {
        return vcards;
    }

    @Override
    public BlockLists blockLists() {
        throw new UnsupportedOperationException("no module here has block lists");
    }

    @Override
    public LastSeen lastSeen() {
        return lastSeen;
    }

    @Override
    public void close() {}

    private static final class MapAccounts implements Accounts {
        private final Map<Jid, Credentials> known = new HashMap<>();

        @Override
        public CompletionStage<Boolean> create(Jid account, Credentials credentials) {
            return completedFuture(known.putIfAbsent(account, credentials) == null);
        }

        @Override
        public CompletionStage<Boolean> exists(Jid account) {
            return completedFuture(known.containsKey(account));
        }

        @Override
        public CompletionStage<Optional<Credentials>> credentials(Jid account) {
            return completedFuture(Optional.ofNullable(known.get(account)));
        }

        @Override
        public CompletionStage<Boolean> change(Jid account, Credentials credentials) {
            return completedFuture(known.replace(account, credentials) != null);
        }

        @Override
        public CompletionStage<Boolean> remove(Jid account) {
            return completedFuture(known.remove(account) != null);
        }

        @Override
        public CompletionStage<List<Jid>> all(String domain) {
            return completedFuture(known.keySet().stream()
                    .filter(jid -> jid.domain().equals(domain))
                    .toList());
        }
    }

    private static final class MapRosters implements Rosters {
        private final Map<Jid, Map<Jid, RosterItem>> known = new HashMap<>();

        @Override
        public CompletionStage<List<RosterItem>> of(Jid account) {
            return completedFuture(List.copyOf(items(account).values()));
        }

        @Override
        public CompletionStage<Optional<RosterItem>> find(Jid account, Jid contact) {
            return completedFuture(Optional.ofNullable(items(account).get(contact)));
        }

        @Override
        public CompletionStage<Change> update(Jid account, Jid contact, UnaryOperator<Optional<RosterItem>> change) {
            var before = Optional.ofNullable(items(account).get(contact));
            var after = change.apply(before);
            after.ifPresentOrElse(
                    item -> items(account).put(contact, item),
                    () -> items(account).remove(contact));
            return completedFuture(new Change(before, after));
        }

        @Override
        public CompletionStage<Void> clear(Jid account) {
            known.remove(account);
            return completedFuture(null);
        }

        private Map<Jid, RosterItem> items(Jid account) {
            return known.computeIfAbsent(account, owner -> new HashMap<>());
        }
    }

    private static final class MapDocuments implements Documents {
        private final Map<Jid, Map<String, Element>> known = new HashMap<>();

        @Override
        public CompletionStage<Optional<Element>> find(Jid account, String key) {
            return completedFuture(Optional.ofNullable(of(account).get(key)));
        }

        @Override
        public CompletionStage<Boolean> put(Jid account, String key, Element document, int limit) {
            boolean fits = of(account).containsKey(key) || of(account).size() < limit;
            if (fits) {
                of(account).put(key, document);
            }
            return completedFuture(fits);
        }

        @Override
        public CompletionStage<Void> remove(Jid account, String key) {
            of(account).remove(key);
            return completedFuture(null);
        }

        @Override
        public CompletionStage<Void> clear(Jid account) {
            known.remove(account);
            return completedFuture(null);
        }

        private Map<String, Element> of(Jid account) {
            return known.computeIfAbsent(account, owner -> new HashMap<>());
        }
    }

    private static final class MapLastSeen implements LastSeen {
        private final Map<Jid, Departure> known = new HashMap<>();

        @Override
        public CompletionStage<Optional<Departure>> of(Jid account) {
            return completedFuture(Optional.ofNullable(known.get(account)));
        }

        @Override
        public CompletionStage<Void> put(Jid account, Departure departure) {
            known.put(account, departure);
            return completedFuture(null);
        }

        @Override
        public CompletionStage<Void> clear(Jid account) {
            known.remove(account);
            return completedFuture(null);
        }
    }
}
