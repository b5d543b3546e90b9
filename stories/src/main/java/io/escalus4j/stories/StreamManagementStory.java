package io.escalus4j.stories;

import static io.escalus4j.match.ArchiveMatchers.archived;
import static io.escalus4j.match.ExtensionMatchers.carbon;
import static io.escalus4j.match.ExtensionMatchers.streamError;
import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.Stanzas.assertThat;
import static io.escalus4j.stanza.ArchiveBuilders.archiveQuery;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.ExtensionBuilders.enableCarbons;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.Friends;
import io.escalus4j.junit.RequiresFeature;
import io.escalus4j.junit.Story;
import io.escalus4j.stories.server.ServerUnderTest;
import io.escalus4j.wire.ConnectionException;
import io.escalus4j.wire.Steps;
import io.escalus4j.wire.StreamManagement;
import java.time.Duration;

/** Acknowledgements and resumption: XEP-0198. */
@RequiresFeature("urn:xmpp:sm:3")
class StreamManagementStory {
    private static final String SM = StreamManagement.NS;
    private static final String STANZA_ERRORS = "urn:ietf:params:xml:ns:xmpp-stanzas";

    /** Available, on a managed stream, with nothing unread. */
    private static Client managed(Scene scene, String name) {
        Client client = scene.connectManaged(name);
        client.send(initialPresence());
        client.expect(available().from(client));
        client.fence();
        client.drain();
        return client;
    }

    private static Client authenticated(Scene scene, String name) {
        return scene.connect(
                name, settings -> settings.withSteps(Steps.openStream(), Steps.startTls(), Steps.authenticate()));
    }

    private static Element enable() {
        return Element.of("enable", SM).with("resume", "true");
    }

    private static Element resume(String id, long h) {
        return Element.of("resume", SM).with("previd", id).with("h", Long.toString(h));
    }

    private static void expectFailed(Client client, String condition) {
        Element failed = client.expect(element("failed", SM));
        assertThat(failed.has(condition, STANZA_ERRORS))
                .as("%s in %s", condition, failed)
                .isTrue();
    }

    // ---- enabling

    @Story
    @Spec(
            xep = 198,
            section = "5",
            id = {"0198-3-1", "0198-3-2", "0198-5-2", "0198-5-3", "0198-5-4", "0198-5-6"},
            says = "a stream that can be resumed has an id that cannot be guessed")
    void an_enabled_stream_has_an_id_of_its_own(Scene scene) {
        Client alice = scene.connectManaged("alice");
        Client alice2 = scene.connectManaged("alice2");

        assertThat(alice.sm().id().orElseThrow()).hasSizeGreaterThanOrEqualTo(64 / 6);
        assertThat(alice2.sm().id()).isNotEqualTo(alice.sm().id());
    }

    @Story
    @Spec(
            xep = 198,
            section = "3",
            id = {"0198-6-1", "0198-6-2"},
            says = "a client that enables stream management twice gets unexpected-request")
    void enabling_twice_is_refused(Scene scene) {
        Client alice = scene.connectManaged("alice");

        alice.send(enable());

        expectFailed(alice, "unexpected-request");
    }

    @Story
    @Spec(
            xep = 198,
            section = "3",
            id = {"0198-3-5", "0198-6-1"},
            says = "enabling stream management before a resource is bound is refused")
    void enabling_before_bind_is_refused(Scene scene) {
        Client alice = authenticated(scene, "alice");

        alice.send(enable());

        alice.expect(element("failed", SM));
    }

    // ---- acknowledgements

    @Story
    @Spec(
            xep = 198,
            section = "4",
            id = {"0198-4-1", "0198-4-3", "0198-4-4"},
            says = "h counts the stanzas that were handled, and nothing else")
    void the_server_counts_stanzas_and_nothing_else(Scene scene, Client bob) {
        Client alice = scene.connectManaged("alice");
        assertThat(alice.requestAck()).isZero();

        alice.send(chat(bob, "one"));
        alice.send(StreamManagement.ack(alice.sm().h()));
        alice.iq(getRoster());

        assertThat(alice.requestAck()).isEqualTo(2);
        assertThat(alice.requestAck()).isEqualTo(2);
        assertThat(alice.sm().unacked()).isEmpty();
        bob.expect(chatMessage("one").from(alice));
    }

