package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stories.Logins.offer;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Jid;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.Story;
import io.escalus4j.wire.Mechanisms;
import io.escalus4j.wire.Tls;
import org.opentest4j.TestAbortedException;

/** Who wants to be nobody: RFC 4505 and XEP-0175. */
class AnonymousStory {
    private static Client guest(Scene scene, String name, String trace) {
        if (!offer(scene, Tls.REQUIRED).mechanisms().contains("ANONYMOUS")) {
            throw new TestAbortedException("not applicable: the server lets nobody in without a name");
        }
        return scene.connect(
                name,
                settings -> settings.withTls(Tls.REQUIRED)
                        .withCredentials("", "")
                        .withResource("")
                        .withMechanisms(Mechanisms.anonymous(trace)));
    }

    @Story
    @Spec(xep = 175, section = "3", says = "an anonymous client gets a temporary, unique bare JID")
    void two_guests_are_two_people(Scene scene, Client bob) {
        Client one = guest(scene, "guest", "");
        Client other = guest(scene, "guest2", "sirhc");

        one.send(chat(bob, "Guess who"));

        bob.expect(chatMessage("Guess who").from(one));
        assertThat(other.account()).isNotEqualTo(one.account());
    }

    @Story
    @Spec(xep = 175, section = "3", says = "trace data is not used as any part of the JID")
    void a_trace_leaves_no_trace(Scene scene) {
        Client guest = guest(scene, "guest", "sirhc@example.org");

        assertThat(guest.jid().toString()).doesNotContain("sirhc");
    }

    @Story
    @Spec(xep = 175, section = "3", says = "what a guest has had goes when the session ends")
    void a_guest_that_has_left_is_not_known_any_more(Scene scene, Client bob) {
        Client guest = guest(scene, "guest", "");
        Jid account = guest.account();
        guest.send(chat(bob, "I go"));
        bob.expect(chatMessage("I go"));
        guest.close();
        Client later = guest(scene, "guest2", ""); // whoever comes later sees what has become of the first

        later.send(chat(account.toString(), "Are you still there?"));

        later.expect(error("service-unavailable").from(account.toString()));
    }

    @Story
    @Spec(
            xep = 175,
            section = "3",
            says = "an account is there for one session: it gets no password, but can be given up")
    void a_guest_sets_no_password(Scene scene) {
        Client guest = guest(scene, "guest", "");
        Element query = Element.of("query", "jabber:iq:register");

        guest.iqError(
                iqSet(query.with(
                        Element.text(
                                "username", "jabber:iq:register", guest.jid().local()),
                        Element.text("password", "jabber:iq:register", "s3cret-and-long-enough"))),
                "not-allowed");
        guest.send(iqSet(query.with(Element.of("remove"))).with("id", "bye"));

        guest.expect(iqResult("bye"));
        guest.expectStreamError("not-authorized");
    }
}
