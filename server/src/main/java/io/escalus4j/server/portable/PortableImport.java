package io.escalus4j.server.portable;

import io.escalus4j.exml.Element;
import io.escalus4j.server.auth.Passwords;
import io.escalus4j.server.store.Credentials;
import io.escalus4j.server.store.Stores;
import io.escalus4j.server.xmpp.Jid;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Makes accounts from a file of XEP-0227. Everything is checked before anything is kept; an account is made when all that
 * belongs to it is there, so one that an import has left unfinished does not exist, and the import can be run again.
 */
public final class PortableImport {
    private final Stores stores;
    private final Passwords passwords;
    private final Set<String> domains;
    private final Consumer<String> notes;
    private final List<Account> accounts = new ArrayList<>();

    private record Account(
            Jid jid, Credentials credentials, Optional<String> password, List<Supplier<CompletionStage<?>>> steps) {}

    private PortableImport(Stores stores, Passwords passwords, Set<String> domains, Consumer<String> notes) {
        this.stores = stores;
        this.passwords = passwords;
        this.domains = domains;
        this.notes = notes;
    }

    /**
     * Imports all users of a file; returns who they are.
     *
     * <p>The stage fails with {@link IllegalArgumentException} if one of them has an account already; nothing is imported then.
     *
     * @param domains that are served; others are imported too, and noted
     * @param notes hears of what is in the file and is not imported, with its place
     * @throws IllegalArgumentException if the file is not as it should be: its name, the line, what is there, what is allowed
     */
    public static CompletionStage<List<Jid>> of(
            Path file, Stores stores, Passwords passwords, Set<String> domains, Consumer<String> notes) {
        var run = new PortableImport(stores, passwords, domains, notes);
        PortableFile.read(file).users().forEach(run::check);
        return run.all();
    }

    // ---- looking

    private void check(PortableFile.User user) {
        var file = user.file();
        Jid jid = Jid.parse(file.required(user.element(), "name") + '@' + user.host())
                .filter(it -> it.isBare() && !it.isDomain())
                .orElseThrow(() -> file.wrong(
                        user.element(),
                        "'%s@%s' is no account, allowed is a JID as in juliet@capulet.com (XEP-0227 section 4.2)",
                        user.element().attribute("name", ""),
                        user.host()));
        if (accounts.stream().anyMatch(other -> other.jid().equals(jid))) {
            throw file.wrong(user.element(), "%s is there twice, each account may be there once", jid);
        }
        if (!domains.contains(jid.domain())) {
            notes.accept("%s: %s is not served, served are %s"
                    .formatted(file.place(user.element()), jid.domain(), String.join(", ", domains)));
        }
        Notes skipped = (element, why) -> notes.accept("%s: not imported: %s".formatted(file.place(element), why));
        try {
            accounts.add(account(jid, user.element(), skipped));
        } catch (Portable.Unreadable unreadable) {
            throw file.wrong(unreadable.element(), "%s", unreadable.getMessage());
        }
    }

    private Account account(Jid jid, Element user, Notes skipped) {
        var credentials = CredentialsSection.of(user, skipped);
        var password = user.attribute("password").filter(text -> !text.isEmpty());
        if (credentials.verifiers().isEmpty() && password.isEmpty()) {
            skipped.skipped(user, "no password and no credentials of %s: set one before it can log in".formatted(jid));
        }
        var steps = new ArrayList<Supplier<CompletionStage<?>>>();
        for (Element child : user.elements()) {
            var section =
                    Portable.SECTIONS.stream().filter(one -> one.takes(child)).findFirst();
            section.ifPresentOrElse(
                    one -> steps.add(one.read(stores, jid, child, skipped)),
                    () -> skipped.skipped(child, "<%s xmlns='%s'>".formatted(child.name(), child.namespace())));
        }
        return new Account(jid, credentials, password, steps);
    }

    // ---- keeping

    private CompletionStage<List<Jid>> all() {
        return taken().thenCompose(taken -> {
            if (!taken.isEmpty()) {
                return CompletableFuture.failedFuture(new IllegalArgumentException(
                        "%s: there is an account already, remove it first".formatted(String.join(", ", taken))));
            }
            return Portable.inOrder(accounts, this::keep);
        });
    }

    private CompletionStage<Set<String>> taken() {
        return Portable.<Account, Boolean>inOrder(
                        accounts, account -> stores.accounts().exists(account.jid()))
                .thenApply(there -> {
                    var taken = new HashSet<String>();
                    for (int i = 0; i < accounts.size(); i++) {
                        if (there.get(i)) {
                            taken.add(accounts.get(i).jid().toString());
                        }
                    }
                    return taken;
                });
    }

    /** What an unfinished import has left goes first. */
    private CompletionStage<Jid> keep(Account account) {
        return stores.remove(account.jid())
                .thenCompose(clean -> Portable.inOrder(account.steps(), Supplier::get))
                .thenCompose(kept -> credentials(account))
                .thenCompose(credentials -> stores.accounts().create(account.jid(), credentials))
                .thenApply(made -> account.jid());
    }

    /** A password is turned into what may be kept of it (XEP-0438), unless there are credentials. */
    private CompletionStage<Credentials> credentials(Account account) {
        return account.credentials().verifiers().isEmpty() && account.password().isPresent()
                ? passwords.derive(account.password().get())
                : CompletableFuture.completedFuture(account.credentials());
    }
}
