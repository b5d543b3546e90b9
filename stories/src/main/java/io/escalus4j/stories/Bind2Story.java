package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stories.Logins.SASL2;
import static io.escalus4j.stories.Logins.authenticate;
import static io.escalus4j.stories.Logins.encrypted;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.RequiresFeature;
import io.escalus4j.junit.Story;
import io.escalus4j.users.User;
import io.escalus4j.wire.ConnectionSettings;
import io.escalus4j.wire.Sasl2;
import io.escalus4j.wire.Steps;
import io.escalus4j.wire.StreamManagement;
import io.escalus4j.wire.Tls;
import io.escalus4j.wire.UserAgent;
import java.util.function.UnaryOperator;

/** A resource together with the login: XEP-0386, and what XEP-0198 section 9 adds. */
@RequiresFeature({"urn:xmpp:sasl:2", "urn:xmpp:bind:0"})
class Bind2Story {
    static UnaryOperator<ConnectionSettings> by(Sasl2 login) {
        return settings -> settings.withTls(Tls.REQUIRED).withSteps(Steps.openStream(), Steps.startTls(), login);
    }

    @Story
    @Spec(xep = 386, section = "3.2.1", says = "the tag is a prefix of the resource, which the server makes")
    void a_resource_is_bound_together_with_the_login(Scene scene, Client bob) {
        Client alice = scene.connect("alice", by(Sasl2.login().binding("AwesomeXMPP")));

        alice.send(chat(bob, "Quicker than ever"));

        bob.expect(chatMessage("Quicker than ever").from(alice));
        assertThat(alice.jid().resource()).startsWith("AwesomeXMPP/");
    }

    @Story
    @Spec(xep = 386, section = "3.2.1", says = "the identifier of the installation is in no resource")
    void the_resource_does_not_tell_which_installation_it_is(Scene scene) {
        var agent = UserAgent.fresh("AwesomeXMPP");

        Client alice = scene.connect("alice", by(Sasl2.login().as(agent).binding("")));

        assertThat(alice.jid().resource()).isNotEmpty().doesNotContain(agent.id());
    }

    @Story
    @Spec(xep = 386, section = "3.2", says = "an earlier session of the same installation is ended")
    void the_same_installation_takes_the_place_of_its_earlier_session(Scene scene) {
        var login = Sasl2.login().as(UserAgent.fresh("AwesomeXMPP")).binding("phone");
        Client before = scene.connect("alice", by(login));

        Client after = scene.connect("alice2", by(login));

        before.expectStreamError("conflict");
        after.expectNothing();
    }

    @Story
    @Spec(xep = 386, section = "3.2", says = "only sessions of the same client are ended")
    void two_installations_are_connected_at_once(Scene scene) {
        Client phone =
                scene.connect("alice", by(Sasl2.login().as(UserAgent.fresh("A")).binding("phone")));
        Client laptop = scene.connect(
                "alice2", by(Sasl2.login().as(UserAgent.fresh("B")).binding("laptop")));

        phone.send(chat(laptop, "Both of us"));

        laptop.expect(chatMessage("Both of us").from(phone));
    }

    @Story
    @Spec(xep = 198, section = "9.1", says = "stream management is enabled together with the resource")
    void a_stream_is_managed_from_its_first_stanza_on(Scene scene, Client bob) {
        Client alice = scene.connect("alice", by(Sasl2.login().binding("phone").managed()));

        bob.send(chat(alice, "First"));

        alice.expect(chatMessage("First"));
        assertThat(alice.sm().h()).isEqualTo(1);
        alice.send(chat(bob, "Second"));
        assertThat(alice.requestAck()).isEqualTo(1);
        bob.expect(chatMessage("Second"));
    }

    @Story
    @Spec(
            xep = 198,
            section = "9.2",
            id = {"0198-9.2-1", "0198-9.2-2", "0198-9.2-3", "0198-9.2-4"},
            says = "a session is resumed together with the login, whatever else was asked for, and no features follow")
    void a_session_is_resumed_together_with_the_login(Scene scene, Client bob) {
        Client before = scene.connect("alice", by(Sasl2.login().binding("phone").managed()));
        before.kill();
        bob.send(chat(before, "While you were away"));

        Client after = scene.connect(
                "alice2",
                by(Sasl2.login().resuming(before.sm(), before.sm().h()).binding("other")));

        after.expect(chatMessage("While you were away").from(bob));
        assertThat(after.jid()).isEqualTo(before.jid());
        assertThat(after.received()).noneMatch(element -> element.is("features", "http://etherx.jabber.org/streams"));
        assertThat(after.requestAck()).isZero();
    }

    @Story
    @Spec(
            xep = 198,
            section = "9.2.1",
            id = {"0198-9.2-5", "0198-9.2-6"},
            says = "a resumption that fails is told inside of the success, beside what was bound instead")
    void a_resumption_that_fails_is_told_inside_of_the_success(Scene scene) {
        User user = scene.user("alice");
        Client alice = encrypted(scene);

        alice.send(authenticate("PLAIN", "\0" + user.jid().local() + '\0' + user.password())
                .with(Element.of("resume", StreamManagement.NS)
                        .with("previd", "there-is-no-such-session")
                        .with("h", "0"))
                .with(Element.of("bind", "urn:xmpp:bind:0")));

        Element success = alice.expect(element("success", SASL2));
        assertThat(success.has("failed", StreamManagement.NS)).isTrue();
        assertThat(success.has("bound", "urn:xmpp:bind:0")).isTrue();
        alice.expect(element("features", "http://etherx.jabber.org/streams"));
    }

    @Story
    @Spec(
            xep = 198,
            section = "9.2.1",
            says = "if the session is gone the client is told so, and gets a new one at once")
    void a_session_that_is_gone_gives_way_to_a_new_one(Scene scene, Client bob) {
        Client before = scene.connect("alice", by(Sasl2.login().binding("phone").managed()));
        before.close();

        Client after = scene.connect(
                "alice2",
                by(Sasl2.login()
                        .resuming(before.sm(), before.sm().h())
                        .binding("phone")
                        .managed()));

        bob.send(chat(after, "Hello, whoever you are now"));
        after.expect(chatMessage("Hello, whoever you are now"));
        assertThat(after.jid()).isNotEqualTo(before.jid());
        assertThat(after.sm().id()).isNotEqualTo(before.sm().id());
    }

    @Story
    @Spec(xep = 198, section = "10", says = "nobody resumes the session of another")
    void the_session_of_another_cannot_be_resumed_by_the_way(Scene scene, Client bob) {
        Client alice = scene.connect("alice", by(Sasl2.login().binding("phone").managed()));

        Client mallory = scene.connect(
                "mallory", by(Sasl2.login().resuming(alice.sm(), alice.sm().h()).binding("phone")));

        assertThat(mallory.account()).isNotEqualTo(alice.account());
        bob.send(chat(alice, "Only for you"));
        alice.expect(chatMessage("Only for you"));
        mallory.expectNothing();
    }
}
