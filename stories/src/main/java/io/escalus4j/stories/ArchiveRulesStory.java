package io.escalus4j.stories;

import static io.escalus4j.Together.together;
import static io.escalus4j.match.ArchiveMatchers.stanzaId;
import static io.escalus4j.match.ExtensionMatchers.carbon;
import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.stanza.ArchiveBuilders.*;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.ExtensionBuilders.*;
import static io.escalus4j.stories.Talks.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.RequiresFeature;
import io.escalus4j.junit.Story;
import io.escalus4j.stories.server.ServerUnderTest;
import java.util.List;
import java.util.stream.IntStream;

/** What is archived, and what becomes of it beside: XEP-0313 section 6, hints of XEP-0334, carbons, absence. */
@RequiresFeature(MAM)
class ArchiveRulesStory {
    private static Element without(Element message) {
        return message.without("body", "jabber:client");
    }

    private static Element hinted(Element message, String hint) {
        return message.with(Element.of(hint, HINTS));
    }

    private static void assertArchived(boolean archived, Client alice, Client bob, Element said) {
        delivers(alice, bob, said);

        assertThat(archive(alice).results()).hasSize(archived ? 1 : 0);
        assertThat(archive(bob).results()).hasSize(archived ? 1 : 0);
    }

    // ---- by what it is

    @Story
    @Spec(xep = 313, section = "6.1.1", id = "0313-6.1.1-1", says = "a normal message with a body is archived")
    void a_normal_message_is_archived(Client alice, Client bob) {
        assertArchived(true, alice, bob, message(bob, "Dear Bob"));
    }

    @Story
    @Spec(xep = 313, section = "6.1.1", says = "a message without a body need not be archived, and is not")
    void what_says_nothing_is_not_archived(Scene scene, Client alice, Client bob) {
        ServerUnderTest.requireOurs(scene, "whether what has no body is archived is");
        delivers(alice, bob, without(chat(bob, "")).with(Element.of("subject").withText("Just a subject")));
        delivers(
                alice,
                bob,
                without(chat(bob, "")).with(Element.of("composing", "http://jabber.org/protocol/chatstates")));
        assertArchived(
                false,
                alice,
                bob,
                without(chat(bob, ""))
                        .with(Element.of("received", "urn:xmpp:receipts").with("id", "m1")));
    }

    @Story
    @Spec(xep = 313, section = "6.1.1", says = "headlines are not generally archived, and are not here")
    void a_headline_is_not_archived(Scene scene, Client alice, Client bob) {
        ServerUnderTest.requireOurs(scene, "whether headlines are archived is");
        assertArchived(false, alice, bob, headline(bob, "News"));
    }

    @Story
    @Spec(xep = 313, section = "6.1.1", says = "an error is no part of a conversation")
    void an_error_is_not_archived(Scene scene, Client alice, Client bob) {
        ServerUnderTest.requireOurs(scene, "whether errors are archived is");
        assertArchived(false, alice, bob, message(bob, "Nope").with("type", "error"));
    }

    @Story
    @Spec(xep = 334, section = "4.4", says = "what is to be stored is, whatever is in it")
    void what_is_to_be_stored_is(Client alice, Client bob) {
        Element secret = Element.of("encrypted", "eu.siacs.conversations.axolotl");

        assertArchived(true, alice, bob, hinted(without(chat(bob, "")).with(secret), "store"));
    }

    @Story
    @Spec(xep = 334, section = "4.2", says = "what is not to be stored is in no archive")
    void what_is_not_to_be_stored_is_not(Client alice, Client bob) {
        assertArchived(false, alice, bob, hinted(chat(bob, "Burn this"), "no-store"));
    }

    @Story
    @Spec(
            xep = 334,
            section = "4.1",
            says = "what is not to be stored permanently is in no archive, and waits all the same")
    void what_is_not_to_be_stored_for_ever_waits_until_it_is_delivered(Client alice, Client bob) {
        leave(bob);

        alice.send(hinted(chat(bob.account(), "Read and burn"), "no-permanent-store"));
        alice.fence();

        bob.send(initialPresence());
        bob.expectAll(chatMessage("Read and burn"), available().from(bob));
        assertThat(archive(bob).results()).isEmpty();
        assertThat(archive(alice).results()).isEmpty();
    }

    // ---- once, whatever becomes of it