    @Story
    @Spec(xep = 198, section = "4", says = "who is sent a stanza is asked to acknowledge it")
    void the_server_asks_for_acknowledgements(Scene scene, Client bob) {
        Client alice = scene.connectManaged("alice");
        alice.sm().manual();

        bob.send(chat(alice, "Got it?"));

        alice.expect(chatMessage("Got it?").from(bob));
        alice.expect(element("r", SM));
        alice.send(StreamManagement.ack(1));
        alice.sm().automatic();
        alice.expectNothing();
    }

    @Story
    @Spec(xep = 198, section = "6", says = "who acknowledges more than was sent gets handled-count-too-high")
    @Spec(
            rfc = 6120,
            section = "4.9.2",
            id = "6120-4.9.2-4",
            says = "a condition of its own has a namespace of its own")
    void acknowledging_too_much_ends_the_stream(Scene scene) {
        Client alice = scene.connectManaged("alice");

        alice.send(StreamManagement.ack(10));

        Element error = alice.expectStreamError("undefined-condition");
        assertThat(error).hasChild("handled-count-too-high", SM);
        Element tooHigh = error.child("handled-count-too-high", SM).orElseThrow();
        assertThat(tooHigh.attribute("h", "")).isEqualTo("10");
        assertThat(tooHigh.attribute("send-count", "")).isEqualTo("0");
    }

    // ---- resuming

    @Story
    @Spec(
            xep = 198,
            section = "5",
            id = "0198-5-14",
            says = "what was sent and not acknowledged is sent again, once and in its order")
    void exactly_the_unacknowledged_come_again_in_order(Scene scene, Client bob) {
        Client alice = managed(scene, "alice");
        alice.sm().manual();
        long before = alice.sm().h();
        for (String body : new String[] {"one", "two", "three"}) {
            bob.send(chat(alice, body));
            alice.expect(chatMessage(body));
        }
        alice.kill();

        Client back = alice.resume(before + 1);

        assertThat(back.expect(chatMessage())).hasBody("two");
        assertThat(back.expect(chatMessage())).hasBody("three");
        back.expectNothing();
    }

    @Story
    @Spec(
            xep = 198,
            section = "5",
            id = {"0198-5-9", "0198-5-14"},
            says = "what came while the client was away is sent when it is back")
    void nothing_is_lost_while_the_client_is_away(Scene scene, Client bob) {
        Client alice = managed(scene, "alice");
        alice.kill();
        for (int i = 0; i < 20; i++) {
            bob.send(chat(i % 2 == 0 ? alice.jid() : alice.account(), "line " + i));
        }
        bob.fence();

        Client back = scene.resume(alice);

        for (int i = 0; i < 20; i++) {
            assertThat(back.expect(chatMessage().from(bob))).hasBody("line " + i);
        }
        back.expectNothing();
    }

    @Story
    @Spec(xep = 198, section = "5", says = "what the server has not got the client sends again, and nothing else")
    void what_the_server_has_not_got_is_sent_again(Scene scene, Client bob) {
        Client alice = managed(scene, "alice");
        sayLines(alice, bob, 0);
        alice.requestAck();
        alice.link().halfOpen();
        sayLines(alice, bob, 10);
        alice.kill();

        Client back = scene.resume(alice);

        expectLines(alice, bob);
        back.requestAck();
        assertThat(back.sm().unacked()).isEmpty();
        bob.expectNothing();
    }

    private static void sayLines(Client speaker, Client hearer, int first) {
        for (int i = first; i < first + 10; i++) {
            speaker.send(chat(hearer, "line " + i));
        }
    }

    private static void expectLines(Client speaker, Client hearer) {
        for (int i = 0; i < 20; i++) {
            assertThat(hearer.expect(chatMessage().from(speaker))).hasBody("line " + i);
        }
    }

