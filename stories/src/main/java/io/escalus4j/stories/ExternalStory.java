package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stories.Logins.offer;
import static io.escalus4j.stories.Logins.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.junit.OnlyOver;
import io.escalus4j.junit.Story;
import io.escalus4j.stories.server.ClientAuthority;
import io.escalus4j.wire.ConnectionException;
import io.escalus4j.wire.ConnectionSettings;
import io.escalus4j.wire.Tls;
import io.escalus4j.wire.Transport;
import java.util.function.UnaryOperator;

/** The certificate says who it is: RFC 6120 section 13.7.1.4 and XEP-0178. */
@OnlyOver(
        value = {Transport.TCP, Transport.STARTTLS, Transport.TLS, Transport.WS, Transport.WSS},
        because = "BOSH has several connections, none of which is the client's channel")
class ExternalStory {
    private static UnaryOperator<ConnectionSettings> external(Scene scene, String... accounts) {
        var certificate = ClientAuthority.certificate(scene, accounts);
        return settings -> settings.withTls(Tls.REQUIRED)
                .withClientCertificate(certificate)
                .withMechanism("EXTERNAL");
    }

    private static String account(Scene scene, String name) {
        return scene.user(name).jid().toString();
    }

    @Story
    @Spec(
            xep = 178,
            section = "2",
            says = "a certificate with one address authenticates its account, without an authorization identity")
    @Spec(
            rfc = 6120,
            section = "13.7.2.2",
            id = {"6120-13.7.2.2-1", "6120-13.8.4-1"},
            says = "the server looks for an XmppAddr in a certificate that its authority vouches for")
    void a_certificate_with_one_address_is_enough(Scene scene, Client bob) {
        Client alice = scene.connect("alice", external(scene, account(scene, "alice")));

        alice.send(chat(bob, "Here is my passport"));

        bob.expect(chatMessage("Here is my passport").from(alice));
    }

    @Story
    @Spec(xep = 178, section = "2", says = "of several addresses the authorization identity says which")
    void of_several_addresses_one_is_chosen(Scene scene, Client bob) {
        String alice = account(scene, "alice");
        var both = external(scene, "carol@localhost", alice);

        Client chosen = scene.connect("alice", settings -> both.apply(settings.withAuthorization(alice)));

        chosen.send(chat(bob, "One of many"));
        bob.expect(chatMessage("One of many").from(chosen));
    }

    @Story
    @Spec(xep = 178, section = "2", says = "several addresses without an authorization identity are invalid-authzid")
    void of_several_addresses_one_must_be_chosen(Scene scene) {
        assertThat(refusal(scene, external(scene, "carol@localhost", account(scene, "alice"))))
                .isEqualTo("invalid-authzid");
    }

    @Story
    @Spec(rfc = 6120, section = "6.3.8", says = "who may not act for another is told invalid-authzid")
    void a_certificate_does_not_act_for_others(Scene scene) {
        String bob = account(scene, "bob");
        var alices = external(scene, account(scene, "alice"));

        assertThat(refusal(scene, settings -> alices.apply(settings.withAuthorization(bob))))
                .isEqualTo("invalid-authzid");
    }

    @Story
    @Spec(xep = 178, section = "2", says = "a certificate that names no account of the server is not-authorized")
    @Spec(
            rfc = 6120,
            section = "13.7.2.2",
            id = "6120-13.7.2.2-2",
            says = "an address of another domain is nobody's identity here")
    void a_certificate_without_an_address_of_ours_is_refused(Scene scene) {
        assertThat(refusal(scene, external(scene))).isEqualTo("not-authorized");
        assertThat(refusal(scene, external(scene, "alice@elsewhere.example"))).isEqualTo("not-authorized");
        assertThat(refusal(scene, external(scene, "nobody-at-all@localhost"))).isEqualTo("not-authorized");
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "13.7.2",
            id = {"6120-5.4.3.1-5", "6120-13.7.2-1", "6120-13.7.2-3"},
            says = "a certificate is validated, and one that nobody vouches for lets nobody in")
    void a_certificate_that_nobody_vouches_for_lets_nobody_in(Scene scene) {
        var forged = ClientAuthority.forged(scene, account(scene, "alice"));

        assertThatThrownBy(() -> scene.connect(
                        "alice",
                        settings -> settings.withTls(Tls.REQUIRED)
                                .withClientCertificate(forged)
                                .withMechanism("EXTERNAL")))
                .isInstanceOf(ConnectionException.class);
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "6.3.4",
            says = "EXTERNAL is offered to who has shown a certificate, and to nobody else")
    void external_is_not_offered_without_a_certificate(Scene scene) {
        assertThat(offer(scene, Tls.REQUIRED).mechanisms()).doesNotContain("EXTERNAL");
        assertThat(offer(scene, Tls.OFF).mechanisms()).doesNotContain("EXTERNAL");
    }
}
