package io.escalus4j.server;

import io.escalus4j.server.config.ComponentsConfig;
import io.escalus4j.server.config.ConfigFile;
import io.escalus4j.server.config.ListenConfig;
import io.escalus4j.server.config.ModulesConfig;
import io.escalus4j.server.config.Profile;
import io.escalus4j.server.config.ServerConfig;
import io.escalus4j.server.config.StoreConfig;
import io.escalus4j.server.control.ControlPort;
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
import sun.misc.Signal;

/**
 * A server that has a JVM to itself: made from a file and options, ended by SIGTERM. Thread-safe.
 *
 * <p>It prints one line when it listens, {@code ready domain=localhost c2s=127.0.0.1:5222 pid=4711}, with
 * {@code tls=ADDRESS:PORT} and {@code component=ADDRESS:PORT} before the pid if there are such ports. If tests may look inside, a line before it says where
 * and with which token, {@code control address=127.0.0.1:40123 token=…}.
 */
public final class StandaloneServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StandaloneServer.class);

    private static final Path STANDARD_DATA = Path.of("data");

    private final XmppServer server;
    private final Optional<ControlPort> control;
    private final CountDownLatch closed = new CountDownLatch(1);

    private StandaloneServer(XmppServer server, Optional<ControlPort> control) {
        this.server = server;
        this.control = control;
    }

    /**
     * What the command line says; it counts more than the file.
     *
     * @param data the directory of an H2 file that keeps everything; {@code ./data} if the file names no database either
     * @param memory to keep nothing
     * @param admins each {@code JID:PASSWORD}; their accounts are made if they are missing
     * @param componentPort where components connect (XEP-0114)
     * @param controlPort where tests look inside, see {@link ControlPort}
     */
    public record Options(
            Optional<Path> config,
            List<String> domains,
            Optional<Integer> c2sPort,
            Optional<Integer> tlsPort,
            Optional<Integer> httpPort,
            Optional<Integer> httpsPort,
            Optional<Path> data,
            boolean memory,
            Optional<Profile> profile,
            List<String> admins,
            Optional<Integer> controlPort,
            Optional<Integer> componentPort) {
        /** Just where the settings and the data are. */
        public static Options at(Optional<Path> config, List<String> domains, Optional<Path> data) {
            var none = Optional.<Integer>empty();
            return new Options(
                    config, domains, none, none, none, none, data, false, Optional.empty(), List.of(), none, none);
        }
    }

    private record Admin(Jid account, String password) {}

    /**
     * Prints the line to {@code out} and returns when clients can connect.
     *
     * @throws IllegalArgumentException if an option is not allowed, or the database cannot be used
     * @throws io.escalus4j.server.config.ConfigException if the file cannot be followed
     * @throws java.io.UncheckedIOException if it cannot listen
     */
    public static StandaloneServer start(Options options, PrintStream out) {
        return open(options).announce(out);
    }

    /**
     * Serves until SIGTERM or SIGINT and returns when all streams have ended; the line says that a signal may come.
     *
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public static void serve(Options options, PrintStream out) throws InterruptedException {
        open(options).closeOnSignal().announce(out).await();
    }

    private static StandaloneServer open(Options options) {
        requireOneStorage(options);
        var admins = options.admins().stream().map(StandaloneServer::admin).toList();
        var config = config(options, admins);
        requireControlAllowed(config, options);
        var server = started(config, options);
        admins.forEach(admin -> create(server, admin));
        return new StandaloneServer(server, control(server, options));
    }

    private StandaloneServer announce(PrintStream out) {
        control.ifPresent(
                port -> out.println("control address=%s token=%s".formatted(text(port.address()), port.token())));
        out.println(ready(server.context().config(), server));
        out.flush();
        return this;
    }

    private static void requireControlAllowed(ServerConfig config, Options options) {
        if (options.controlPort().isPresent() && config.profile() != Profile.TEST) {
            throw new IllegalArgumentException(
                    "--control-port lets tests change the server, it is allowed with --profile test only");
        }
    }

    private static Optional<ControlPort> control(XmppServer server, Options options) {
        try {
            return options.controlPort().map(port -> ControlPort.open(server, port));
        } catch (RuntimeException refused) {
            server.close();
            throw refused;
        }
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
        return options.memory() ? new MemoryStores() : SqlStores.open(storage(config, options));
    }

    /** Where the data is, as the command line and the file have it. */
    static StoreConfig storage(StoreConfig config, Options options) {
        var found = options.data().isEmpty() && config.url().isPresent()
                ? config
                : config.at(SqlStores.fileIn(options.data().orElse(STANDARD_DATA)));
        LOG.info("event=store {}", found);
        return found;
    }

    // ---- settings

    static ServerConfig config(Options options) {
        return config(options, List.of());
    }

    private static ServerConfig config(Options options, List<Admin> admins) {
        ServerConfig config = options.config()
                .map(file -> ConfigFile.read(file, options.profile(), Catalog::standards))
                .orElseGet(() -> ServerConfig.standalone(options.profile().orElse(Profile.PRODUCTION)));
        ServerConfig named = options.domains().isEmpty() ? config : config.domains(options.domains());
        var all = new HashSet<>(named.admins());
        admins.forEach(admin -> all.add(served(admin, named)));
        return named.listen(listen(named.listen(), options)).admins(all).modules(modules(named.modules(), options));
    }

    private static ModulesConfig modules(ModulesConfig set, Options options) {
        ComponentsConfig components = set.of("components", ComponentsConfig.STANDARD);
        return options.componentPort()
                .map(port -> set.with("components", new ComponentsConfig(Optional.of(port), components.accept())))
                .orElse(set);
    }

    private static ListenConfig listen(ListenConfig standard, Options options) {
        return standard.c2sPort(options.c2sPort().orElse(standard.c2sPort()))
                .tlsPort(options.tlsPort().or(standard::tlsPort))
                .httpPort(options.httpPort().or(standard::httpPort))
                .httpsPort(options.httpsPort().or(standard::httpsPort));
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
        return "ready domain=%s c2s=%s %s%s%s%spid=%d"
                .formatted(
                        String.join(",", config.domains()),
                        text(server.address()),
                        text("tls", server.directTlsAddress()),
                        text("http", server.httpAddress()),
                        text("https", server.httpsAddress()),
                        text("component", server.componentAddress()),
                        ProcessHandle.current().pid());
    }

    private static String text(String what, Optional<InetSocketAddress> address) {
        return address.map(where -> what + '=' + text(where) + ' ').orElse("");
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

    /** The signal only closes the server; the program ends as it always does, with its own exit code and all its hooks. */
    private StandaloneServer closeOnSignal() {
        try {
            List.of("TERM", "INT").forEach(name -> Signal.handle(new Signal(name), signal -> close()));
        } catch (IllegalArgumentException reserved) { // java -Xrs: the exit code is the JVM's then
            LOG.warn("event=no-signals {}", reserved.getMessage());
            Runtime.getRuntime().addShutdownHook(new Thread(this::close, "shutdown"));
        }
        return this;
    }

    /** Returns when the server is closed. */
    public void await() throws InterruptedException {
        closed.await();
    }

    /** Ends all streams with {@code system-shutdown}, within bounds. */
    @Override
    public synchronized void close() {
        server.close();
        control.ifPresent(ControlPort::close);
        closed.countDown();
    }
}