    @Story
    @Spec(xep = 198, section = "5", says = "what the server has not handled the client sends again, and nothing twice")
    void what_the_client_sent_arrives_once(Scene scene, Client bob) {
        // ejabberd 23.01 counts for the answer, and then goes on with what it has read: some of it may come twice
        ServerUnderTest.requireOurs(scene, "whether what is being read is handed over, too, is");
        Client alice = managed(scene, "alice");
        sayLines(alice, bob, 0);
        sayLines(alice, bob, 10);
        alice.kill();

        Client back = scene.resume(alice);

        expectLines(alice, bob);
        back.requestAck();
        assertThat(back.sm().unacked()).isEmpty();
        bob.expectNothing();
    }

    @Story
    @Friends({"alice", "bob"})
    @Spec(xep = 198, section = "7", says = "a client that has lost its connection stays available")
    void friends_do_not_see_a_lost_connection(Scene scene, Client bob, Client alice) {
        Client phone = managed(scene, "alice2");
        bob.expect(available().from(phone));
        alice.drain();

        phone.kill();
        bob.send(chat(phone, "Still there?"));
        bob.expectNothing();
        Client back = phone.resume();

        back.expect(chatMessage("Still there?").from(bob));
        bob.expectNothing();
        alice.drain();
    }

    @Story
    @Spec(xep = 198, section = "5", says = "a resumed stream that is still open gets conflict")
    void the_former_stream_gets_conflict(Scene scene, Client bob) {
        Client older = managed(scene, "alice");

        Client newer = older.resume();

        older.expectStreamError("conflict");
        bob.send(chat(newer, "Which one?"));
        newer.expect(chatMessage("Which one?").from(bob));
        bob.expectNothing();
    }

    @Story
    @Spec(xep = 198, section = "5", says = "a stream can be resumed again and again")
    void a_session_survives_many_losses(Scene scene, Client bob) {
        Client alice = managed(scene, "alice");
        for (int i = 0; i < 5; i++) {
            alice.kill();
            bob.send(chat(alice, "loss " + i));
            alice = alice.resume();
            alice.expect(chatMessage("loss " + i).from(bob));
        }
        alice.expectNothing();
    }

    @Story
    @Spec(
            xep = 198,
            section = "5",
            id = {"0198-5-9", "0198-5-10", "0198-5-11"},
            says = "resumed names the former stream and what was handled on it")
    void the_answer_names_the_former_stream(Scene scene, Client bob) {
        Client alice = managed(scene, "alice");
        alice.send(chat(bob, "one"));
        bob.expect(chatMessage("one"));
        String id = alice.sm().id().orElseThrow();
        long handled = alice.requestAck();
        alice.kill();
        Client back = authenticated(scene, "alice");
        back.ignore(element("r", SM));

        back.send(resume(id, alice.sm().h()));

        Element resumed = back.expect(element("resumed", SM));
        assertThat(resumed.attribute("previd", "")).isEqualTo(id);
        assertThat(resumed.attribute("h", "")).isEqualTo(Long.toString(handled));
    }

    // ---- refusals

    @Story
    @Spec(
            xep = 198,
            section = "5",
            id = "0198-5-13",
            says = "an unknown id gets item-not-found, and a resource can be bound then")
    void an_unknown_id_is_not_found_and_bind_goes_on(Scene scene) {
        Client alice = authenticated(scene, "alice");

        alice.send(resume("never-was", 0));
        expectFailed(alice, "item-not-found");

        Element bound = alice.iq(iqSet(Element.of("bind", "urn:ietf:params:xml:ns:xmpp-bind")));
        assertThat(bound.has("bind", "urn:ietf:params:xml:ns:xmpp-bind")).isTrue();
    }

    @Story
    @Spec(xep = 198, section = "10", says = "nobody resumes the session of somebody else")
    void somebody_elses_session_is_not_found(Scene scene, Client kate) {
        Client alice = managed(scene, "alice");
        Client bob = authenticated(scene, "bob");

        bob.send(resume(alice.sm().id().orElseThrow(), 0));

        expectFailed(bob, "item-not-found");
        kate.send(chat(alice, "Still you?"));
        alice.expect(chatMessage("Still you?").from(kate));
    }

