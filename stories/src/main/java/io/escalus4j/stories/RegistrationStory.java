package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.Stanzas.assertThat;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.ExtensionBuilders.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.junit.Story;
import io.escalus4j.wire.ConnectionException;
import io.escalus4j.wire.Steps;
import java.util.Map;

/** Accounts made and removed over the stream itself: XEP-0077. */
class RegistrationStory {
    private static final String REGISTER = "jabber:iq:register";

    @Story
    @Spec(xep = 77, section = "3.1", says = "who has no account is told which fields to fill in, and makes one")
    void somebody_new_makes_an_account(Scene scene) {
        Client stranger = stranger(scene);
        stranger.send(getRegistration());
        stranger.expect(iqResult()
                .withChild(element("query", REGISTER)
                        .withChild("username", REGISTER)
                        .withChild("password", REGISTER)));
        String name = scene.user("kate").jid().local() + "-new";

        stranger.send(register(Map.of("username", name, "password", "Secret-1")));
        stranger.expect(iqResult());
        Client kate = scene.connect("kate2", settings -> settings.withCredentials(name, "Secret-1"));

        assertThat(kate.jid().local()).isEqualTo(name);
        kate.iq(unregister());
        kate.awaitClose();
    }

    @Story
    @Spec(xep = 77, section = "3.1", says = "a name that is taken is a conflict")
    void a_name_that_is_taken_is_a_conflict(Scene scene, Client bob) {
        Client stranger = stranger(scene);

        stranger.send(register(Map.of("username", bob.jid().local(), "password", "Secret-1")));

        stranger.expect(iqError("conflict"));
    }

    @Story
    @Spec(xep = 77, section = "3.1", says = "a registration without a password is not acceptable")
    void a_registration_without_a_password_is_refused(Scene scene) {
        String name = scene.user("kate").jid().local() + "-new";

        Client stranger = stranger(scene);

        stranger.send(register(Map.of("username", name)));

        stranger.expect(iqError("not-acceptable"));
    }

    @Story
    @Spec(xep = 77, section = "3.3", says = "a changed password is the only one that lets its owner in")
    void a_password_is_changed(Scene scene, Client alice) {
        alice.iq(changePassword(alice.jid().local(), "Secret-2"));
        alice.kill(); // a server may end the streams of who had the old one (RFC 6120 section 4.9.3.16)

        assertThatThrownBy(() -> scene.connect("alice2", settings -> settings)).isInstanceOf(ConnectionException.class);
        Client again = scene.connect("alice2", settings -> settings.withPassword("Secret-2"));
        assertThat(again.account()).isEqualTo(alice.account());
        again.iq(changePassword(alice.jid().local(), scene.user("alice").password()));
    }

    @Story
    @Spec(xep = 77, section = "3.2", says = "a removed account is gone: its stream is closed and it cannot log in")
    void an_account_is_removed(Scene scene, Client alice, Client bob) {
        alice.send(unregister());

        alice.expect(iqResult());
        alice.expectStreamError("not-authorized");
        assertThatThrownBy(() -> scene.connect("alice2", settings -> settings)).isInstanceOf(ConnectionException.class);
        bob.send(chat(alice.account(), "Hello?"));
        bob.expect(error("service-unavailable"));
    }

    private static Client stranger(Scene scene) {
        return scene.connect("stranger", settings -> settings.withSteps(Steps.openStream(), Steps.startTls()));
    }
}
