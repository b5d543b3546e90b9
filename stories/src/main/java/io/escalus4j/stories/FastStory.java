package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stories.Bind2Story.by;
import static io.escalus4j.stories.Logins.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.Time;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.OnlyOver;
import io.escalus4j.junit.RequiresFeature;
import io.escalus4j.junit.Story;
import io.escalus4j.wire.FastToken;
import io.escalus4j.wire.Sasl2;
import io.escalus4j.wire.Tls;
import io.escalus4j.wire.Transport;
import io.escalus4j.wire.UserAgent;
import java.time.Duration;
import java.time.Instant;

/** A token instead of a password: XEP-0484. */
@OnlyOver(
        value = {Transport.TCP, Transport.STARTTLS, Transport.TLS, Transport.WS, Transport.WSS},
        because = "BOSH has several connections, none of which is the client's channel")
@RequiresFeature({"urn:xmpp:sasl:2", "urn:xmpp:fast:0"})
class FastStory {
    private static final String NONE = "HT-SHA-256-NONE";
    private static final String ENDP = "HT-SHA-256-ENDP";

    private final UserAgent phone = UserAgent.fresh("AwesomeXMPP");

    private Sasl2 login() {
        return Sasl2.login().as(phone).binding("phone");
    }

    /** Alice's phone has logged in with her password, got a token and gone. */
    private FastToken token(Scene scene, String mechanism) {
        Client alice = scene.connect("alice", by(login().requestingToken(mechanism)));
        FastToken token = alice.token().orElseThrow();
        alice.close();
        return token;
    }

    private static String refused(Scene scene, Sasl2 login) {
        return refusal(scene, by(login));
    }

    @Story
    @Spec(
            xep = 484,
            section = "3.1",
            says = "mechanisms for tokens are offered, with channel binding and without, and no early data is invited")
    void mechanisms_for_tokens_are_offered(Scene scene) {
        Element fast = offer(scene, Tls.REQUIRED)
                .element()
                .child("authentication", SASL2)
                .flatMap(feature -> feature.child("inline", SASL2))
                .flatMap(inline -> inline.child("fast", "urn:xmpp:fast:0"))
                .orElseThrow();

        assertThat(fast.elements("mechanism", "urn:xmpp:fast:0"))
                .extracting(Element::text)
                .contains(NONE, ENDP);
        assertThat(fast.attribute("tls-0rtt")).isEmpty();
    }

    @Story
    @Spec(xep = 484, section = "3.3", says = "a client logs in with its token, once and again")
    void a_token_lets_in(Scene scene, Client bob) {
        FastToken token = token(scene, ENDP);

        for (String text : new String[] {"By token", "Once more"}) {
            Client alice = scene.connect("alice", by(login().byToken(token)));
            alice.send(chat(bob, text));
            bob.expect(chatMessage(text).from(alice));
            alice.close();
        }
    }

    @Story
    @Spec(xep = 484, section = "3.3", says = "a token works without channel binding if it was asked for so")
    void a_token_without_channel_binding_lets_in_too(Scene scene, Client bob) {
        Client alice = scene.connect("alice2", by(login().byToken(token(scene, NONE))));

        alice.send(chat(bob, "Unbound"));

        bob.expect(chatMessage("Unbound").from(alice));
    }

    @Story
    @Spec(xep = 484, section = "3.3", says = "a session is resumed by token in one round trip")
    void a_session_is_resumed_by_token(Scene scene, Client bob) {
        Client before = scene.connect("alice", by(login().managed().requestingToken(ENDP)));
        before.kill();
        bob.send(chat(before, "Hurry"));

        Client after = scene.connect(
                "alice2",
                by(login().byToken(before.token().orElseThrow())
                        .resuming(before.sm(), before.sm().h())));

        after.expect(chatMessage("Hurry").from(bob));
        assertThat(after.jid()).isEqualTo(before.jid());
    }