    @Story
    @Spec(
            xep = 313,
            section = "6.1.1",
            id = "0313-6.1.1-2",
            says = "a message is stored once, however many devices get it")
    void what_several_devices_get_is_archived_once(Client alice, Client alice2, Client bob, Client bob2) {
        together(() -> alice2.iq(enableCarbons()), () -> bob2.iq(enableCarbons()));

        alice.send(chat(bob.account(), "To all of you"));
        together(() -> bob.expect(chatMessage("To all of you")), () -> bob2.expect(chatMessage("To all of you")));
        alice.send(chat(bob, "To one of you"));
        bob.expect(chatMessage("To one of you"));
        bob2.expect(carbon("received", chatMessage("To one of you").that(stanzaId(bob.account()))));
        alice2.expect(carbon("sent", chatMessage("To all of you")));
        alice2.expect(carbon("sent", chatMessage("To one of you")));

        assertThat(archive(bob).bodies()).containsExactly("To all of you", "To one of you");
        assertThat(archive(alice).bodies()).containsExactly("To all of you", "To one of you");
    }

    @Story
    @Spec(xep = 313, section = "6.1", says = "what somebody does not accept is not in that somebody's archive")
    void what_is_refused_is_not_archived_by_who_refuses_it(Client alice, Client bob) {
        bob.ignore(iqSet());
        alice.ignore(presence());
        alice.ignore(error("service-unavailable")); // BlockingStory is about it
        bob.iq(block(alice.account()));

        alice.send(chat(bob, "Talk to me"));

        alice.fence();
        assertThat(archive(bob).results()).isEmpty();
        assertThat(archive(alice).bodies()).containsExactly("Talk to me");
    }

    @Story
    @Spec(xep = 313, section = "6.1.1", says = "what a user has sent is archived, whoever gets it or not")
    void what_nobody_gets_is_in_the_senders_archive(Client alice) {
        alice.send(chat(People.nobody(alice), "Anybody?"));

        alice.expect(error("service-unavailable"));
        assertThat(archive(alice).bodies()).containsExactly("Anybody?");
    }

    // ---- absence

    @Story
    @Spec(
            xep = 313,
            section = "3.1",
            id = {"0313-3.1-1", "0313-3.5-1"},
            says = "the archive has what an absent user would have received, in that order")
    void what_waits_has_the_id_that_it_has_in_the_archive(Client alice, Client bob) {
        leave(bob);
        alice.send(chat(bob.account(), "one"));
        alice.send(chat(bob.account(), "two"));
        alice.fence();

        bob.send(initialPresence());
        Element one = bob.expect(chatMessage("one"));
        Element two = bob.expect(chatMessage("two"));
        bob.expect(available().from(bob));

        assertThat(archive(bob).ids()).containsExactly(idBy(bob, one), idBy(bob, two));
    }

    @Story
    @Spec(xep = 313, section = "6.1.1", says = "what a client has read in the archive is not delivered to it once more")
    void what_was_read_in_the_archive_is_not_delivered_again(Scene scene, Client alice, Client bob) {
        ServerUnderTest.requireOurs(scene, "whether what was read still waits is");
        leave(bob);
        alice.send(chat(bob.account(), "one"));
        alice.send(chat(bob.account(), "two"));
        alice.fence();

        assertThat(archive(bob, firstPage(1)).bodies()).containsExactly("one");
        bob.send(initialPresence());

        bob.expectAll(chatMessage("two"), available().from(bob));
        bob.expectNothing();
    }

    private static void leave(Client client) {
        client.send(unavailablePresence());
        client.iq(ping(client.jid().domain()));
        client.drain();
    }

    @Story
    @Spec(
            xep = 313,
            section = "3.1",
            id = "0313-3.1-1",
            says = "whoever writes, the archive is in the order in which its owner has heard it")
    void the_archive_is_in_the_order_of_hearing(Scene scene, Client alice, Client kate, Client bob) {
        ServerUnderTest.requireNoLuck(scene);
        together(
                () -> List.of("a1", "a2", "a3", "a4").forEach(body -> alice.send(chat(bob, body))),
                () -> List.of("k1", "k2", "k3", "k4").forEach(body -> kate.send(chat(bob, body))));
        var heard = IntStream.range(0, 8)
                .mapToObj(i -> bob.expect(chatMessage()))
                .map(message -> message.childText("body").orElse(""))
                .toList();

        assertThat(archive(bob).bodies()).isEqualTo(heard);
    }
}
