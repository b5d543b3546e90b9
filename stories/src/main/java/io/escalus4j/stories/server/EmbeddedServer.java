package io.escalus4j.stories.server;

import io.escalus4j.Clockwork;
import io.escalus4j.ComponentDoor;
import io.escalus4j.Quiescence;
import io.escalus4j.ServerHandle;
import io.escalus4j.Settings;
import io.escalus4j.control.Insight;
import io.escalus4j.server.XmppServer;
import io.escalus4j.server.auth.AccountManager;
import io.escalus4j.server.config.ComponentsConfig;
import io.escalus4j.server.config.Profile;
import io.escalus4j.server.config.StoreConfig;
import io.escalus4j.server.config.TlsConfig;
import io.escalus4j.server.control.ServerControl;
import io.escalus4j.server.store.Stores;
import io.escalus4j.server.store.memory.MemoryStores;
import io.escalus4j.server.store.sql.SqlStores;
import io.escalus4j.server.time.Hops;
import io.escalus4j.server.time.ManualTime;
import io.escalus4j.server.time.SeededHops;
import io.escalus4j.server.time.SystemTime;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.users.Provisioner;
import io.escalus4j.users.User;
import io.escalus4j.wire.Trust;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The server in this JVM, in its test profile: stories reach it over TCP, accounts are made by its own hand.
 *
 * @param time stands still, where one story has the server to itself
 */
public record EmbeddedServer(
        XmppServer server, Optional<Path> folder, ServerControl control, Insight inside, Optional<ManualTime> time)
        implements ServerHandle {
    private static final int PROVISION_SECONDS = 10;
    static final String COMPONENT_DOMAINS = "components.localhost";
    static final String COMPONENT_SECRET = "Component-Secret-1";
    private static final ComponentsConfig COMPONENTS = new ComponentsConfig(
            Optional.of(0), List.of(new ComponentsConfig.Accepted("*." + COMPONENT_DOMAINS, COMPONENT_SECRET)));

    /** A server for {@code localhost} with all modules, which keeps its data in memory. */
    public static EmbeddedServer start() {
        return start(new MemoryStores(), Optional.empty(), Optional.empty(), Hops.STRAIGHT);
    }

    /** One whose work waits at every other hop, for as long as {@code seed} says and {@code most} allows. */
    public static EmbeddedServer startRacing(long seed, Duration most) {
        return start(new MemoryStores(), Optional.empty(), Optional.empty(), hops(seed, most));
    }

    private static Hops hops(long seed, Duration most) {
        return new SeededHops(seed, most, new SystemTime("hops"));
    }

    static EmbeddedServer start(Storage storage, Settings settings) {
        var hops = settings.jitter().isZero() || settings.seed().isEmpty()
                ? Hops.STRAIGHT
                : hops(settings.seed().get(), settings.jitter());
        if (storage.isMemory()) {
            return start(new MemoryStores(), Optional.empty(), Optional.empty(), hops);
        }
        var folder = storage.isPostgresql() ? Optional.<Path>empty() : Optional.of(Storage.freshFolder());
        String url = folder.map(SqlStores::fileIn).orElse(storage.name());
        return start(SqlStores.open(StoreConfig.STANDARD.at(url)), folder, Optional.empty(), hops);
    }

    /** One that a story has to itself: its time stands still, and it can tell when nothing goes on in it. */
    public static EmbeddedServer startAlone() {
        var time = ManualTime.standingStill(Instant.now());
        return start(new MemoryStores(), Optional.empty(), Optional.of(time), Hops.STRAIGHT);
    }

    private static EmbeddedServer start(Stores stores, Optional<Path> folder, Optional<ManualTime> time, Hops hops) {
        var server = started(stores, time, hops);
        server.accounts()
                .create(Jid.of(Admin.OURS.name(), "localhost"), Admin.OURS.password())
                .toCompletableFuture()
                .join();
        var control = ServerControl.of(server);
        return new EmbeddedServer(server, folder, control, Insight.of(new EmbeddedControl(control)), time);
    }

    private static XmppServer started(Stores stores, Optional<ManualTime> time, Hops hops) {
        Path authority = Storage.freshFolder();
        try {
            var builder = XmppServer.builder()
                    .domain("localhost")
                    .profile(Profile.TEST)
                    .admin(Jid.of(Admin.OURS.name(), "localhost"))
                    .tls(TlsConfig.SELF_SIGNED.clients(
                            ClientAuthority.pemIn(authority).toString()))
                    .hops(hops)
                    .module("components", COMPONENTS)
                    .stores(hops == Hops.STRAIGHT ? stores : LateStores.over(stores, hops));
            time.ifPresent(builder::time);
            return builder.start();
        } finally {
            Storage.delete(authority);
        }
    }

    @Override
    public String domain() {
        return server.context().domains().get(0);
    }

    @Override
    public InetSocketAddress address() {
        return server.address();
    }

    @Override
    public Optional<InetSocketAddress> directTls() {
        return server.directTlsAddress();
    }

    @Override
    public Optional<InetSocketAddress> http() {
        return server.httpAddress();
    }

    @Override
    public Optional<InetSocketAddress> https() {
        return server.httpsAddress();
    }

    @Override
    public Trust trust() {
        return Trust.certificates(List.of(server.certificate()));
    }

    @Override
    public Optional<Supplier<ServerHandle>> alone() {
        return Optional.of(EmbeddedServer::startAlone);
    }

    @Override
    public Optional<Clockwork> clockwork() {
        return time.map(own -> new Hands(server, own));
    }

    @Override
    public Optional<Quiescence> quiescence() {
        return time.map(own -> this::awaitIdle);
    }

    private void awaitIdle(Duration timeout) throws TimeoutException {
        if (!server.awaitIdle(timeout)) {
            throw new TimeoutException("work is going on inside, or a client reads nothing");
        }
    }

    /** What moves the time of a server. */
    private record Hands(XmppServer server, ManualTime time) implements Clockwork {
        @Override
        public Instant now() {
            return time.now();
        }

        @Override
        public int advance(Duration by) {
            return server.advance(by);
        }

        @Override
        public void jump(Duration by) {
            time.jump(by);
        }
    }

    @Override
    public Provisioner provisioner() {
        return Provisioner.of(this::create, this::delete);
    }

    private void create(User user) throws Exception {
        if (!join(user, (accounts, jid) -> accounts.create(jid, user.password()))) {
            throw new IllegalStateException("'%s' has an account already".formatted(user.jid()));
        }
    }

    /** Who has removed the account in the story is no fault. */
    private void delete(User user) throws Exception {
        join(user, (accounts, jid) -> accounts.remove(jid));
    }

    private interface Change {
        CompletionStage<Boolean> of(AccountManager accounts, Jid jid);
    }

    private boolean join(User user, Change change) throws Exception {
        return change.of(server.accounts(), Jid.of(user.jid().toString()))
                .toCompletableFuture()
                .get(PROVISION_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public Optional<ComponentDoor> components() {
        return server.componentAddress().map(at -> new ComponentDoor(at, COMPONENT_DOMAINS, COMPONENT_SECRET));
    }

    @Override
    public Optional<Insight> insight() {
        return Optional.of(inside);
    }

    @Override
    public void close() {
        server.close();
        control.close();
        folder.ifPresent(Storage::delete);
    }
}
