package io.escalus4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.escalus4j.server.config.ListenConfig;
import io.escalus4j.server.config.Profile;
import io.escalus4j.server.config.StreamConfig;
import io.escalus4j.server.module.Hook;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Phase;
import io.escalus4j.server.module.Plain;
import io.escalus4j.server.module.Reply;
import io.escalus4j.server.module.To;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.StreamError;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A server's beginning, its quiet, and its end. */
class LifecycleTest {

    private static ServerBuilder builder() {
        return XmppServer.builder().profile(Profile.TEST);
    }

    // ---- start

    @Test
    void a_second_server_in_a_warm_jvm_is_ready_in_under_300_ms() {
        try (var first = builder().start();
                var client = RawClient.opened(first)) {
            assertThat(client.socket().isConnected()).isTrue();
        }
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) { // of three, since other builds share the machine
            long start = System.nanoTime();
            try (var server = builder().start();
                    var client = RawClient.opened(server)) {
                assertThat(client.socket().isConnected()).isTrue();
                fastest = Math.min(fastest, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
                client.send("</stream:stream>").expectEnd();
            }
        }
        assertThat(fastest).isLessThan(300);
    }

    @Test
    void servers_in_one_jvm_share_nothing() {
        try (var one = builder().start();
                var other = builder().start();
                var alice = RawClient.fresh(one, "phone");
                var stranger = RawClient.opened(other)) {
            assertThat(one.address()).isNotEqualTo(other.address());
            assertThat(one.certificate()).isNotEqualTo(other.certificate());
            assertThat(other.sessions().count()).isZero();

            String name = alice.jid().replaceFirst("@.*", "");
            stranger.send(RawClient.plain(name, "secret")).expect("<not-authorized/>");
        }
    }

    @Test
    void a_port_that_is_taken_is_said_and_leaves_no_thread() {
        try (var first = builder().start()) {
            var taken = ListenConfig.EMBEDDED.c2sPort(first.address().getPort());

            assertThatThrownBy(() -> builder().name("unlucky").listen(taken).start())
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageMatching("cannot listen on 127\\.0\\.0\\.1:%d: .*"
                            .formatted(first.address().getPort()));
            assertNoThreadOf("unlucky");
        }
    }

