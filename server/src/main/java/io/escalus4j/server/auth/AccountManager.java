package io.escalus4j.server.auth;

import io.escalus4j.server.module.Hook;
import io.escalus4j.server.module.Modules;
import io.escalus4j.server.route.Lanes;
import io.escalus4j.server.route.Sessions;
import io.escalus4j.server.store.Accounts;
import io.escalus4j.server.store.Stores;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.StreamError;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Makes, changes and removes accounts with all that belongs to them. Thread-safe. */
public final class AccountManager {
    private final Stores stores;
    private final Accounts accounts;
    private final Passwords passwords;
    private final Sessions sessions;
    private final Modules modules;
    private final Lanes<Jid> lanes;

    /** @param lanes in which modules keep things for accounts, so that none does so while an account goes */
    public AccountManager(Stores stores, Passwords passwords, Sessions sessions, Modules modules, Lanes<Jid> lanes) {
        this.stores = stores;
        this.accounts = stores.accounts();
        this.lanes = lanes;
        this.passwords = passwords;
        this.sessions = sessions;
        this.modules = modules;
    }

    /** {@code false} if the account exists; fails as {@link Passwords#derive} does. */
    public CompletionStage<Boolean> create(Jid account, String password) {
        return passwords.derive(password).thenCompose(credentials -> accounts.create(account, credentials));
    }

    /** {@code false} if there is no such account. */
    public CompletionStage<Boolean> changePassword(Jid account, String password) {
        return passwords
                .derive(password)
                .thenCompose(credentials -> accounts.change(account, credentials))
                .thenCompose(there -> there
                        ? modules.tell(Hook.PASSWORD_CHANGED, account).thenApply(told -> true)
                        : CompletableFuture.completedFuture(false));
    }

    /** Removes the account, has it forgotten and closes its sessions; {@code false} if there is no such account. */
    public CompletionStage<Boolean> remove(Jid account) {
        return forget(account).thenApply(there -> {
            closeSessions(account);
            return there;
        });
    }

    /**
     * Removes the account with all that is kept for it, in one transaction, and tells all modules; its sessions stay.
     * {@code false} if there is no such account.
     */
    public CompletionStage<Boolean> forget(Jid account) {
        return accounts.exists(account)
                .thenCompose(there -> there
                        ? modules.tell(Hook.ACCOUNT_LEAVING, account)
                        : CompletableFuture.<Void>completedFuture(null))
                .thenCompose(left -> lanes.run(account, () -> withItsContacts(account)))
                .thenCompose(removed -> removed.map(
                                gone -> modules.tell(Hook.ACCOUNT_REMOVED, gone).thenApply(told -> true))
                        .orElseGet(() -> CompletableFuture.completedFuture(false)));
    }

    private CompletionStage<Optional<Hook.Removed>> withItsContacts(Jid account) {
        return stores.rosters()
                .of(account)
                .thenCompose(contacts -> stores.remove(account)
                        .thenApply(
                                there -> there ? Optional.of(new Hook.Removed(account, contacts)) : Optional.empty()));
    }

    /** Ends what is left of a forgotten account (XEP-0077 section 3.2). */
    public void closeSessions(Jid account) {
        var gone = StreamError.of(StreamError.Condition.NOT_AUTHORIZED, "the account was removed");
        sessions.of(account).forEach(session -> session.close(gone));
    }
}
