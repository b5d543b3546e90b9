package io.escalus4j.server;

import io.escalus4j.server.config.ConfigFile;
import io.escalus4j.server.config.ListenConfig;
import io.escalus4j.server.config.Profile;
import io.escalus4j.server.config.ServerConfig;
import io.escalus4j.server.config.StoreConfig;
import io.escalus4j.server.store.Stores;
import io.escalus4j.server.store.memory.MemoryStores;
import io.escalus4j.server.store.sql.SqlStores;
import io.escalus4j.server.xep.Catalog;
import io.escalus4j.server.xmpp.Jid;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that has a JVM to itself: made from a file and options, ended by SIGTERM. Thread-safe.
 *
 * <p>It prints one line when it listens, {@code ready domain=localhost c2s=127.0.0.1:5222 pid=4711}, with
 * {@code tls=ADDRESS:PORT} before the pid if there is such a port.
 */
public final class StandaloneServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StandaloneServer.class);

    private static final Path STANDARD_DATA = Path.of("data");

    private final XmppServer server;
    private final CountDownLatch closed = new CountDownLatch(1);

    private StandaloneServer(XmppServer server) {
        this.server = server;
    }

    /**
     * What the command line says; it counts more than the file.
     *
     * @param data the directory of an H2 file that keeps everything; {@code ./data} if the file names no database either
     * @param memory to keep nothing
     * @param admins each {@code JID:PASSWORD}; their accounts are made if they are missing
     */
    public record Options(
            Optional<Path> config,
            List<String> domains,
            Optional<Integer> c2sPort,
            Optional<Integer> tlsPort,
            Optional<Path> data,
            boolean memory,
            Optional<Profile> profile,
            List<String> admins) {}

    private record Admin(Jid account, String password) {}

    /**
     * Prints the line to {@code out} and returns when clients can connect.
     *
     * @throws IllegalArgumentException if an option is not allowed, or the database cannot be used
     * @throws io.escalus4j.server.config.ConfigException if the file cannot be followed
     * @throws java.io.UncheckedIOException if it cannot listen
     */
    public static StandaloneServer start(Options options, PrintStream out) {
        requireOneStorage(options);
        var admins = options.admins().stream().map(StandaloneServer::admin).toList();
        var config = config(options, admins);
        var server = started(config, options);
        admins.forEach(admin -> create(server, admin));
        out.println(ready(config, server));
        out.flush();
        return new StandaloneServer(server);
    }

    private static void requireOneStorage(Options options) {
        if (options.memory() && options.data().isPresent()) {
            throw new IllegalArgumentException(
                    "--memory keeps nothing and --data keeps everything, allowed is one of them");
        }
    }

    private static XmppServer started(ServerConfig config, Options options) {
        var stores = stores(config.store(), options);
        try {
            return XmppServer.builder().config(config).stores(stores).start();
        } catch (RuntimeException refused) {
            stores.close();
            throw refused;
        }
    }

    private static Stores stores(StoreConfig config, Options options) {
        if (options.memory()) {
            return new MemoryStores();
        }
        var found = options.data().isEmpty() && config.url().isPresent()
                ? config
                : config.at(SqlStores.fileIn(options.data().orElse(STANDARD_DATA)));
        LOG.info("event=store {}", found);
        return SqlStores.open(found);
    }

    // ---- settings

    private static ServerConfig config(Options options, List<Admin> admins) {
        ServerConfig config = options.config()
                .map(file -> ConfigFile.read(file, options.profile(), Catalog::standards))
                .orElseGet(() -> ServerConfig.standalone(options.profile().orElse(Profile.PRODUCTION)));
        ServerConfig named = options.domains().isEmpty() ? config : config.domains(options.domains());
        var all = new HashSet<>(named.admins());
        admins.forEach(admin -> all.add(served(admin, named)));
        return named.listen(listen(named.listen(), options)).admins(all);
    }

    private static ListenConfig listen(ListenConfig standard, Options options) {
        return standard.c2sPort(options.c2sPort().orElse(standard.c2sPort()))
                .tlsPort(options.tlsPort().or(standard::tlsPort));
    }

    private static Admin admin(String option) {
        int colon = option.indexOf(':');
        String password = colon < 0 ? "" : option.substring(colon + 1);
        return Jid.parse(option.substring(0, Math.max(colon, 0)))
                .filter(jid -> jid.isBare() && !jid.isDomain() && !password.isEmpty())
                .map(jid -> new Admin(jid, password))
                .orElseThrow(() ->
                        new IllegalArgumentException("--admin must be JID:PASSWORD as in admin@localhost:secret"));
    }

    private static Jid served(Admin admin, ServerConfig config) {
        if (!config.domains().contains(admin.account().domain())) {
            throw new IllegalArgumentException("--admin %s is of no domain that is served, allowed are %s"
                    .formatted(admin.account(), String.join(", ", config.domains())));
        }
        return admin.account();
    }

    private static void create(XmppServer server, Admin admin) {
        server.accounts()
                .create(admin.account(), admin.password())
                .toCompletableFuture()
                .join();
    }

    // ---- the line

    private static String ready(ServerConfig config, XmppServer server) {
        String tls = server.directTlsAddress()
                .map(address -> "tls=" + text(address) + ' ')
                .orElse("");
        return "ready domain=%s c2s=%s %spid=%d"
                .formatted(
                        String.join(",", config.domains()),
                        text(server.address()),
                        tls,
                        ProcessHandle.current().pid());
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().isAnyLocalAddress()
                ? "0.0.0.0"
                : address.getAddress().getHostAddress();
        return (host.contains(":") ? '[' + host + ']' : host) + ':' + address.getPort();
    }

    // ---- the end

    public XmppServer server() {
        return server;
    }

    /**
     * Closes the server when the JVM is told to end, by SIGTERM or SIGINT, and ends it with exit code 0 then; without
     * that it would be 143. Who closes the server itself has the exit code that it wants.
     */
    public StandaloneServer endOnSignal() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "shutdown"));
        return this;
    }

    private void end() {
        if (closed.getCount() > 0) {
            close();
            Runtime.getRuntime().halt(0);
        }
    }

    /** Returns when the server is closed. */
    public void await() throws InterruptedException {
        closed.await();
    }

    /** Ends all streams with {@code system-shutdown}, within bounds. */
    @Override
    public void close() {
        server.close();
        closed.countDown();
    }
}
