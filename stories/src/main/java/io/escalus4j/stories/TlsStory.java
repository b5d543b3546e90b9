package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.ExtensionBuilders.*;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.OnlyOver;
import io.escalus4j.junit.Story;
import io.escalus4j.wire.Steps;
import io.escalus4j.wire.Tls;
import io.escalus4j.wire.Transport;

/** Encryption: RFC 6120 section 5 and XEP-0368. */
@OnlyOver(
        value = {Transport.TCP, Transport.STARTTLS},
        because = "it is about STARTTLS and TLS on TCP")
class TlsStory {
    private static final String TLS = "urn:ietf:params:xml:ns:xmpp-tls";

    @Story
    @Spec(
            rfc = 6120,
            section = "5.2",
            id = {
                "6120-5.2-1",
                "6120-13.4-1",
                "6120-5.4.2.3-1",
                "6120-5.4.2.3-2",
                "6120-5.4.3.1-3",
                "6120-5.4.3.1-6",
                "6120-13.6-3",
                "6120-5.3.2-1"
            },
            says = "after STARTTLS the stream goes on over TLS")
    void a_chat_over_starttls(Scene scene, Client bob) {
        Client alice = scene.connect("alice", settings -> settings.withTls(Tls.REQUIRED));

        alice.send(chat(bob, "Between us"));

        bob.expect(chatMessage("Between us").from(alice));
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "5.4.2.2",
            id = {"6120-5.4.2.2-1", "6120-5.4.2.1-1"},
            says = "starttls on a stream that is encrypted is answered with failure, and ends it")
    void starttls_is_not_offered_twice(Scene scene) {
        Client alice = scene.connect(
                "alice", settings -> settings.withTls(Tls.REQUIRED).withSteps(Steps.openStream(), Steps.startTls()));

        alice.send(Element.of("starttls", TLS));

        alice.expect(element("failure", TLS));
        alice.awaitClose();
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "5.4.3.3",
            id = {"6120-5.4.3.3-2", "6120-5.4.3.1-2"},
            says = "what was said in the clear behind starttls is not taken as encrypted")
    void a_command_injected_behind_starttls_is_not_executed(Scene scene, Client bob) {
        Client alice = scene.connect("alice", settings -> settings.withSteps(Steps.openStream()));

        alice.ignore(element("proceed", "urn:ietf:params:xml:ns:xmpp-tls"));
        alice.sendRaw("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/><message to='" + bob.jid()
                + "'><body>smuggled</body></message>");

        alice.awaitClose();
        bob.expectNothing();
    }
}
