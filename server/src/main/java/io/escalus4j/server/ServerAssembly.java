package io.escalus4j.server;

import io.escalus4j.server.auth.AccountManager;
import io.escalus4j.server.auth.FastTokens;
import io.escalus4j.server.auth.Passwords;
import io.escalus4j.server.auth.Salting;
import io.escalus4j.server.auth.SaslMechanisms;
import io.escalus4j.server.config.ComponentsConfig;
import io.escalus4j.server.config.FastConfig;
import io.escalus4j.server.config.Profile;
import io.escalus4j.server.config.ServerConfig;
import io.escalus4j.server.config.StreamManagementConfig;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Modules;
import io.escalus4j.server.net.Listener;
import io.escalus4j.server.net.Tls;
import io.escalus4j.server.net.http.HttpListener;
import io.escalus4j.server.route.Ingress;
import io.escalus4j.server.route.Lanes;
import io.escalus4j.server.route.LocalDelivery;
import io.escalus4j.server.route.Router;
import io.escalus4j.server.route.Sessions;
import io.escalus4j.server.store.ArchiveIds;
import io.escalus4j.server.store.Stores;
import io.escalus4j.server.stream.Activity;
import io.escalus4j.server.stream.ComponentContext;
import io.escalus4j.server.stream.ResourceBinder;
import io.escalus4j.server.stream.Resumption;
import io.escalus4j.server.stream.StreamContext;
import io.escalus4j.server.stream.StreamMetrics;
import io.escalus4j.server.time.Hops;
import io.escalus4j.server.time.ManualTime;
import io.escalus4j.server.time.SystemTime;
import io.escalus4j.server.time.Time;
import io.escalus4j.server.xep.InstalledModules;
import io.escalus4j.server.xmpp.Jid;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the parts of one server together, each with what it needs. Confined to one start. */
final class ServerAssembly {
    private static final Logger LOG = LoggerFactory.getLogger(ServerAssembly.class);
    private static final int REMEMBERED_PASSWORDS = 1024;

    private final ServerConfig config;
    private final Time time;
    private final Hops hops;
    private final Stores stores;
    private final SecureRandom random = new SecureRandom();
    private final Threads threads;
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Sessions sessions = new Sessions();
    private final Modules modules;
    private final Router router;
    private final Passwords passwords;
    private final ArchiveIds archiveIds;
    private final Lanes<Jid> lanes;

    ServerAssembly(ServerConfig config, Optional<Time> time, Hops hops, Stores stores, Optional<String> name) {
        this.config = config;
        this.hops = hops;
        this.lanes = new Lanes<>(hops);
        this.stores = stores;
        byte[] imagination = secret("imagined-credentials", Passwords::freshImagination); // before what must be closed
        byte[] idKey = secret("archive-ids", ArchiveIds::freshKey);
        var newest = stores.archive().newest().toCompletableFuture().join();
        String prefix = name.orElseGet(() -> "xmpp-" + HexFormat.of().toHexDigits(random.nextInt()));
        this.threads = Threads.of(prefix, config.listen().threads(), config.sasl());
        this.time = time.orElseGet(() -> time(prefix + "-timer"));
        this.archiveIds = new ArchiveIds(this.time.clock(), random.nextInt(), newest, idKey);
        this.modules = new Modules(this.time);
        var local = new LocalDelivery(modules, sessions, stores.accounts());
        this.router = new Router(Set.copyOf(config.domains()), modules, sessions, local, hops);
        this.passwords = new Passwords(
                threads.hashing(),
                salting(imagination),
                config.sasl().hashes(),
                config.sasl().iterations(),
                imagination);
    }

    private Salting salting(byte[] key) {
        return config.profile() == Profile.TEST ? Salting.remembered(key, REMEMBERED_PASSWORDS) : Salting.fresh();
    }