    @Story
    @Spec(xep = 484, section = "3.3", says = "a token with another mechanism than it was made for must fail")
    void a_token_works_with_its_own_mechanism_only(Scene scene) {
        FastToken token = token(scene, ENDP);

        assertThat(refused(scene, login().byToken(new FastToken(NONE, token.secret(), token.expiry()))))
                .isEqualTo("not-authorized");
    }

    @Story
    @Spec(xep = 484, section = "5.1", says = "a token is for the client that it was given to")
    void a_stolen_token_does_not_help_another_installation(Scene scene) {
        FastToken token = token(scene, NONE);

        assertThat(refused(
                        scene,
                        Sasl2.login()
                                .as(UserAgent.fresh("Thief"))
                                .binding("phone")
                                .byToken(token)))
                .isEqualTo("not-authorized");
    }

    @Story
    @Spec(xep = 484, section = "3.3", says = "a count that is not above the last one is refused")
    void a_replayed_login_is_refused(Scene scene) {
        FastToken token = token(scene, NONE);
        scene.connect("alice", by(login().byToken(token, 1))).close();

        assertThat(refused(scene, login().byToken(token, 1))).isEqualTo("not-authorized");

        scene.connect("alice", by(login().byToken(token, 2))).close();
    }

    @Story
    @OnlyOver(
            value = {Transport.TCP, Transport.STARTTLS, Transport.TLS},
            because = "a client on HTTP must answer in the server's time")
    @Spec(xep = 484, section = "3.4", says = "a token lets in until it expires, and not a moment longer")
    void a_token_that_has_expired_lets_nobody_in(Scene scene, Time time) {
        FastToken token = token(scene, NONE);
        var left = Duration.between(time.now(), Instant.parse(token.expiry()));
        time.advance(left.minusMillis(1));
        assertThat(scene.connect("alice2", by(login().byToken(token, 1))).jid()).isNotNull();

        time.advance(Duration.ofMillis(1));

        assertThat(refused(scene, login().byToken(token, 2))).isEqualTo("credentials-expired");
    }

    @Story
    @Spec(xep = 484, section = "3.5", says = "a token that the client gives up is worth nothing from there on")
    void a_token_that_is_given_up_is_worth_nothing(Scene scene) {
        FastToken token = token(scene, NONE);
        scene.connect("alice", by(login().byTokenAtLast(token))).close();

        assertThat(refused(scene, login().byToken(token))).isEqualTo("not-authorized");
    }

    @Story
    @Spec(xep = 484, section = "3.4", says = "the use of a newer token ends the one before")
    void a_newer_token_ends_the_older_one(Scene scene) {
        FastToken first = token(scene, NONE);
        scene.connect("alice", by(login().byToken(first))).close();
        FastToken second = token(scene, NONE);
        scene.connect("alice", by(login().byToken(first))).close();
        scene.connect("alice", by(login().byToken(second))).close();

        assertThat(refused(scene, login().byToken(first))).isEqualTo("not-authorized");
    }

    @Story
    @Spec(xep = 484, section = "1.1", says = "with the password go the tokens that were given out for it")
    void another_password_ends_all_tokens(Scene scene) {
        FastToken token = token(scene, NONE);
        Client alice = scene.connect("alice", by(login()));
        changePassword(alice, "another-password");
        changePassword(alice, scene.user("alice").password()); // by which the account is removed in the end
        alice.close();

        assertThat(refused(scene, login().byToken(token))).isEqualTo("not-authorized");
    }

    private static void changePassword(Client owner, String password) {
        String register = "jabber:iq:register";
        owner.iq(iqSet(Element.of("query", register)
                .with(Element.text("username", register, owner.account().local()))
                .with(Element.text("password", register, password))));
    }

    @Story
    @Spec(xep = 484, section = "3.3", says = "a mechanism for tokens is no mechanism without the fast element")
    void a_token_must_be_called_one(Scene scene) {
        Client alice = encrypted(scene);

        alice.send(authenticate(NONE, "alice\0proof"));

        alice.expect(element("failure", SASL2).withChild("invalid-mechanism", SASL));
    }
}
