package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.available;
import static io.escalus4j.match.Matchers.chatMessage;
import static io.escalus4j.match.Matchers.error;
import static io.escalus4j.match.Matchers.unavailable;
import static io.escalus4j.stanza.Builders.chat;
import static io.escalus4j.stanza.Builders.initialPresence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.Stage;
import io.escalus4j.control.HookEvent;
import io.escalus4j.control.SessionInfo;
import io.escalus4j.control.WhiteBox;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.ExpectedLog;
import io.escalus4j.junit.OnlyOver;
import io.escalus4j.junit.Story;
import io.escalus4j.junit.StoryServer;
import io.escalus4j.server.module.Hook;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Phase;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.module.Xep;
import io.escalus4j.stories.server.OwnServer;
import io.escalus4j.wire.Transport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the server is like inside, beside what its clients see; told one after the other, since some change the server. */
@StoryServer(OwnServer.class)
@Execution(ExecutionMode.SAME_THREAD)
class WhiteBoxStory {
    /** A module with a bug that shows when somebody sends a message with the body {@code boom}. */
    static final class Explosive implements Module {
        @Override
        public Xep xep() {
            return new Xep(9999, "Explosive", "1.0");
        }

        @Override
        public void install(Hooks hooks) {
            hooks.feature("urn:example:explosive").on(Hook.SENT, Phase.GUARD, sent -> {
                if (sent.stanza().element().childText("body").equals(Optional.of("boom"))) {
                    throw new IllegalStateException("a bug on purpose");
                }
                return Verdict.proceed(sent);
            });
        }
    }

    @Story
    @Spec(rfc = 6120, section = "7", says = "a bound resource is a session, and is none when its stream has ended")
    void each_client_has_a_session_until_its_stream_ends(Client alice, Client alice2, Client bob, WhiteBox server) {
        assertThat(server.sessions("alice"))
                .extracting(SessionInfo::jid)
                .containsExactlyInAnyOrder(alice.address(), alice2.address());
        assertThat(server.sessions("bob")).containsExactly(new SessionInfo(bob.address(), "available", 0, true));

        alice2.close();
        alice.expect(unavailable().from(alice2));

        server.eventually("sessions of alice", () -> server.sessions("alice").size())
                .is(1);
    }

    @Story
    @OnlyOver(
            value = {Transport.TCP, Transport.STARTTLS, Transport.TLS, Transport.WS, Transport.WSS},
            because = "BOSH knows by silence alone that a client is gone")
    @Spec(xep = 198, section = "5", says = "a session whose stream was lost can be resumed")
    void a_session_that_lost_its_stream_waits_for_its_client(Scene scene, WhiteBox server) {
        Client alice = scene.connectManaged("alice");

        alice.kill();

        server.eventually("connected", () -> server.sessions("alice").get(0).connected())
                .is(false);
        alice.resume();
        assertThat(server.sessions("alice").get(0).connected()).isTrue();
    }

    @Story
    @Spec(rfc = 6121, section = "5", says = "a message goes from its sender to its recipient")
    void a_message_is_seen_at_the_hooks_and_counted(Client alice, Client bob, WhiteBox server) {
        double before = server.metric("xmpp_stanzas_total", "direction=\"in\"", "kind=\"message\"");

        alice.send(chat(bob, "Tea at five"));
        bob.expect(chatMessage("Tea at five").from(alice));

        assertThat(server.events("sent"))
                .filteredOn(event -> event.subject().equals("message"))
                .extracting(HookEvent::jids)
                .contains(List.of(alice.address(), bob.address()));
        assertThat(server.events("received")).extracting(HookEvent::subject).contains("message");
        assertThat(server.metric("xmpp_stanzas_total", "direction=\"in\"", "kind=\"message\""))
                .isGreaterThan(before);
    }

    @Story
    @Spec(xep = 160, section = "3", says = "a server may limit how many messages it keeps")
    void an_option_that_is_set_for_the_story_holds(Client alice, Scene scene, WhiteBox server) {
        server.modules().without("mam").set("offline", "max_messages", 1);
        var bob = scene.user("bob");

        alice.send(chat(bob, "kept"));
        alice.send(chat(bob, "too much"));

        alice.expect(error("service-unavailable"));
        Client phone = scene.connect("bob", settings -> settings);
        phone.send(initialPresence());
        phone.expectAll(chatMessage("kept").from(alice), available().from(phone));
    }

    @Story
    @Spec(xep = 199, section = "4.2", says = "who does not support pings answers service-unavailable")
    void a_module_that_is_left_out_answers_no_more_and_is_back_afterwards(Client alice, Stage stage, WhiteBox server) {
        var ping = Element.of("iq", "jabber:client")
                .with("type", "get")
                .with("to", alice.jid().domain())
                .with(Element.of("time", "urn:xmpp:time"));
        stage.named("inner").run(scene -> {
            scene.whiteBox().orElseThrow().modules().without("time");
            scene.client("kate").iqError(ping, "service-unavailable");

            assertThatThrownBy(() -> server.modules().set("time", Map.of()))
                    .hasMessageContaining("module time is changed by story inner");
        });

        alice.iq(ping);
    }

    @Story
    @ExpectedLog("event=stanza-failed kind=message.*a bug on purpose")
    @Spec(
            rfc = 6120,
            section = "8.3.3.6",
            says = "internal-server-error is the answer to what a bug keeps from being done")
    void a_bug_in_a_module_is_told_to_the_sender_and_logged(Client alice, Client bob, WhiteBox server) {
        server.modules().install(Explosive.class);

        alice.send(chat(bob, "boom"));

        alice.expect(error("internal-server-error"));
        alice.send(chat(bob, "still here"));
        bob.expect(chatMessage("still here").from(alice));
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "8.3.3.6",
            says = "internal-server-error is the answer to what a bug keeps from being done")
    void an_error_that_nobody_declares_fails_the_story_whose_user_it_is_about(
            Client alice, Stage stage, WhiteBox server) {
        assertThatThrownBy(() -> stage.named("guilty").run(scene -> {
                    scene.whiteBox().orElseThrow().modules().install(Explosive.class);
                    Client kate = scene.client("kate");
                    kate.send(chat(alice, "boom"));
                    kate.expect(error("internal-server-error"));
                }))
                .hasMessageContaining("the server logged in story guilty what no @ExpectedLog declares")
                .hasMessageContaining("a bug on purpose");
    }

    @Story
    @Spec(xep = 160, section = "3", says = "a server may limit how many messages it keeps")
    void an_option_that_there_is_not_is_refused_with_its_name(Client alice, WhiteBox server) {
        assertThatThrownBy(() -> server.modules().set("offline", "mesages", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("modules.offline.mesages is unknown, allowed are");
        assertThatThrownBy(() -> server.modules().set("offline", "max_messages", "many"))
                .hasMessageContaining("modules.offline.max_messages must be a whole number");
        assertThatThrownBy(() -> server.modules().without("ofline")).hasMessageContaining("module 'ofline' is unknown");
    }
}