    @Test
    void two_modules_that_claim_the_same_are_both_named() {
        Consumer<Hooks> claim = hooks -> hooks.iq(Iq.Type.GET, To.SERVER, "urn:x", "x", iq -> Reply.done());

        assertThatThrownBy(() -> builder()
                        .module(context -> new Plain(claim))
                        .module(context -> new Plain(claim.andThen(hooks -> {})))
                        .start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("both claim");
    }

    @Test
    void direct_tls_can_be_left_out() {
        var plain = ListenConfig.EMBEDDED.tlsPort(Optional.empty());
        try (var server = builder().listen(plain).start()) {
            assertThat(server.directTlsAddress()).isEmpty();
        }
    }

    // ---- modules at run time

    @Test
    void a_module_comes_and_goes_while_the_server_runs() {
        var probe = new Plain(hooks -> hooks.iq(Iq.Type.GET, To.SERVER, "urn:x", "x", iq -> Reply.done()));
        String request = "<iq type='get' id='1' to='localhost'><x xmlns='urn:x'/></iq>";
        try (var server = builder().start();
                var client = RawClient.fresh(server, "phone")) {
            server.modules().install(probe);
            assertThat(client.send(request).expect(">")).contains("type='result'");

            server.modules().uninstall(probe);
            assertThat(client.send(request).expect("</iq>")).contains("<service-unavailable ");
        }
    }

    @Test
    void what_is_left_out_is_not_there() {
        try (var server = builder().without("session").start()) {
            var client = RawClient.opened(server);
            client.send(RawClient.plain(RawClient.freshUser(server), "secret")).expect("<success");
            assertThat(client.open()).doesNotContain("xmpp-session");
            client.close();
        }
    }

    @Test
    void what_is_said_of_a_module_that_is_not_there_is_refused() {
        String known = "allowed are admin, anonymous, bind, bind2, blocking, ";

        assertThatThrownBy(() -> builder().without("blokcing").start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("module 'blokcing' is unknown", known);
        assertThatThrownBy(() -> builder().module("of", ListenConfig.EMBEDDED).start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("module 'of' is unknown", known);
    }

    @Test
    void modules_hear_of_a_session_when_it_is_bound_and_when_it_is_gone() throws Exception {
        var heard = new LinkedBlockingQueue<String>();
        var probe = new Plain(hooks -> hooks.on(Hook.BOUND, Phase.AFTER, session -> {
                    heard.add("bound " + session.jid().resource());
                    return Verdict.proceed(session);
                })
                .on(Hook.CLOSED, Phase.AFTER, session -> {
                    heard.add("closed " + session.jid().resource());
                    return Verdict.proceed(session);
                }));
        try (var server = builder().module(context -> probe).start()) {
            String user = RawClient.freshUser(server);
            try (var old = RawClient.login(server, user, "phone");
                    var next = RawClient.login(server, user, "phone")) {
                old.expectEnd();
                next.send("</stream:stream>").expectEnd();
            }
            try (var cut = RawClient.login(server, user, "tablet")) {
                assertThat(cut.jid()).endsWith("/tablet");
            }
            for (String expected : List.of(
                    "bound phone", "closed phone", "bound phone", "closed phone", "bound tablet", "closed tablet")) {
                assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(expected);
            }
        }
        assertThat(heard).isEmpty();
    }

    @Test
    void a_module_with_a_bug_costs_its_stanza_and_not_the_stream() {
        var probe = new Plain(hooks -> hooks.iq(Iq.Type.GET, To.SERVER, "urn:x", "x", iq -> {
            throw new IllegalStateException("on purpose: this is what the test is about");
        }));
        try (var server = builder().module(context -> probe).start();
                var client = RawClient.fresh(server, "phone")) {
            assertThat(client.send("<iq type='get' id='1' to='localhost'><x xmlns='urn:x'/></iq>")
                            .expect("</iq>"))
                    .contains("<internal-server-error ");
            assertThat(client.expectNothingBefore()).isEmpty();
        }
    }

    // ---- order

    @Test
    void what_a_client_sends_is_answered_in_its_order_however_long_each_takes() {
        var first = new CompletableFuture<Reply>();
        var probe = new Plain(hooks -> hooks.iq(Iq.Type.GET, To.SERVER, "urn:slow", "x", iq -> Reply.later(first))
                .iq(Iq.Type.GET, To.SERVER, "urn:fast", "x", iq -> Reply.done()));
        try (var server = builder().module(context -> probe).start();
                var client = RawClient.fresh(server, "phone");
                var other = RawClient.fresh(server, "phone")) {
            client.send("<iq type='get' id='slow' to='localhost'><x xmlns='urn:slow'/></iq>"
                    + "<iq type='get' id='fast' to='localhost'><x xmlns='urn:fast'/></iq></stream:stream>");
            assertThat(server.awaitIdle(Duration.ofMillis(50))).isFalse();
            assertThat(other.expectNothingBefore()).as("nobody else waits").isEmpty();

            first.complete(Reply.done());

            assertThat(client.expectEnd()).containsSubsequence("id='slow'", "id='fast'", "</stream:stream>");
        }
    }

    @Test
    void a_session_that_is_closed_while_it_waits_is_closed_at_once() {
        var never = new CompletableFuture<Reply>();
        var probe = new Plain(hooks -> hooks.iq(Iq.Type.GET, To.SERVER, "urn:x", "x", iq -> Reply.later(never)));
        try (var server = builder().module(context -> probe).start();
                var client = RawClient.fresh(server, "phone")) {
            client.send("<iq type='get' id='1' to='localhost'><x xmlns='urn:x'/></iq>");
            assertThat(server.awaitIdle(Duration.ofMillis(50))).isFalse();

            server.sessions().all().forEach(session -> session.close(StreamError.of(StreamError.Condition.RESET)));

            assertThat(client.expectEnd()).contains("<reset ");
            never.complete(Reply.done());
        }
    }

    // ---- quiet

    @Test
    void an_idle_server_knows_that_it_is() {
        try (var server = builder().start();
                var alice = RawClient.fresh(server, "phone");
                var bob = RawClient.fresh(server, "phone")) {
            for (int i = 0; i < 50; i++) {
                alice.send("<message to='" + bob.jid() + "' id='n" + i + "'/>");
                assertThat(server.awaitIdle(Duration.ofSeconds(10))).isTrue();
                assertThat(bob.available())
                        .as("what was sent before is in bob's socket")
                        .isPositive();
                bob.expect("id='n" + i + "'");
                bob.expect("/>");
            }
        }
    }

    @Test
    void a_lane_with_work_in_it_is_not_idle() {
        try (var server = builder().start()) {
            var work = new CompletableFuture<Void>();
            server.context().lanes().run(Jid.of("alice@localhost"), () -> work);
            assertThat(server.awaitIdle(Duration.ofMillis(50))).isFalse();

            work.complete(null);
            assertThat(server.awaitIdle(Duration.ofSeconds(10))).isTrue();
        }
    }

    // ---- end

    @Test
    void closing_tells_every_client_and_frees_every_thread() {
        var server = builder().name("departing").start();
        try (var bound = RawClient.fresh(server, "phone");
                var opened = RawClient.opened(server);
                var connected = RawClient.to(server)) {
            assertThat(server.awaitIdle(Duration.ofSeconds(10))).isTrue();
            var closing = CompletableFuture.runAsync(server::close);

            assertThat(bound.expectEnd()).contains("<system-shutdown ").endsWith("</stream:stream>");
            assertThat(opened.expectEnd()).contains("<system-shutdown ").endsWith("</stream:stream>");
            assertThat(connected.expectEnd()).startsWith("<?xml ").contains("<system-shutdown ");
            bound.close();
            opened.close();
            connected.close();
            closing.join();
            assertThatThrownBy(() -> RawClient.to(server)).isInstanceOf(UncheckedIOException.class);
        }
        assertNoThreadOf("departing");
        server.close();
    }

    /** XEP-0045 section 11.2. */
    @Test
    void who_is_in_a_room_hears_that_the_service_stops_before_the_stream_ends() {
        var server = builder().start();
        try (var alice = RawClient.fresh(server, "phone")) {
            alice.send(
                    "<presence to='club@muc.localhost/alice'><x xmlns='http://jabber.org/protocol/muc'/></presence>");
            alice.expect("code='201'");
            var closing = CompletableFuture.runAsync(server::close);

            assertThat(alice.expectEnd()).containsSubsequence("type='unavailable'", "code='332'", "<system-shutdown ");
            alice.close();
            closing.join();
        }
    }

    @Test
    void a_client_that_does_not_go_is_left_behind() {
        var server = builder()
                .name("impatient")
                .streams(new StreamConfig(8192, 262_144, 64, 64, Duration.ofSeconds(30), Duration.ofMillis(100)))
                .start();
        try (var stubborn = RawClient.fresh(server, "phone")) {
            server.close();
            assertThat(stubborn.expectEnd()).contains("<system-shutdown ");
        }
        assertNoThreadOf("impatient");
    }

    private static void assertNoThreadOf(String name) {
        await().pollInterval(Duration.ofMillis(1))
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(thread -> thread.startsWith(name)));
    }
}