    /** A server that is there for tests can be told that it is later. */
    private Time time(String threadName) {
        var machine = new SystemTime(threadName);
        return config.profile() == Profile.TEST ? ManualTime.flowing(machine) : machine;
    }

    private byte[] secret(String name, Supplier<byte[]> fresh) {
        return stores.secrets().of(name, fresh).toCompletableFuture().join();
    }

    XmppServer start(List<Function<ServerContext, Module>> added) {
        warn();
        try {
            var tls = Tls.of(config.tls(), config.domains(), time.now(), random);
            var context = context();
            var installed = InstalledModules.of(context);
            added.forEach(module -> modules.install(module.apply(context)));
            return listening(context, installed, tls);
        } catch (RuntimeException refused) {
            threads.close();
            time.close();
            throw refused;
        }
    }

    /** All of it but the network: nobody can connect, and whoever ends it calls {@link #end}. */
    ServerContext offline() {
        var context = context();
        InstalledModules.of(context);
        return context;
    }

    Passwords passwords() {
        return passwords;
    }

    void end() {
        modules.close();
        threads.close();
        time.close();
        stores.close();
    }

    private void warn() {
        if (config.profile() == Profile.TEST) {
            LOG.warn(
                    "event=test-profile domains={} this server takes passwords and registrations without TLS: "
                            + "never let it listen where strangers are",
                    config.domains());
        }
    }

    private ServerContext context() {
        return new ServerContext(
                config.domains(),
                config,
                time,
                metrics,
                stores,
                archiveIds,
                sessions,
                modules,
                router,
                lanes,
                new AccountManager(stores, passwords, sessions, modules, lanes),
                threads.workers());
    }

    private XmppServer listening(ServerContext context, InstalledModules installed, Tls tls) {
        var streams = streams(installed);
        var listen = config.listen();
        var tcp = Listener.ofTcp(address(listen.c2sPort()), threads.loops(), streams, tls);
        var direct = listen.tlsPort().map(port -> Listener.ofTls(address(port), threads.loops(), streams, tls));
        var http = new HttpListener(threads.loops(), streams);
        var plain = listen.httpPort().map(port -> http.plain(address(port)));
        var secure = listen.httpsPort().map(port -> http.secure(address(port), tls));
        var components = ComponentContext.of(streams, router);
        var external = componentPort(installed)
                .map(port -> Listener.ofComponents(address(port), threads.loops(), components, tls));
        var listeners = new Listeners(tcp, direct, plain, secure, external);
        return new XmppServer(context, installed, streams, components, threads, tls, listeners);
    }

    private static Optional<Integer> componentPort(InstalledModules installed) {
        return installed.settings().get("components") instanceof ComponentsConfig set ? set.port() : Optional.empty();
    }

    private StreamContext streams(InstalledModules installed) {
        return new StreamContext(
                config,
                new SaslMechanisms(config.sasl().mechanisms(), stores.accounts(), passwords),
                new FastTokens(
                        stores.tokens(),
                        stores.accounts(),
                        config.modules().of("fast", FastConfig.STANDARD),
                        time.clock(),
                        random),
                modules,
                sessions,
                new Ingress(modules, router, hops),
                new ResourceBinder(sessions, config.sessions()),
                new Resumption(() -> management(installed), sessions, time),
                new StreamMetrics(metrics, sessions),
                new Activity(),
                ConcurrentHashMap.newKeySet(),
                time,
                hops,
                random);
    }

    private static StreamManagementConfig management(InstalledModules installed) {
        return installed.setting("sm") instanceof StreamManagementConfig set ? set : StreamManagementConfig.STANDARD;
    }

    private InetSocketAddress address(int port) {
        return config.listen()
                .address()
                .map(host -> new InetSocketAddress(host, port))
                .orElseGet(() -> config.profile() == Profile.TEST
                        ? new InetSocketAddress(InetAddress.getLoopbackAddress(), port)
                        : new InetSocketAddress(port));
    }
}
