package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.ExtensionBuilders.*;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.junit.OnlyOver;
import io.escalus4j.junit.Story;
import io.escalus4j.wire.Steps;
import io.escalus4j.wire.Transport;

/** How a stream opens and ends: RFC 6120 section 4. */
class StreamStory {
    private static final String HEADER = "<stream:stream xmlns='%s' xmlns:stream='%s' to='%s' version='1.0'>";

    @Story
    @OnlyOver(
            value = {Transport.TCP, Transport.STARTTLS},
            because = "it speaks the tags of a stream")
    @Spec(
            rfc = 6120,
            section = "4.9.3.6",
            says = "a stream to a domain that is not served here is closed with host-unknown")
    void a_stream_to_another_domain_is_closed(Scene scene) {
        Client alice = silent(scene);

        alice.sendRaw(HEADER.formatted("jabber:client", "http://etherx.jabber.org/streams", "nowhere.invalid"));

        alice.expectStreamError("host-unknown");
    }

    @Story
    @OnlyOver(
            value = {Transport.TCP, Transport.STARTTLS},
            because = "it speaks the tags of a stream")
    @Spec(
            rfc = 6120,
            section = "4.9.3.10",
            id = "6120-4.8.1-2",
            says = "a stream in a wrong namespace is closed with invalid-namespace")
    void a_stream_in_a_wrong_namespace_is_closed(Scene scene) {
        Client alice = silent(scene);

        alice.sendRaw(HEADER.formatted(
                "jabber:client",
                "http://wrong.namespace.example.org/",
                scene.server().domain()));

        alice.expectStreamError("invalid-namespace");
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "4.9.3.12",
            id = {"6120-4.7.1-3", "6120-4.9.3.12-1", "6120-13.12-1", "6120-4.3.5-3", "6120-4.3.5-4"},
            says = "a stanza before authentication is closed with not-authorized")
    void a_stanza_before_authentication_closes_the_stream(Scene scene, Client bob) {
        Client alice = scene.connect("alice", settings -> settings.withSteps(Steps.openStream(), Steps.startTls()));

        alice.send(chat(bob, "Let me in"));

        alice.expectStreamError("not-authorized");
        bob.expectNothing();
    }

    @Story
    @OnlyOver(
            value = {Transport.TCP, Transport.STARTTLS, Transport.TLS},
            because = "it speaks the tags of a stream")
    @Spec(
            rfc = 6120,
            section = "4.4",
            id = "6120-4.4-1",
            says = "who closes a stream is answered with the end of the stream")
    void a_stream_that_is_closed_is_closed_by_the_server_too(Client alice) {
        alice.sendRaw("</stream:stream>");

        alice.awaitClose();
    }

    @Story
    @OnlyOver(
            value = {Transport.TCP, Transport.STARTTLS, Transport.TLS},
            because = "it speaks the tags of a stream")
    @Spec(rfc = 6120, section = "4.4", says = "what comes after the end of the stream is not processed")
    void what_is_said_after_the_end_is_not_heard(Client alice, Client bob) {
        alice.sendRaw("</stream:stream><message to='" + bob.jid() + "'><body>P.S.</body></message>");

        alice.awaitClose();
        bob.expectNothing();
    }

    @Story
    @OnlyOver(
            value = {Transport.TCP, Transport.STARTTLS, Transport.TLS},
            because = "it speaks the tags of a stream")
    @Spec(
            rfc = 6120,
            section = "4.6.1",
            says = "whitespace between stanzas keeps a connection alive, and means nothing")
    void whitespace_keeps_a_connection_alive(Client alice, Client bob) {
        alice.sendRaw(" \n \t ");
        alice.send(chat(bob, "Still here"));
        alice.sendRaw("  ");

        bob.expect(chatMessage("Still here").from(alice));
    }

    private static Client silent(Scene scene) {
        return scene.connect("alice", settings -> settings.withSteps());
    }
}
