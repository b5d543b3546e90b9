package io.escalus4j.server;

import io.escalus4j.exml.Element;
import io.escalus4j.server.auth.AccountManager;
import io.escalus4j.server.auth.TestPasswords;
import io.escalus4j.server.config.Profile;
import io.escalus4j.server.config.ServerConfig;
import io.escalus4j.server.module.Hook;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Modules;
import io.escalus4j.server.route.Ingress;
import io.escalus4j.server.route.Lanes;
import io.escalus4j.server.route.LocalDelivery;
import io.escalus4j.server.route.Router;
import io.escalus4j.server.route.Sessions;
import io.escalus4j.server.store.ArchiveIds;
import io.escalus4j.server.store.Credentials;
import io.escalus4j.server.store.Stores;
import io.escalus4j.server.store.memory.MemoryStores;
import io.escalus4j.server.time.ManualTime;
import io.escalus4j.server.xmpp.Jid;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * A server without a network: accounts, sessions that remember what they get, and the modules under test. Its time
 * stands still, and what its stores answer at once is all done when a call returns. Confined to one thread.
 */
public final class World implements AutoCloseable {
    public static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final ManualTime time = ManualTime.standingStill(NOW);
    private final Modules modules = new Modules(time);
    private final Sessions sessions = new Sessions();
    private final ServerContext context;
    private final Ingress ingress;

    private World(Stores stores) {
        var config = ServerConfig.embedded(Profile.TEST);
        var local = new LocalDelivery(modules, sessions, stores.accounts());
        var router = new Router(Set.copyOf(config.domains()), modules, sessions, local);
        this.ingress = new Ingress(modules, router);
        var lanes = new Lanes<Jid>();
        this.context = new ServerContext(
                config.domains(),
                config,
                time,
                new SimpleMeterRegistry(),
                stores,
                new ArchiveIds(time.clock(), 0, Optional.empty()),
                sessions,
                modules,
                router,
                lanes,
                new AccountManager(stores, TestPasswords.of(Runnable::run), sessions, modules, lanes),
                Runnable::run);
    }

    @SafeVarargs
    public static World of(Function<ServerContext, Module>... modules) {
        return of(new MemoryStores(), List.of(modules));
    }

    public static World of(Stores stores, List<Function<ServerContext, Module>> modules) {
        var world = new World(stores);
        modules.forEach(module -> world.modules.install(module.apply(world.context)));
        return world;
    }

    /** Stands still until it is moved. */
    public ManualTime time() {
        return time;
    }

    public ServerContext context() {
        return context;
    }

    public Jid account(String jid) {
        Jid account = Jid.of(jid).bare();
        context.stores().accounts().create(account, new Credentials(List.of()));
        return account;
    }

    /** A connected resource of an account that is made if it is missing. */
    public TestSession connect(String fullJid) {
        account(fullJid);
        var session = new TestSession(Jid.of(fullJid), this);
        sessions.add(session);
        return session;
    }

    /** A resource that is interested in its roster and available, with nothing unread. */
    public TestSession login(String fullJid) {
        var session = connect(fullJid);
        session.sends("<iq type='get' id='roster'><query xmlns='jabber:iq:roster'/></iq>");
        session.sends("<presence/>");
        session.received();
        return session;
    }

    CompletionStage<Void> accept(TestSession session, Element sent) {
        return ingress.accept(session, sent);
    }

    CompletionStage<Void> disconnect(TestSession session) {
        sessions.remove(session);
        return modules.tell(Hook.CLOSED, session);
    }

    /** What {@code counter} with this tag has counted. */
    public double counted(String counter, String tag, String value) {
        return context.metrics().counter(counter, tag, value).count();
    }

    /** An element as it stands on a client's stream: without a namespace of its own it is in {@code jabber:client}. */
    public static Element xml(String text) {
        return Element.parse("<stream xmlns='jabber:client'>" + text + "</stream>")
                .firstElement()
                .orElseThrow();
    }

    @Override
    public void close() {
        modules.close();
    }
}
