package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.Stanzas.assertThat;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.ExtensionBuilders.*;
import static io.escalus4j.stories.Logins.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.Story;
import io.escalus4j.wire.Tls;
import java.util.List;

/** Who are you? RFC 6120 section 6, RFC 5802. */
class SaslStory {
    @Story
    @Spec(
            rfc = 6120,
            section = "6.2",
            id = {"6120-6.2-1", "6120-13.5-1", "6120-6.3.10-1"},
            says = "a user logs in with PLAIN over TLS")
    void a_user_logs_in_with_plain(Scene scene, Client bob) {
        greets(scene, bob, "PLAIN");
    }

    @Story
    @Spec(rfc = 5802, section = "3", says = "a user logs in with SCRAM-SHA-1")
    @Spec(
            rfc = 6120,
            section = "13.8",
            id = {"6120-13.8.1-1", "6120-13.8.3-1", "6120-6.4.3-1"},
            says = "SCRAM-SHA-1 is supported, over TLS")
    void a_user_logs_in_with_scram_sha_1(Scene scene, Client bob) {
        greets(scene, bob, "SCRAM-SHA-1");
    }

    @Story
    @Spec(rfc = 7677, section = "3", says = "a user logs in with SCRAM-SHA-256")
    void a_user_logs_in_with_scram_sha_256(Scene scene, Client bob) {
        greets(scene, bob, "SCRAM-SHA-256");
    }

    @Story
    @Spec(rfc = 5802, section = "4", says = "a user logs in with SCRAM over another hash: SHA-512")
    void a_user_logs_in_with_scram_sha_512(Scene scene, Client bob) {
        greets(scene, bob, "SCRAM-SHA-512");
    }

    private static void greets(Scene scene, Client bob, String mechanism) {
        requireOffered(scene, mechanism);
        Client alice = scene.connect(
                "alice", settings -> settings.withTls(Tls.REQUIRED).withMechanism(mechanism));

        alice.send(chat(bob, "It is me"));

        bob.expect(chatMessage("It is me").from(alice));
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "6.5.10",
            id = "6120-6.4.5-1",
            says = "a wrong password is answered with not-authorized")
    void a_wrong_password_is_refused(Scene scene) {
        List<String> offered = offer(scene, Tls.REQUIRED).mechanisms();
        for (String mechanism : List.of("PLAIN", "SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-512")) {
            if (!offered.contains(mechanism)) {
                continue;
            }
            assertThat(refusal(
                            scene, settings -> settings.withMechanism(mechanism).withPassword("wrong")))
                    .isEqualTo("not-authorized");
        }
    }

    @Story
    @Spec(rfc = 6120, section = "13.11", says = "an unknown user is told the same as one with a wrong password")
    void an_unknown_user_is_refused_in_the_same_words(Scene scene) {
        for (String mechanism : new String[] {"PLAIN", "SCRAM-SHA-256"}) {
            assertThat(refusal(
                            scene,
                            settings -> settings.withMechanism(mechanism).withCredentials("nobody-at-all", "secret")))
                    .isEqualTo("not-authorized");
        }
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "6.5.7",
            id = "6120-6.5-1",
            says = "a mechanism that is not offered is answered with invalid-mechanism")
    void an_unknown_mechanism_is_refused(Scene scene) {
        Client alice = encrypted(scene);

        alice.send(Element.of("auth", SASL).with("mechanism", "KERBEROS_V4"));

        alice.expect(element("failure", SASL).withChild("invalid-mechanism", SASL));
    }

    @Story
    @Spec(rfc = 6120, section = "6.5.1", id = "6120-6.4.4-1", says = "a client may abort")
    void a_login_can_be_aborted(Scene scene) {
        Client alice = encrypted(scene);

        alice.send(Element.of("auth", SASL)
                .with("mechanism", "SCRAM-SHA-1")
                .withText(base64(firstMessage(scene.user("alice")))));
        alice.expect(element("challenge", SASL));
        alice.send(Element.of("abort", SASL));

        alice.expect(element("failure", SASL).withChild("aborted", SASL));
    }
}
