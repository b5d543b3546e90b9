package io.escalus4j.users;

import io.escalus4j.Jid;
import io.escalus4j.wire.Credentials;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Accounts that somebody else made. They are lent to one story at a time. Thread-safe. */
final class Fixed implements Provisioner {
    private final Map<String, Credentials> accounts;
    private final Set<Jid> lent = ConcurrentHashMap.newKeySet();

    Fixed(Map<String, Credentials> accounts) {
        this.accounts = new TreeMap<>(accounts);
    }

    @Override
    public void check() {
        if (accounts.isEmpty()) {
            throw new ProvisioningException("there are no fixed accounts, at least one must be given");
        }
    }

    @Override
    public User cast(String role, String domain, FreshNames fresh) {
        Credentials account = Optional.ofNullable(accounts.get(role))
                .orElseThrow(() -> new ProvisioningException(
                        "there is no fixed account for '%s', there are %s".formatted(role, accounts.keySet())));
        return new User(role, Jid.of(account.username(), domain), account.password());
    }

    @Override
    public void create(User user) {
        if (!lent.add(user.jid())) {
            throw new ProvisioningException(
                    "the fixed account of %s is in use by another story, they must run one after the other"
                            .formatted(user));
        }
    }

    @Override
    public void delete(User user) {
        lent.remove(user.jid());
    }
}
