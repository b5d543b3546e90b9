package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.stories.Logins.base64;
import static io.escalus4j.stories.Logins.firstMessage;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.Story;
import io.escalus4j.stories.server.ServerUnderTest;
import io.escalus4j.users.User;
import io.escalus4j.wire.Steps;
import io.escalus4j.wire.Tls;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** The rules of the exchange that proves who somebody is, and of the resource that follows: RFC 6120 sections 6 and 7. */
class SaslExchangeStory {
    private static final String SASL = "urn:ietf:params:xml:ns:xmpp-sasl";
    private static final String BIND = "urn:ietf:params:xml:ns:xmpp-bind";

    private static Client stranger(Scene scene) {
        return scene.connect(
                "alice", settings -> settings.withTls(Tls.REQUIRED).withSteps(Steps.openStream(), Steps.startTls()));
    }

    private static Element auth(String mechanism, String text) {
        return Element.text("auth", SASL, text).with("mechanism", mechanism);
    }

    private static String plain(String authzid, String name, String password) {
        return Base64.getEncoder()
                .encodeToString((authzid + '\0' + name + '\0' + password).getBytes(StandardCharsets.UTF_8));
    }

    private static void expectFailure(Client client, String condition) {
        client.expect(element("failure", SASL).withChild(condition, SASL));
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "13.9.1",
            id = {"6120-13.9.1-1", "6120-13.9.1-2", "6120-13.9.1-3"},
            says = "what is not base 64 is refused, and not repaired")
    void what_is_not_base_64_is_refused(Scene scene) {
        for (String text : new String[] {"AGE*YQBi", "=AAA", "BBBB=CCC"}) {
            Client alice = stranger(scene);

            alice.send(auth("PLAIN", text));

            expectFailure(alice, "incorrect-encoding");
        }
    }

    @Story
    @Spec(rfc = 6120, section = "6.3.8", id = "6120-6.3.8-4", says = "nobody acts for somebody else")
    void acting_for_somebody_else_is_refused(Scene scene, Client kate) {
        User user = scene.user("alice");
        Client alice = stranger(scene);

        alice.send(auth("PLAIN", plain(kate.account().toString(), user.jid().local(), user.password())));

        expectFailure(alice, "invalid-authzid");
    }

    @Story
    @Spec(rfc = 6120, section = "6.4.2", id = "6120-6.4.2-2", says = "another auth begins another exchange")
    void another_auth_begins_another_exchange(Scene scene) {
        User user = scene.user("alice");
        Client alice = stranger(scene);
        alice.send(auth("SCRAM-SHA-1", base64(firstMessage(user))));
        alice.expect(element("challenge", SASL));

        alice.send(auth("PLAIN", plain("", user.jid().local(), user.password())));

        alice.expect(element("success", SASL));
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "6.3.10",
            id = {"6120-6.3.10-1", "6120-6.3.5-2", "6120-13.9.1-4"},
            says = "who sends no initial response is asked for it")
    void an_exchange_may_begin_without_a_response(Scene scene) {
        User user = scene.user("alice");
        Client alice = stranger(scene);

        alice.send(Element.of("auth", SASL).with("mechanism", "PLAIN"));
        alice.expect(element("challenge", SASL));
        alice.send(Element.text("response", SASL, plain("", user.jid().local(), user.password())));

        alice.expect(element("success", SASL));
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "6.4.5",
            id = {"6120-6.4.5-2", "6120-13.9.4-1"},
            says = "who fails too often is shown the door")
    void who_fails_too_often_is_shown_the_door(Scene scene) {
        Client alice = stranger(scene);

        for (int i = 0; i < 3; i++) {
            alice.send(auth("PLAIN", plain("", "alice", "wrong " + i)));
            expectFailure(alice, "not-authorized");
        }

        alice.expectStreamError("policy-violation");
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "4.3.6",
            id = {"6120-4.3.6-1", "6120-4.3.6-2", "6120-4.3.6-3", "6120-4.3.6-6", "6120-7.1-2"},
            says = "the JID is the user's own, in its canonical form")
    void a_name_in_capitals_is_the_same_name(Scene scene) {
        User user = scene.user("alice");
        Client alice = scene.connect(
                "alice",
                settings -> settings.withTls(Tls.REQUIRED)
                        .withMechanism("PLAIN")
                        .withResource("Phone")
                        .withCredentials(user.jid().local().toUpperCase(Locale.ROOT), user.password()));

        assertThat(alice.jid()).hasToString(user.jid() + "/Phone");
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "7.6",
            id = {"6120-7.6-2", "6120-7.1-2"},
            says = "a resource that the server makes up cannot be guessed")
    void a_resource_by_the_server_is_random(Scene scene) {
        Client alice = scene.connect("alice", settings -> settings.withResource(""));
        Client alice2 = scene.connect("alice2", settings -> settings.withResource(""));

        assertThat(alice.jid().resource()).hasSizeGreaterThanOrEqualTo(10);
        assertThat(alice2.jid().resource()).isNotEqualTo(alice.jid().resource());
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "7.6.2.1",
            id = {"6120-7.6.2.1-1", "6120-13.12-4"},
            says = "an account has only so many resources")
    void an_account_has_only_so_many_resources(Scene scene) {
        ServerUnderTest.requireOurs(scene, "10 resources are");
        for (int i = 1; i <= 10; i++) {
            String resource = "r" + i;
            scene.connect(i == 1 ? "alice" : "alice" + i, settings -> settings.withResource(resource));
        }
        Client late = scene.connect(
                "alice11", settings -> settings.withSteps(Steps.openStream(), Steps.startTls(), Steps.authenticate()));

        late.send(bind("r11"));

        late.expect(iqError("resource-constraint"));
    }

    @Story
    @Spec(rfc = 6120, section = "7.6.2.2", id = "6120-7.6.2.2-1", says = "a stream has one resource")
    void a_second_resource_on_a_stream_is_not_allowed(Client alice) {
        alice.send(bind("second"));

        alice.expect(iqError("not-allowed"));
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "7.7.3",
            id = "6120-7.7.3-1",
            says = "who asks for impossible resources too often is shown the door")
    void who_fails_to_bind_too_often_is_shown_the_door(Scene scene) {
        Client alice = scene.connect(
                "alice", settings -> settings.withSteps(Steps.openStream(), Steps.startTls(), Steps.authenticate()));

        for (int i = 0; i < 10; i++) {
            alice.send(bind("x".repeat(2000)));
            alice.expect(iqError("bad-request"));
        }

        alice.expectStreamError("policy-violation");
    }

    private static Element bind(String resource) {
        return Element.of("iq", "jabber:client")
                .with("type", "set")
                .with("id", "bind-" + resource.length())
                .with(Element.of("bind", BIND).with(Element.text("resource", BIND, resource)));
    }
}
