package io.escalus4j.server.xep;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import io.escalus4j.server.ServerContext;
import io.escalus4j.server.auth.AccountManager;
import io.escalus4j.server.auth.Scram;
import io.escalus4j.server.auth.TestPasswords;
import io.escalus4j.server.config.Profile;
import io.escalus4j.server.config.ServerConfig;
import io.escalus4j.server.module.Hook;
import io.escalus4j.server.module.InitiatingEntity;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Modules;
import io.escalus4j.server.route.Ingress;
import io.escalus4j.server.route.Lanes;
import io.escalus4j.server.route.LocalDelivery;
import io.escalus4j.server.route.Router;
import io.escalus4j.server.route.Sessions;
import io.escalus4j.server.store.ArchiveIds;
import io.escalus4j.server.store.Credentials;
import io.escalus4j.server.store.RosterItem;
import io.escalus4j.server.store.RosterItem.Subscription;
import io.escalus4j.server.store.memory.MemoryStores;
import io.escalus4j.server.time.ManualTime;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Ns;
import io.escalus4j.server.xmpp.Presence;
import io.escalus4j.server.xmpp.Stanzas;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A server without a network: the real way of a stanza, with recording sessions at its ends. It answers for
 * {@code localhost} and {@code example.org}, and {@link #ADMIN} administers it. Confined to one thread.
 */
final class Bench implements AutoCloseable {
    static final Jid ADMIN = Jid.of("bard@localhost");
    static final InetAddress HOME = address("192.0.2.1");

    private final AtomicReference<Executor> hashing = new AtomicReference<>(Runnable::run);

    final ManualTime time = ManualTime.standingStill(Instant.parse("2026-01-01T12:00:00Z"));
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    final MemoryStores stores = new MemoryStores();
    final Modules modules = new Modules(time);
    final Sessions sessions = new Sessions();
    private final Lanes<Jid> lanes = new Lanes<>();
    final AccountManager accounts = new AccountManager(stores, TestPasswords.of(this::hash), sessions, modules, lanes);
    final ServerContext context = context(List.of("localhost", "example.org"));
    private final Ingress ingress = new Ingress(modules, context.router());

    private ServerContext context(List<String> domains) {
        var standard = ServerConfig.embedded(Profile.TEST);
        var config = new ServerConfig(
                domains,
                standard.profile(),
                Set.of(ADMIN),
                standard.listen(),
                standard.http(),
                standard.bosh(),
                standard.tls(),
                standard.streams(),
                standard.sasl(),
                standard.sessions(),
                standard.store(),
                standard.modules());
        var local = new LocalDelivery(modules, sessions, stores.accounts());
        var router = new Router(Set.copyOf(domains), modules, sessions, local);
        return new ServerContext(
                domains,
                config,
                time,
                metrics,
                stores,
                new ArchiveIds(time.clock(), 0, Optional.empty()),
                sessions,
                modules,
                router,
                lanes,
                accounts,
                Runnable::run);
    }

    Bench with(Module module) {
        modules.install(module);
        return this;
    }

    private void hash(Runnable task) {
        hashing.get().execute(task);
    }

    void hashOn(Executor executor) {
        hashing.set(executor);
    }

    /** An account without a password, for who need not log in. */
    void account(String bare) {
        now(stores.accounts().create(Jid.of(bare), new Credentials(List.of())));
    }

    /** A connected resource, with an account if there was none. */
    Client connect(String full) {
        var session = new RecordingSession(Jid.of(full));
        account(session.jid().bare().toString());
        sessions.add(session);
        return new Client(session);
    }

    /** {@code owner}'s roster says {@code from} of {@code contact}. */
    void letSee(String owner, String contact) {
        var jid = Jid.of(contact);
        now(stores.rosters().update(Jid.of(owner), jid, before -> Optional.of(subscribed(jid))));
    }

    private static RosterItem subscribed(Jid contact) {
        return new RosterItem(
                contact, true, Optional.empty(), Set.of(), Subscription.FROM, false, Optional.empty(), false);
    }

    /** The answer to what comes on a stream to localhost before authentication. */
    Optional<Element> beforeAuth(InitiatingEntity entity, String xml) {
        return modules.preAuth(xml(xml), entity).map(Bench::now);
    }

    boolean passwordIs(String account, String password) {
        Credentials.Scram kept = now(stores.accounts().credentials(Jid.of(account)))
                .orElseThrow()
                .verifiers()
                .get(0);
        var derived = Scram.of(kept.hash()).verifier(Scram.prepare(password), kept.salt(), kept.iterations());
        return Arrays.equals(derived.storedKey(), kept.storedKey());
    }

    double limitsHit(String limit) {
        return metrics.get("xmpp.limits.hit").tag("limit", limit).counter().count();
    }

    boolean exists(String account) {
        return now(stores.accounts().exists(Jid.of(account)));
    }

    @Override
    public void close() {
        modules.close();
    }

    /** A client of this server. */
    final class Client {
        final RecordingSession session;

        Client(RecordingSession session) {
            this.session = session;
        }

        void send(String xml) {
            now(ingress.accept(session, xml(xml)));
        }

        /** Sends a request and takes its answer, which is all that is written. */
        Element ask(String xml) {
            send(xml);
            var answers = session.taken();
            assertThat(answers).as("answers to %s", xml).hasSize(1);
            return answers.get(0);
        }

        /** Becomes available, or with {@code <presence type='unavailable'>} the opposite. */
        void present(String xml) {
            send(xml);
            var presence = (Presence) Stanzas.trusted(xml(xml), session.jid(), Optional.empty());
            session.presence(Optional.of(presence).filter(p -> p.type() == Presence.Type.AVAILABLE));
        }

        void leave() {
            sessions.remove(session);
            now(modules.tell(Hook.CLOSED, session));
        }
    }

    /** An element as a client writes it on its stream. */
    static Element xml(String text) {
        return Element.parse(text.strip().replaceFirst("^<(\\w+)", "<$1 xmlns='" + Ns.CLIENT + "'"));
    }

    /** The type and condition of an error, and the application's own condition if it has one. */
    static String error(Element answer) {
        Element error = answer.child("error").orElseThrow(() -> new AssertionError("no error: " + answer));
        var words = error.elements().stream()
                .filter(child -> !child.name().equals("text"))
                .map(Element::name)
                .toList();
        return error.attribute("type", "") + ' ' + String.join(" ", words);
    }

    static Element payload(Element answer) {
        assertThat(answer.attribute("type")).as("type of %s", answer).contains("result");
        return answer.firstElement().orElseThrow();
    }

    static boolean isEmptyResult(Element answer) {
        return answer.attribute("type", "").equals("result")
                && answer.children().isEmpty();
    }

    static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException noLiteral) {
            throw new IllegalArgumentException(noLiteral);
        }
    }

    static <T> T now(CompletionStage<T> stage) {
        var future = stage.toCompletableFuture();
        assertThat(future).as("a stage that is done").isDone();
        return future.join();
    }
}
