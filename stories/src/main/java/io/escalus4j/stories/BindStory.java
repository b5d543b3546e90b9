package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.Stanzas.assertThat;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.ExtensionBuilders.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.Story;
import io.escalus4j.wire.Steps;

/** A resource for each connection: RFC 6120 section 7. */
class BindStory {
    private static final String BIND = "urn:ietf:params:xml:ns:xmpp-bind";

    @Story
    @Spec(
            rfc = 6120,
            section = "7.7",
            id = {"6120-7.2-1", "6120-4.3.6-4"},
            says = "a client gets the resource that it asks for")
    void a_client_gets_the_resource_it_asks_for(Scene scene) {
        Client alice = scene.connect("alice", settings -> settings.withResource("Küche"));

        assertThat(alice.jid().resource()).isEqualTo("Küche");
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "7.6",
            id = {"6120-7.6-1", "6120-7.6.1-1"},
            says = "a client that asks for none gets a resource from the server")
    void a_client_that_asks_for_none_gets_a_resource(Scene scene) {
        Client alice = scene.connect("alice", settings -> settings.withResource(""));
        Client alice2 = scene.connect("alice2", settings -> settings.withResource(""));

        assertThat(alice.jid().resource())
                .isNotEmpty()
                .isNotEqualTo(alice2.jid().resource());
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "7.7.2.2",
            id = {"6120-7.7.2.2-1", "6120-7.5-1"},
            says = "of two with one resource the newer stays and the older gets conflict")
    void the_newer_of_two_with_one_resource_stays(Scene scene, Client bob) {
        Client older = scene.connect("alice", settings -> settings.withResource("phone"));
        Client newer = scene.connect("alice2", settings -> settings.withResource("phone"));

        older.expectStreamError("conflict");
        newer.send(chat(bob, "New phone"));
        bob.expect(chatMessage("New phone").from(newer));
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "7.1",
            id = {"6120-7.1-3", "6120-7.1-4", "6120-7.3.1-1"},
            says = "a stanza before a resource is bound is not-authorized")
    void a_stanza_before_bind_is_refused(Scene scene, Client bob) {
        Client alice = scene.connect(
                "alice", settings -> settings.withSteps(Steps.openStream(), Steps.startTls(), Steps.authenticate()));

        alice.send(chat(bob, "Too early"));

        alice.expectStreamError("not-authorized");
        bob.expectNothing();
    }

    @Story
    @Spec(rfc = 3921, section = "3", says = "the session request of older clients is answered with a result")
    void an_old_clients_session_request_is_answered(Client alice) {
        alice.iq(iqSet(Element.of("session", "urn:ietf:params:xml:ns:xmpp-session")));
    }
}
