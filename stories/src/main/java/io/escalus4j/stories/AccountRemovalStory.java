package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.Stanzas.assertThat;
import static io.escalus4j.stanza.ArchiveBuilders.MAM;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.ExtensionBuilders.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.Friends;
import io.escalus4j.junit.RequiresFeature;
import io.escalus4j.junit.Story;
import io.escalus4j.wire.Steps;
import java.util.Map;

/** Nothing is left of who has gone: whoever takes the name next finds an account like any new one. */
@RequiresFeature({"urn:xmpp:blocking", MAM})
class AccountRemovalStory {
    private static final Element NOTE = Element.of("note", "urn:example:notes");

    private static void remove(Client gone) {
        gone.ignore(presence()); // who loses sight of whom
        gone.ignore(iqSet("jabber:iq:roster"));
        gone.send(unregister());
        gone.expect(iqResult());
        gone.awaitClose(); // with which error, RegistrationStory is about
    }

    /** Removes the account of {@code gone}, makes it anew, and logs in. */
    private static Client removedAndMadeAnew(Scene scene, Client gone) {
        String name = gone.jid().local();
        remove(gone);
        Client stranger =
                scene.connect("stranger", settings -> settings.withSteps(Steps.openStream(), Steps.startTls()));
        stranger.iq(register(Map.of("username", name, "password", "Secret-2")));
        return scene.connect("alice2", settings -> settings.withPassword("Secret-2"));
    }

    @Story
    @Spec(xep = 77, section = "3.2", says = "of a removed account no roster, note, card, block list or archive is left")
    void a_new_account_of_an_old_name_has_nothing(Scene scene, Client alice, Client bob, Client kate) {
        alice.ignore(iqSet()); // pushes
        alice.iq(setContact(bob.account(), "Bob"));
        alice.iq(setPrivate(NOTE.withText("the safe is behind the picture")));
        alice.iq(setVCard(Element.text("FN", "vcard-temp", "Alice Liddell")));
        alice.iq(block(kate.account()));
        Talks.says(bob, alice, "Do not tell!");

        Client heir = removedAndMadeAnew(scene, alice);

        assertThat(heir.iq(getRoster())
                        .child("query", "jabber:iq:roster")
                        .orElseThrow()
                        .elements())
                .isEmpty();
        assertThat(heir.iq(getPrivate(NOTE)).toXml()).doesNotContain("picture");
        assertThat(heir.request(getVCard()).toXml()).doesNotContain("Liddell");
        assertThat(heir.iq(getBlockList())
                        .child("blocklist", "urn:xmpp:blocking")
                        .orElseThrow()
                        .elements())
                .isEmpty();
        assertThat(Talks.archive(heir).bodies()).isEmpty();
        heir.iq(unregister());
        heir.awaitClose();
    }

    @Story
    @Spec(
            xep = 77,
            section = "3.2",
            says = "messages that waited for a removed account do not wait for the next of its name")
    void what_waited_for_the_old_one_does_not_reach_the_new_one(Scene scene, Client alice, Client bob) {
        alice.ignore(unavailable().from(alice));
        alice.send(unavailablePresence());
        alice.iq(ping(alice.jid().domain()));
        bob.send(chat(alice.account(), "When you are back: do not tell!"));
        bob.iq(getRoster());

        Client heir = removedAndMadeAnew(scene, alice);
        heir.send(initialPresence());

        heir.expect(presence().from(heir));
        heir.expectNothing();
        heir.iq(unregister());
        heir.awaitClose();
    }

    @Story
    @Friends({"alice", "bob"})
    @Spec(xep = 77, section = "3.2", says = "a removed account lets go of its contacts")
    void contacts_lose_who_has_gone(Scene scene, Client alice, Client bob) {
        bob.ignore(iqSet("jabber:iq:roster"));
        bob.ignore(unavailable().from(alice)); // she is not seen any more, so she need not be seen to go
        remove(alice);

        bob.expectAll(
                presenceOfType("unsubscribe").from(alice.account()),
                presenceOfType("unsubscribed").from(alice.account()));
        Element roster = bob.iq(getRoster());
        assertThat(roster)
                .matches(iqResult()
                        .withChild(element("query", "jabber:iq:roster")
                                .withChild(element("item", "jabber:iq:roster")
                                        .withJid(alice.account())
                                        .withAttribute("subscription", "none"))));
    }
}
