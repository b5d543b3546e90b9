package io.escalus4j.server.store.memory;

import io.escalus4j.server.store.Accounts;
import io.escalus4j.server.store.Credentials;
import io.escalus4j.server.xmpp.Jid;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

final class MemoryAccounts implements Accounts, Forgetting {
    private final ConcurrentHashMap<Jid, Credentials> accounts = new ConcurrentHashMap<>();

    @Override
    public CompletionStage<Boolean> create(Jid account, Credentials credentials) {
        return CompletableFuture.completedFuture(accounts.putIfAbsent(account, credentials) == null);
    }

    @Override
    public CompletionStage<Boolean> exists(Jid account) {
        return CompletableFuture.completedFuture(accounts.containsKey(account));
    }

    @Override
    public CompletionStage<Optional<Credentials>> credentials(Jid account) {
        return CompletableFuture.completedFuture(Optional.ofNullable(accounts.get(account)));
    }

    @Override
    public CompletionStage<Boolean> change(Jid account, Credentials credentials) {
        return CompletableFuture.completedFuture(accounts.replace(account, credentials) != null);
    }

    @Override
    public CompletionStage<Boolean> replace(Jid account, Credentials known, Credentials credentials) {
        return CompletableFuture.completedFuture(accounts.replace(account, known, credentials));
    }

    @Override
    public CompletionStage<List<Jid>> all(String domain) {
        return first(domain, Integer.MAX_VALUE);
    }

    @Override
    public CompletionStage<List<Jid>> first(String domain, int most) {
        return CompletableFuture.completedFuture(of(domain)
                .sorted(Comparator.comparing(Jid::toString))
                .limit(most)
                .toList());
    }

    @Override
    public CompletionStage<Integer> count(String domain) {
        return CompletableFuture.completedFuture((int) of(domain).count());
    }

    private Stream<Jid> of(String domain) {
        return accounts.keySet().stream().filter(account -> account.domain().equals(domain));
    }

    @Override
    public void forget(Jid owner) {
        accounts.remove(owner);
    }
}
