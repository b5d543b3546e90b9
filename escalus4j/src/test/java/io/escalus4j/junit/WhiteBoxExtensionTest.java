package io.escalus4j.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.testkit.engine.EventConditions.abortedWithReason;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import io.escalus4j.Client;
import io.escalus4j.ServerHandle;
import io.escalus4j.control.SessionInfo;
import io.escalus4j.control.WhiteBox;
import io.escalus4j.peer.OpenServer;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The inside of a server as a parameter of a story. */
@Timeout(60)
class WhiteBoxExtensionTest extends ExtensionFixture {
    static class LookingInside {
        @RegisterExtension
        static final EscalusExtension XMPP =
                EscalusExtension.builder().server(OpenServer::start).build();

        @Story
        void sessions_and_metrics_can_be_asked_for(Client alice, Client bob, WhiteBox server, ServerHandle handle) {
            ((OpenServer) handle).control().has(new SessionInfo(alice.address(), "available", 0, true));

            server.eventually("sessions", () -> server.sessions("alice").size()).is(1);
            assertThat(server.sessions("bob")).isEmpty();
            assertThat(server.metric("xmpp_sessions")).isEqualTo(2);
            assertThat(server.metric("xmpp_stanzas_total")).isEqualTo(7);
            assertThat(server.metric("xmpp_stanzas_total", "kind=\"iq\"")).isEqualTo(3);
        }

        @Story
        @ExpectedLog("event=hook-failed")
        void a_declared_line_passes(Client alice, ServerHandle handle) {
            ((OpenServer) handle).control().logs("ERROR", alice.address(), "event=hook-failed");
        }
    }

    @Test
    void a_story_looks_inside_and_declares_what_the_server_logs() {
        passes(run(LookingInside.class), 2);
    }

    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class TakesTooLong {
        @RegisterExtension
        static final EscalusExtension XMPP =
                EscalusExtension.builder().server(OpenServer::start).build();

        @Story
        @Order(1)
        @Timeout(value = 200, unit = TimeUnit.MILLISECONDS)
        void never_ends(Client alice, WhiteBox server) throws InterruptedException {
            server.modules().set("offline", "messages", 1);
            new CountDownLatch(1).await();
        }

        @Story
        @Order(2)
        void finds_it_restored(Client alice, WhiteBox server) {
            assertThat(server.modules().options("offline")).contains(Map.of("messages", 100));
        }
    }

    @Test
    void what_a_story_has_changed_is_restored_after_a_timeout() { // check E30
        var results = run(TakesTooLong.class);

        results.testEvents().assertStatistics(stats -> stats.failed(1).succeeded(1));
        fails(results.testEvents(), "timed out after 200 milliseconds");
    }

    static class Closed {
        @Story
        void cannot_look(Client alice, WhiteBox server) {}
    }

    @Test
    void on_a_server_that_is_closed_the_story_does_not_apply() {
        run(Closed.class)
                .testEvents()
                .assertThatEvents()
                .haveAtLeast(
                        1, event(abortedWithReason(message("not applicable: the server lets nobody look inside"))));
    }
}
