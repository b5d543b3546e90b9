package io.escalus4j.server;

import io.escalus4j.server.config.BoshConfig;
import io.escalus4j.server.config.HttpConfig;
import io.escalus4j.server.config.ListenConfig;
import io.escalus4j.server.config.ModulesConfig;
import io.escalus4j.server.config.Profile;
import io.escalus4j.server.config.SaslConfig;
import io.escalus4j.server.config.ServerConfig;
import io.escalus4j.server.config.SessionConfig;
import io.escalus4j.server.config.StoreConfig;
import io.escalus4j.server.config.StreamConfig;
import io.escalus4j.server.config.TlsConfig;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.store.Stores;
import io.escalus4j.server.store.memory.MemoryStores;
import io.escalus4j.server.time.Hops;
import io.escalus4j.server.time.Time;
import io.escalus4j.server.xmpp.Jid;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Says how a server shall be, and starts it. Confined to one thread.
 *
 * <pre>{@code
 * XmppServer.builder().domain("localhost").profile(Profile.TEST).without("blocking").start();
 * }</pre>
 */
public final class ServerBuilder {
    private final Set<String> domains = new LinkedHashSet<>();
    private final Set<Jid> admins = new LinkedHashSet<>();
    private Profile profile = Profile.PRODUCTION;
    private ListenConfig listen = ListenConfig.EMBEDDED;
    private HttpConfig http = HttpConfig.STANDARD;
    private BoshConfig bosh = BoshConfig.STANDARD;
    private TlsConfig tls = TlsConfig.SELF_SIGNED;
    private StreamConfig streams = StreamConfig.STANDARD;
    private Optional<SaslConfig> sasl = Optional.empty();
    private SessionConfig sessions = SessionConfig.STANDARD;
    private StoreConfig store = StoreConfig.STANDARD;
    private ModulesConfig modules = ModulesConfig.ALL;
    private final List<Function<ServerContext, Module>> added = new ArrayList<>();
    private Optional<Time> time = Optional.empty();
    private Hops hops = Hops.STRAIGHT;
    private Optional<Stores> stores = Optional.empty();
    private Optional<String> name = Optional.empty();

    ServerBuilder() {}

    /** All settings at once; what was set before is forgotten. Where to keep data is up to {@link #stores}. */
    public ServerBuilder config(ServerConfig config) {
        domains.clear();
        domains.addAll(config.domains());
        admins.clear();
        admins.addAll(config.admins());
        profile = config.profile();
        listen = config.listen();
        http = config.http();
        bosh = config.bosh();
        tls = config.tls();
        streams = config.streams();
        sasl = Optional.of(config.sasl());
        sessions = config.sessions();
        store = config.store();
        modules = config.modules();
        return this;
    }

    /** Answers for this domain too; the first is the default, {@code localhost} if there is none. */
    public ServerBuilder domain(String domain) {
        domains.add(domain);
        return this;
    }

    public ServerBuilder profile(Profile wanted) {
        profile = wanted;
        return this;
    }

    /** Lets this account administer the server; it is not created by this. */
    public ServerBuilder admin(Jid account) {
        admins.add(account);
        return this;
    }

    public ServerBuilder listen(ListenConfig wanted) {
        listen = wanted;
        return this;
    }

    public ServerBuilder http(HttpConfig wanted) {
        http = wanted;
        return this;
    }

    public ServerBuilder bosh(BoshConfig wanted) {
        bosh = wanted;
        return this;
    }

    public ServerBuilder tls(TlsConfig wanted) {
        tls = wanted;
        return this;
    }

    public ServerBuilder streams(StreamConfig wanted) {
        streams = wanted;
        return this;
    }

    public ServerBuilder sasl(SaslConfig wanted) {
        sasl = Optional.of(wanted);
        return this;
    }

    public ServerBuilder sessions(SessionConfig wanted) {
        sessions = wanted;
        return this;
    }

    /** Leaves out what {@link io.escalus4j.server.xep.Catalog} calls {@code module}. */
    public ServerBuilder without(String module) {
        modules = modules.without(module);
        return this;
    }

    /** Sets what {@code [modules.NAME]} would set. */
    public ServerBuilder module(String module, Record setting) {
        modules = modules.with(module, setting);
        return this;
    }

    /** Adds a module that is not in the catalogue. */
    public ServerBuilder module(Function<ServerContext, Module> module) {
        added.add(module);
        return this;
    }

    /** Lives in this time instead of the machine's, for example in a {@link io.escalus4j.server.time.ManualTime}; the server closes it. */
    public ServerBuilder time(Time wanted) {
        time = Optional.of(wanted);
        return this;
    }

    /** Makes work wait where it may, for tests that look for races; the server closes it. */
    public ServerBuilder hops(Hops wanted) {
        hops = wanted;
        return this;
    }

    /** Keeps everything there instead of in memory; the server closes it. */
    public ServerBuilder stores(Stores wanted) {
        stores = Optional.of(wanted);
        return this;
    }

    /** What the threads' names begin with. */
    public ServerBuilder name(String wanted) {
        name = Optional.of(wanted);
        return this;
    }

    /**
     * Listens when this returns.
     *
     * @throws IllegalArgumentException if a setting is not allowed
     * @throws java.io.UncheckedIOException if it cannot listen, for example because a port is taken
     * @throws IllegalStateException if two modules claim the same
     */
    public XmppServer start() {
        return new ServerAssembly(config(), time, hops, stores.orElseGet(MemoryStores::new), name).start(added);
    }

    private ServerConfig config() {
        return new ServerConfig(
                domains.isEmpty() ? List.of("localhost") : List.copyOf(domains),
                profile,
                admins,
                listen,
                http,
                bosh,
                tls,
                streams,
                sasl.orElse(profile == Profile.TEST ? SaslConfig.TEST : SaslConfig.EMBEDDED),
                sessions,
                store,
                modules);
    }
}
