package io.escalus4j.server;

import io.escalus4j.exml.Element;
import io.escalus4j.server.config.ServerConfig;
import io.escalus4j.server.net.Tls;
import io.escalus4j.server.portable.Portable;
import io.escalus4j.server.portable.PortableImport;
import io.escalus4j.server.store.Stores;
import io.escalus4j.server.store.sql.SqlStores;
import io.escalus4j.server.time.Hops;
import io.escalus4j.server.xmpp.Jid;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The accounts of a server that does not run, by the same modules and in the same storage: what an operator does from the
 * command line. Every method returns when it is done. Thread-safe.
 *
 * <pre>{@code
 * try (var accounts = Maintenance.open(options)) {
 *     accounts.remove(Jid.of("alice@example.org"));
 * }
 * }</pre>
 *
 * <p>A storage that cannot do now what it is asked throws {@link io.escalus4j.server.store.StoreUnavailableException}.
 */
public final class Maintenance implements AutoCloseable {
    private final ServerAssembly assembly;
    private final ServerContext context;

    private Maintenance(ServerAssembly assembly) {
        this.assembly = assembly;
        this.context = assembly.offline();
    }

    /**
     * @throws IllegalArgumentException if an option is not allowed, or the database cannot be used, for example because a
     *     server has the file open
     * @throws io.escalus4j.server.config.ConfigException if the file cannot be followed
     */
    public static Maintenance open(StandaloneServer.Options options) {
        var config = StandaloneServer.config(options);
        return of(config, SqlStores.open(StandaloneServer.storage(config.store(), options)));
    }

    /** Closes the stores in the end. */
    static Maintenance of(ServerConfig config, Stores stores) {
        return new Maintenance(
                new ServerAssembly(config, Optional.empty(), Hops.STRAIGHT, stores, Optional.of("maintenance")));
    }

    /**
     * Looks whether a server could start so, and says what it has found; nothing is changed.
     *
     * @param now when a certificate that is made would begin
     * @throws io.escalus4j.server.config.ConfigException if the file cannot be followed
     * @throws io.escalus4j.server.store.sql.UnreachableDatabaseException if the database cannot be used
     * @throws IllegalArgumentException if something else would keep it from starting
     */
    public static List<String> check(StandaloneServer.Options options, Instant now) {
        var config = StandaloneServer.config(options);
        var tls = Tls.of(config.tls(), config.domains(), now, new SecureRandom());
        return List.of(
                "configuration: %s profile, domains %s"
                        .formatted(
                                config.profile().name().toLowerCase(java.util.Locale.ROOT),
                                String.join(", ", config.domains())),
                "certificate: %s, valid until %s"
                        .formatted(
                                config.tls().certificate().orElse("self-signed"),
                                tls.certificate().getNotAfter().toInstant()),
                "store: "
                        + (options.memory()
                                ? "memory, nothing is kept"
                                : SqlStores.check(StandaloneServer.storage(config.store(), options))));
    }

    /** {@code false} if there is such an account. */
    public boolean add(Jid account, String password) {
        return join(context.accounts().create(account, password));
    }

    /** {@code false} if there is no such account. */
    public boolean changePassword(Jid account, String password) {
        return join(context.accounts().changePassword(account, password));
    }

    /** Removes the account with all that is kept for it, and tells contacts; {@code false} if there is no such account. */
    public boolean remove(Jid account) {
        return join(context.accounts().remove(account));
    }

    /** Of all domains that are served, sorted. */
    public List<Jid> all() {
        return context.domains().stream()
                .flatMap(domain -> join(context.stores().accounts().all(domain)).stream())
                .sorted(java.util.Comparator.comparing(Jid::toString))
                .toList();
    }

    /** All that is kept for the account, as a document of XEP-0227; empty if there is no such account. */
    public Optional<Element> export(Jid account) {
        return join(context.stores().accounts().exists(account))
                ? Optional.of(join(Portable.document(context.stores(), account)))
                : Optional.empty();
    }

    /**
     * Makes all accounts of a file of XEP-0227; returns who they are.
     *
     * @param notes hears of what is not imported
     * @throws IllegalArgumentException if the file is not as it should be, or there is one of the accounts already
     */
    public List<Jid> importFrom(Path file, Consumer<String> notes) {
        return join(
                PortableImport.of(file, context.stores(), assembly.passwords(), Set.copyOf(context.domains()), notes));
    }

    private static <T> T join(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    @Override
    public void close() {
        assembly.end();
    }
}