    @Story
    @Spec(xep = 198, section = "10", id = "0198-10-1", says = "nobody resumes before authentication")
    void resuming_before_authentication_is_refused(Scene scene) {
        Client alice = managed(scene, "alice");
        Client stranger = scene.connect("alice2", settings -> settings.withSteps(Steps.openStream(), Steps.startTls()));

        stranger.send(resume(alice.sm().id().orElseThrow(), 0));

        // XEP-0198 section 6 wants <failed/>, RFC 6120 section 6.4.1 allows to end the stream
        var refused = element("failed", SM).or(streamError("not-authorized"));
        await().pollInterval(Duration.ofMillis(1))
                .until(() -> stranger.received().stream().anyMatch(refused::matches));
        assertThat(stranger.received()).noneMatch(element("resumed", SM)::matches);
        stranger.kill();
        alice.expectNothing();
    }

    @Story
    @Spec(xep = 198, section = "7", says = "who closes the stream in good order has left")
    void a_closed_session_is_not_resumed(Scene scene) {
        Client alice = managed(scene, "alice");
        alice.close();

        assertThatThrownBy(alice::resume)
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("item-not-found");
    }

    // ---- the end of a session that was not resumed

    @Story
    @Friends({"alice", "bob"})
    @Spec(
            xep = 198,
            section = "4",
            says = "when a session ends what was not acknowledged is kept as for an absent user")
    void the_messages_of_a_session_that_ends_wait(Scene scene, Client bob, Client alice) {
        alice.close();
        bob.expect(unavailable().from(alice));
        Client phone = managed(scene, "alice2");
        bob.expect(available().from(phone));
        phone.kill();
        bob.send(chat(phone, "one"));
        bob.send(chat(phone.account(), "two"));
        bob.fence();

        Client again = scene.connect("alice3", to -> to.withResource(phone.jid().resource()));
        bob.expect(unavailable().from(phone));
        again.send(initialPresence());

        again.expectAll(
                available().from(again),
                available().from(bob),
                chatMessage("one").from(bob).withChild("delay", "urn:xmpp:delay"),
                chatMessage("two").from(bob).withChild("delay", "urn:xmpp:delay"));
        bob.expect(available().from(again));
        again.expectNothing();
    }

    @Story
    @RequiresFeature("urn:xmpp:mam:2")
    @Spec(xep = 313, section = "4.2", says = "results are sent to who has asked, and wait for nobody else")
    void the_page_of_an_archive_ends_with_the_session_that_asked_for_it(Scene scene, Client bob, Client alice) {
        ServerUnderTest.requireOurs(scene, "what becomes of results that nobody acknowledged is");
        bob.send(chat(alice.account(), "Tea?"));
        alice.expect(chatMessage("Tea?").from(bob));
        Client phone = managed(scene, "alice2");
        alice.expect(available().from(phone));
        phone.sm().manual();
        phone.iq(archiveQuery());
        phone.expect(archived(chatMessage("Tea?").from(bob)));
        alice.close();
        phone.expect(unavailable().from(alice));

        Client again = replaced(scene, phone);

        again.expect(available().from(again));
        again.expectNothing();
    }

    @Story
    @RequiresFeature("urn:xmpp:carbons:2")
    @Spec(xep = 280, section = "8", says = "copies are for the devices that are there")
    void a_copy_ends_with_the_session_that_it_was_made_for(Scene scene, Client bob, Client alice) {
        ServerUnderTest.requireOurs(scene, "what becomes of copies that nobody acknowledged is");
        Client phone = managed(scene, "alice2");
        alice.expect(available().from(phone));
        phone.iq(enableCarbons());
        phone.sm().manual();
        alice.send(chat(bob, "Tea?"));
        bob.expect(chatMessage("Tea?").from(alice));
        phone.expect(carbon("sent", chatMessage("Tea?").from(alice)));
        alice.close();
        phone.expect(unavailable().from(alice));

        Client again = replaced(scene, phone);

        again.expect(available().from(again));
        again.expectNothing();
    }

    /** Loses its connection, and its session to another one with the same resource. */
    private static Client replaced(Scene scene, Client lost) {
        lost.kill();
        Client again = scene.connect("alice3", to -> to.withResource(lost.jid().resource()));
        again.send(initialPresence());
        return again;
    }
}
