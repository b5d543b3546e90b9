package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.ExtensionBuilders.*;
import static io.escalus4j.stories.server.ServerUnderTest.requireOurs;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.junit.OnlyOver;
import io.escalus4j.junit.Story;
import io.escalus4j.wire.Steps;
import io.escalus4j.wire.Transport;

/** What is no XMPP is refused in the terms of RFC 6120, and goes no further. */
@OnlyOver(
        value = {Transport.TCP, Transport.STARTTLS, Transport.TLS, Transport.WS, Transport.WSS},
        because = "a body of BOSH that is no XML is refused before it reaches a stream")
class BadInputStory {
    @Story
    @Spec(
            rfc = 6120,
            section = "11.3",
            id = {"6120-11.3-2", "6120-4.9-1", "6120-4.9.1.1-1", "6120-4.9.2-1", "6120-8.3.1-4"},
            says = "what is not well-formed closes the stream with not-well-formed")
    void mismatched_tags_close_the_stream(Client alice, Client bob) {
        alice.sendRaw("<message to='" + bob.jid() + "' type='chat'><body>Hi</message></body>");

        alice.expectStreamError("not-well-formed");
        bob.expectNothing();
    }

    @Story
    @OnlyOver(
            value = {Transport.TCP, Transport.STARTTLS, Transport.WS, Transport.WSS},
            because = "elsewhere the first bytes are for TLS or HTTP")
    @Spec(rfc = 6120, section = "11.1", id = "6120-11.1-2", says = "a document type declaration is restricted XML")
    void an_entity_bomb_closes_the_stream(Scene scene) {
        Client alice = scene.connect("alice", settings -> settings.withSteps());

        alice.sendRaw("<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]>");

        alice.expectStreamError("restricted-xml");
    }

    @Story
    @Spec(rfc = 6120, section = "11.1", id = "6120-11.1-2", says = "a comment on a stream is restricted XML")
    void a_comment_closes_the_stream(Client alice, Client bob) {
        alice.sendRaw("<message to='" + bob.jid() + "'><!-- psst --><body>Hi</body></message>");

        alice.expectStreamError("restricted-xml");
        bob.expectNothing();
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "11.1",
            id = "6120-11.1-2",
            says = "a processing instruction on a stream is restricted XML")
    void a_processing_instruction_closes_the_stream(Client alice) {
        alice.sendRaw("<?php exit() ?>");

        alice.expectStreamError("restricted-xml");
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "11.1",
            id = "6120-11.1-2",
            says = "an entity that is none of the five is restricted XML")
    void an_unknown_entity_closes_the_stream(Client alice, Client bob) {
        alice.sendRaw("<message to='" + bob.jid() + "'><body>&nbsp;</body></message>");

        alice.expectStreamError("restricted-xml");
        bob.expectNothing();
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "11.3",
            id = "6120-11.3-4",
            says = "a prefix that nobody declared is not well-formed as to namespaces, and closes the stream")
    void an_undeclared_prefix_closes_the_stream(Client alice) {
        alice.sendRaw("<x:message/>");

        alice.expectStreamError("not-well-formed");
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "4.8.4",
            id = "6120-4.8.4-2",
            says = "a first-level child that is no stanza closes the stream")
    void an_unknown_first_level_child_closes_the_stream(Client alice) {
        alice.sendRaw("<pubsub xmlns='jabber:client'/>");

        alice.expectStreamError("unsupported-stanza-type");
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "13.12",
            id = "6120-13.12-6",
            says = "a stanza beyond the server's limit is a policy violation")
    void an_oversized_stanza_closes_the_stream(Client alice, Client bob) {
        alice.send(chat(bob, "x".repeat(300 * 1024)));

        alice.expectStreamError("policy-violation");
        bob.expectNothing();
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "13.12",
            id = "6120-13.12-5",
            says = "a stanza below the limit passes, whatever the size of a packet")
    void a_large_stanza_passes(Client alice, Client bob) {
        String body = "x".repeat(200 * 1024);

        alice.send(chat(bob, body));

        bob.expect(chatMessage(body).from(alice));
    }

    @Story
    @Spec(rfc = 6120, section = "4.9.3.14", says = "elements nested beyond the server's limit are a policy violation")
    void a_deep_stanza_closes_the_stream(Scene scene, Client alice, Client bob) {
        requireOurs(scene, "64 levels are");
        alice.sendRaw("<message to='" + bob.jid() + "'>" + "<a>".repeat(100) + "</a>".repeat(100) + "</message>");

        alice.expectStreamError("policy-violation");
        bob.expectNothing();
    }

    @Story
    @Spec(rfc = 6120, section = "4.9.3.14", says = "before authentication much less is allowed")
    void a_stranger_may_say_little(Scene scene) {
        requireOurs(scene, "8 KiB before authentication are");
        Client alice = scene.connect("alice", settings -> settings.withSteps(Steps.openStream()));

        alice.sendRaw("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>" + "A".repeat(10 * 1024));

        alice.expectStreamError("policy-violation");
    }

    @Story
    @OnlyOver(
            value = {Transport.TCP, Transport.STARTTLS},
            because = "elsewhere TLS or HTTP is told that it is not spoken")
    @Spec(
            rfc = 6120,
            section = "4.9.1.2",
            id = "6120-4.9.1.2-1",
            says = "an error before the stream is open comes with a stream header")
    void another_protocol_is_shown_the_door(Scene scene) {
        Client alice = scene.connect("alice", settings -> settings.withSteps());

        alice.sendRaw("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");

        alice.expectStreamError("not-well-formed");
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "11.3",
            id = "6120-11.3-2",
            says = "a character that XML forbids closes the stream, be it written as a reference")
    void a_character_by_reference_that_xml_forbids_closes_the_stream(Client alice, Client bob) {
        alice.sendRaw("<message to='" + bob.jid() + "'><body>&#0;</body></message>");

        alice.expectStreamError("not-well-formed");
        bob.expectNothing();
    }
}
