package io.escalus4j.server;

import io.escalus4j.server.auth.AccountManager;
import io.escalus4j.server.module.Hook;
import io.escalus4j.server.module.Modules;
import io.escalus4j.server.net.Listener;
import io.escalus4j.server.net.Tls;
import io.escalus4j.server.route.Sessions;
import io.escalus4j.server.stream.ComponentContext;
import io.escalus4j.server.stream.StreamContext;
import io.escalus4j.server.time.ManualTime;
import io.escalus4j.server.xep.InstalledModules;
import io.escalus4j.server.xmpp.StreamError;
import io.escalus4j.server.xmpp.StreamError.Condition;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An XMPP server in this JVM; as many as you like, each with its own ports, threads and accounts. Thread-safe.
 *
 * <pre>{@code
 * try (var server = XmppServer.builder().domain("localhost").start()) {
 *     server.accounts().create(Jid.of("alice@localhost"), "secret").toCompletableFuture().join();
 *     // clients connect to server.address() and trust server.certificate()
 * }
 * }</pre>
 */
public final class XmppServer implements AutoCloseable {
    private static final Duration LONGEST_TURN = Duration.ofSeconds(10);

    private final ServerContext context;
    private final InstalledModules installed;
    private final StreamContext streams;
    private final ComponentContext components;
    private final Threads threads;
    private final Tls tls;
    private final Listeners listeners;
    private final Idleness idleness;
    private final AtomicBoolean closed = new AtomicBoolean();

    XmppServer(
            ServerContext context,
            InstalledModules installed,
            StreamContext streams,
            ComponentContext components,
            Threads threads,
            Tls tls,
            Listeners listeners) {
        this.context = context;
        this.installed = installed;
        this.streams = streams;
        this.components = components;
        this.threads = threads;
        this.idleness = new Idleness(threads, streams.activity(), context.lanes());
        this.tls = tls;
        this.listeners = listeners;
    }

    /** A server for {@code localhost} on free ports of the loopback address, unless more is said. */
    public static ServerBuilder builder() {
        return new ServerBuilder();
    }

    /** Where streams begin in the clear and go on with STARTTLS. */
    public InetSocketAddress address() {
        return listeners.tcp().address();
    }

    /** Where TLS comes first; empty if it does so nowhere. */
    public Optional<InetSocketAddress> directTlsAddress() {
        return listeners.direct().map(Listener::address);
    }

    /** Where WebSocket and BOSH are spoken without TLS; empty if they are so nowhere. */
    public Optional<InetSocketAddress> httpAddress() {
        return listeners.http().map(Listener::address);
    }

    /** Where WebSocket and BOSH are spoken over TLS. */
    public Optional<InetSocketAddress> httpsAddress() {
        return listeners.https().map(Listener::address);
    }

    /** Where components connect (XEP-0114); empty if they cannot. */
    public Optional<InetSocketAddress> componentAddress() {
        return listeners.components().map(Listener::address);
    }

    /** What clients are to trust. */
    public X509Certificate certificate() {
        return tls.certificate();
    }

    public AccountManager accounts() {
        return context.accounts();
    }

    public Sessions sessions() {
        return context.sessions();
    }

    /** The modules; they can be installed and uninstalled while the server runs. */
    public Modules modules() {
        return context.modules();
    }

    /** Those of the catalogue, by their names. */
    public InstalledModules installed() {
        return installed;
    }

    /** What the names of its threads begin with. */
    public String name() {
        return threads.name();
    }

    /** All parts, for tests that look inside. */
    public ServerContext context() {
        return context;
    }

    /** The metrics as Prometheus wants them. */
    public String scrapeMetrics() {
        return ((PrometheusMeterRegistry) context.metrics()).scrape();
    }

    /**
     * Waits until nothing goes on inside: everything that had reached a socket of the server when this was called has
     * been dealt with, and what came of it is in the sockets of the recipients. A client that reads nothing keeps a
     * server busy for as long as something waits for it.
     *
     * @return whether that was so before {@code limit} was over
     */
    public boolean awaitIdle(Duration limit) {
        return idleness.await(limit);
    }

    /**
     * Moves the server's time on: when this returns all that was due by then has run, and what that set off is over.
     * In the test profile the time of every server can be moved.
     *
     * <pre>{@code
     * server.advance(Duration.ofMinutes(10)); // sessions that waited for their clients have ended
     * }</pre>
     *
     * @return how many timers were due
     * @throws IllegalStateException if its time is not a {@link ManualTime}, or what was set off did not end
     */
    public int advance(Duration by) {
        if (context.time() instanceof ManualTime time) {
            return time.advance(by, this::settle);
        }
        throw new IllegalStateException(
                "the time of this server is the machine's, only in the test profile, or with a ManualTime, it can be moved");
    }

    private void settle() {
        if (!idleness.awaitButFor(LONGEST_TURN)) {
            throw new IllegalStateException(
                    "the server is busy for %ds already, its time cannot be moved".formatted(LONGEST_TURN.toSeconds()));
        }
    }

    /** Within bounds: who cannot be told is not waited for. */
    private void sayGoodBye() {
        var told = new CountDownLatch(1);
        context.modules().tell(Hook.STOPPING, new Hook.Stopping()).whenComplete((done, bug) -> told.countDown());
        try {
            told.await(LONGEST_TURN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends all streams with {@code system-shutdown}, waits for them within bounds, and lets everything go. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            listeners.stopAccepting();
            sayGoodBye();
            var shutdown = StreamError.of(Condition.SYSTEM_SHUTDOWN);
            streams.streams().forEach(stream -> stream.close(shutdown));
            components.open().forEach(stream -> stream.close(shutdown));
            sessions().all().forEach(session -> session.close(shutdown)); // those, too, that wait for their clients
            Duration limit = context.config().streams().closeTime().plusSeconds(1);
            listeners.close(limit);
            awaitIdle(limit);
            context.modules().close();
            context.time().close();
            streams.hops().close();
            threads.close();
            context.stores().close();
        }
    }
}
