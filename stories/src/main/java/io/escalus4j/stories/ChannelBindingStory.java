package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stories.Logins.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.OnlyOver;
import io.escalus4j.junit.RequiresFeature;
import io.escalus4j.junit.Story;
import io.escalus4j.stories.server.ServerUnderTest;
import io.escalus4j.wire.ChannelBinding;
import io.escalus4j.wire.Features;
import io.escalus4j.wire.Tls;
import io.escalus4j.wire.Transport;
import java.util.List;
import org.opentest4j.TestAbortedException;

/** Is nobody in between? RFC 5802 section 6, RFC 9266, XEP-0440 and XEP-0474. */
@OnlyOver(
        value = {Transport.TCP, Transport.STARTTLS, Transport.TLS, Transport.WS, Transport.WSS},
        because = "BOSH has several connections, none of which is the client's channel")
@RequiresFeature("urn:xmpp:sasl-cb:0")
class ChannelBindingStory {
    private static final String NS = "urn:xmpp:sasl-cb:0";

    private static List<String> types(Features features) {
        return features.element().elements("sasl-channel-binding", NS).stream()
                .flatMap(offered -> offered.elements("channel-binding", NS).stream())
                .map(binding -> binding.attribute("type", ""))
                .toList();
    }

    private static void greets(Scene scene, Client bob, String mechanism, ChannelBinding binding) {
        Client alice = scene.connect(
                "alice",
                settings ->
                        settings.withTls(Tls.REQUIRED).withMechanism(mechanism).withChannelBinding(binding));

        alice.send(chat(bob, "It is me, and nobody is between us"));

        bob.expect(chatMessage("It is me, and nobody is between us").from(alice));
        alice.close();
    }

    @Story
    @Spec(
            xep = 440,
            section = "2",
            says = "the server announces the types of channel binding, tls-server-end-point among them")
    void the_types_of_channel_binding_are_announced(Scene scene) {
        assertThat(types(offer(scene, Tls.REQUIRED))).contains("tls-server-end-point");
    }

    @Story
    @Spec(
            rfc = 5802,
            section = "6",
            says = "a server that supports channel binding offers the -PLUS variant of its mechanisms")
    void mechanisms_that_bind_are_offered_over_tls_only(Scene scene) {
        assertThat(offer(scene, Tls.REQUIRED).mechanisms())
                .contains("SCRAM-SHA-512-PLUS", "SCRAM-SHA-256-PLUS", "SCRAM-SHA-1-PLUS");
        assertThat(offer(scene, Tls.OFF).mechanisms()).noneMatch(name -> name.endsWith("-PLUS"));
    }

    @Story
    @Spec(rfc = 5929, section = "4.1", says = "tls-server-end-point is the hash of the server's certificate")
    void a_login_is_bound_to_the_certificate_of_the_server(Scene scene, Client bob) {
        greets(scene, bob, "SCRAM-SHA-256-PLUS", ChannelBinding.TLS_SERVER_END_POINT);
    }

    @Story
    @Spec(rfc = 5802, section = "6", says = "every hash can be bound to the channel")
    @Spec(rfc = 6120, section = "13.8.1", id = "6120-13.8.1-2", says = "SCRAM-SHA-1-PLUS is supported")
    void a_login_is_bound_whatever_the_hash(Scene scene, Client bob) {
        greets(scene, bob, "SCRAM-SHA-1-PLUS", ChannelBinding.TLS_SERVER_END_POINT);
        greets(scene, bob, "SCRAM-SHA-512-PLUS", ChannelBinding.TLS_SERVER_END_POINT);
    }

    @Story
    @Spec(rfc = 9266, section = "2", says = "tls-exporter is keying material that is exported from the connection")
    void a_login_is_bound_to_the_very_connection(Scene scene, Client bob) {
        boolean here = Runtime.version().feature() >= 25;
        if (!here || !types(offer(scene, Tls.REQUIRED)).contains("tls-exporter")) {
            throw new TestAbortedException("not applicable: tls-exporter needs JDK 25 on both sides");
        }
        for (String mechanism : List.of("SCRAM-SHA-256-PLUS", "SCRAM-SHA-512-PLUS", "SCRAM-SHA-1-PLUS")) {
            greets(scene, bob, mechanism, ChannelBinding.TLS_EXPORTER);
        }
    }

    @Story
    @Spec(
            rfc = 5802,
            section = "6",
            says = "a client that says y although -PLUS was offered has been deceived, and the server must fail")
    void a_client_to_which_binding_was_not_shown_is_refused(Scene scene) {
        Client alice = encrypted(scene);

        alice.send(Element.of("auth", SASL).with("mechanism", "SCRAM-SHA-256").withText(base64("y,,n=alice,r=nonce")));

        alice.expect(element("failure", SASL).withChild("not-authorized", SASL));
    }

    @Story
    @Spec(xep = 474, section = "5.1", says = "the first message of the server has the hash of what it had offered")
    void the_first_message_of_the_server_has_a_hash_of_the_offer(Scene scene) {
        ServerUnderTest.requireOurs(scene, "a hash of the offer is");
        Client alice = encrypted(scene);

        alice.send(Element.of("auth", SASL)
                .with("mechanism", "SCRAM-SHA-256")
                .withText(base64(firstMessage(scene.user("alice")))));

        assertThat(decoded(alice.expect(element("challenge", SASL)))).matches("r=.*,s=.*,i=[0-9]+,h=.{44}");
        alice.send(Element.of("abort", SASL));
        alice.expect(element("failure", SASL));
    }
}
