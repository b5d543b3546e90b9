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
import io.escalus4j.wire.ConnectionSettings;
import io.escalus4j.wire.Features;
import io.escalus4j.wire.Sasl2;
import io.escalus4j.wire.Steps;
import io.escalus4j.wire.Tls;
import io.escalus4j.wire.Transport;
import io.escalus4j.wire.UserAgent;

/** Logging in without another stream: XEP-0388. */
@RequiresFeature("urn:xmpp:sasl:2")
class Sasl2Story {
    private static ConnectionSettings extensible(ConnectionSettings settings) {
        return settings.withTls(Tls.REQUIRED)
                .withSteps(
                        Steps.openStream(),
                        Steps.startTls(),
                        Sasl2.login().as(UserAgent.fresh("escalus4j")),
                        Steps.bind());
    }

    @Story
    @OnlyOver(
            value = {Transport.TCP, Transport.STARTTLS, Transport.TLS, Transport.WS, Transport.WSS},
            because = "BOSH has several connections, none of which is the client's channel")
    @Spec(
            xep = 388,
            section = "2.1",
            says = "the feature has the mechanisms, and what can be asked for together with them")
    void the_feature_tells_what_may_come_along(Scene scene) {
        Element feature = offer(scene, Tls.REQUIRED)
                .element()
                .child("authentication", SASL2)
                .orElseThrow();

        assertThat(feature.elements("mechanism", SASL2))
                .extracting(Element::text)
                .contains("SCRAM-SHA-256-PLUS");
        assertThat(feature.child("inline", SASL2).orElseThrow().has("bind", "urn:xmpp:bind:0"))
                .isTrue();
    }

    @Story
    @Spec(xep = 388, section = "4", says = "the profile is offered over TLS only")
    void the_profile_is_for_encrypted_streams(Scene scene) {
        Features inTheClear = offer(scene, Tls.OFF);

        assertThat(inTheClear.has("authentication", SASL2)).isFalse();
    }

    @Story
    @OnlyOver(
            value = {Transport.TCP, Transport.STARTTLS, Transport.TLS, Transport.WS, Transport.WSS},
            because = "BOSH has several connections, none of which is the client's channel")
    @Spec(xep = 388, section = "2.6.1", says = "features follow the success at once, no stream is opened anew")
    void a_user_logs_in_and_binds_on_the_same_stream(Scene scene, Client bob) {
        for (String mechanism : new String[] {"SCRAM-SHA-256-PLUS", "SCRAM-SHA-512", "SCRAM-SHA-1", "PLAIN"}) {
            Client alice = scene.connect("alice", settings -> extensible(settings.withMechanism(mechanism)));

            alice.send(chat(bob, "In one go"));

            bob.expect(chatMessage("In one go").from(alice));
            alice.close();
        }
    }

    @Story
    @Spec(
            xep = 388,
            section = "2.6.2",
            says = "a failure has a condition of RFC 6120, and the stream goes on as it was")
    void a_wrong_password_is_refused_and_a_right_one_may_follow(Scene scene) {
        Client alice = encrypted(scene);
        String name = scene.user("alice").jid().local();

        alice.send(authenticate("PLAIN", "\0" + name + "\0wrong"));
        alice.expect(element("failure", SASL2).withChild("not-authorized", SASL));
        alice.send(
                authenticate("PLAIN", "\0" + name + "\0" + scene.user("alice").password()));

        Element success = alice.expect(element("success", SASL2));
        assertThat(success.childText("authorization-identifier"))
                .contains(scene.user("alice").jid().toString());
        alice.expect(element("features", "http://etherx.jabber.org/streams"));
    }

    @Story
    @OnlyOver(
            value = {Transport.TCP, Transport.STARTTLS, Transport.TLS, Transport.WS, Transport.WSS},
            because = "BOSH has several connections, none of which is the client's channel")
    @Spec(rfc = 6120, section = "13.11", says = "an unknown user is told the same as one with a wrong password")
    void an_unknown_user_is_refused_in_the_same_words(Scene scene) {
        for (String mechanism : new String[] {"PLAIN", "SCRAM-SHA-256-PLUS"}) {
            assertThat(refusal(
                            scene,
                            settings -> extensible(
                                    settings.withMechanism(mechanism).withCredentials("nobody-at-all", "secret"))))
                    .isEqualTo("not-authorized");
            assertThat(refusal(
                            scene,
                            settings ->
                                    extensible(settings.withMechanism(mechanism).withPassword("wrong"))))
                    .isEqualTo("not-authorized");
        }
    }

    @Story
    @Spec(xep = 388, section = "2.3", says = "a mechanism that was not announced fails")
    void an_unknown_mechanism_is_refused(Scene scene) {
        Client alice = encrypted(scene);

        alice.send(authenticate("KERBEROS_V4", "ticket"));

        alice.expect(element("failure", SASL2).withChild("invalid-mechanism", SASL));
    }

    @Story
    @Spec(xep = 388, section = "5.4", says = "an authorization identity that is not the from of the stream is an error")
    void who_is_announced_by_the_stream_must_be_who_logs_in(Scene scene) {
        Client alice = encrypted(scene); // its stream is from alice
        String bob = scene.user("bob").jid().local();

        alice.send(authenticate("PLAIN", "\0" + bob + "\0" + scene.user("bob").password()));

        alice.expect(element("failure", SASL2).withChild("invalid-authzid", SASL));
    }

    @Story
    @Spec(
            xep = 388,
            section = "2.4",
            says = "who sends anything else during the authentication is disconnected at once")
    void nothing_else_may_come_during_an_authentication(Scene scene) {
        Client alice = encrypted(scene);
        alice.send(authenticate("SCRAM-SHA-256", firstMessage(scene.user("alice"))));
        alice.expect(element("challenge", SASL2));

        alice.send(Element.of("auth", SASL).with("mechanism", "PLAIN"));

        alice.expectStreamError("policy-violation");
    }

    @Story
    @Spec(xep = 388, section = "5.5", says = "a client may abort at any time before the authentication is complete")
    void an_authentication_can_be_aborted(Scene scene) {
        Client alice = encrypted(scene);
        alice.send(authenticate("SCRAM-SHA-256", firstMessage(scene.user("alice"))));
        alice.expect(element("challenge", SASL2));

        alice.send(Element.of("abort", SASL2));

        alice.expect(element("failure", SASL2).withChild("aborted", SASL));
    }

    @Story
    @Spec(xep = 388, section = "5.8", says = "another authentication after the success is a stream error")
    void who_has_authenticated_does_not_do_so_again(Scene scene) {
        Client alice = scene.connect("alice", Sasl2Story::extensible);

        alice.send(authenticate("PLAIN", "\0alice\0secret"));

        alice.expectStreamError("unsupported-stanza-type");
    }
}
