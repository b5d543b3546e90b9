package io.escalus4j.stories;

import static io.escalus4j.match.ArchiveMatchers.tombstone;
import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.Stanzas.assertThat;
import static io.escalus4j.stanza.ArchiveBuilders.*;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.ExtensionBuilders.*;
import static io.escalus4j.stories.Talks.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.RequiresFeature;
import io.escalus4j.junit.Story;
import java.util.List;

/** What was said is taken back: XEP-0424. */
@RequiresFeature("urn:xmpp:message-retract:1")
class RetractionStory {
    private static final String RETRACT = "urn:xmpp:message-retract:1";
    private static final String BY_STANZA_ID = "urn:esl:message-retract-by-stanza-id:0";

    private static String id(Element message) {
        return message.attribute("id", "");
    }

    @Story
    @Spec(xep = 424, section = "2", says = "a server that archives retractions says so")
    @Spec(xep = 424, section = "4", says = "and that it puts tombstones into archives")
    void retraction_is_announced(Client alice) {
        assertThat(alice.iq(getDiscoInfo(alice.jid().domain())))
                .matches(discoInfo(feature(RETRACT), feature(RETRACT + "#tombstone")));
        assertThat(alice.iq(getDiscoInfo(alice.account())))
                .matches(discoInfo(feature(RETRACT), feature(RETRACT + "#tombstone"), feature(BY_STANZA_ID)));
    }

    @Story
    @Spec(
            xep = 424,
            section = "4",
            id = "0313-3.2-3",
            says = "a tombstone takes the place of the message, and names the retraction")
    @Spec(xep = 424, section = "5", says = "the retraction itself is archived")
    void what_was_taken_back_is_in_no_archive_any_more(Client alice, Client bob) {
        Element said = chat(bob, "To the wrong person");
        delivers(alice, bob, said);
        says(alice, bob, "Something else");
        var before = List.of(archive(alice), archive(bob));
        Element retraction = retraction(said);

        delivers(alice, bob, retraction);

        for (int i = 0; i < 2; i++) {
            var page = archive(i == 0 ? alice : bob);
            assertThat(page.messages().get(0))
                    .matches(tombstone(id(retraction)).from(alice).to(bob).withId(id(said)));
            assertThat(page.bodies()).containsExactly("", "Something else", "");
            assertThat(page.messages().get(2)).matches(message().withChild("retract", RETRACT));
            assertThat(page.ids()).startsWith(before.get(i).ids().toArray(String[]::new));
            assertThat(page.stamps()).startsWith(before.get(i).stamps().toArray(String[]::new));
        }
    }

    @Story
    @Spec(xep = 424, section = "5", says = "a retraction counts only if it comes from who has sent the message")
    void nobody_takes_back_what_somebody_else_has_said(Client alice, Client bob) {
        Element said = chat(bob, "I meant that");
        delivers(alice, bob, said);

        delivers(bob, alice, retraction(said.with("to", alice.address())));

        assertThat(archive(alice).bodies().get(0)).isEqualTo("I meant that");
        assertThat(archive(bob).bodies().get(0)).isEqualTo("I meant that");
    }

    @Story
    @Spec(xep = 424, section = "5", says = "another message of the same id is no hindrance")
    void a_message_of_the_same_id_protects_nothing(Client alice, Client bob) {
        Element said = chat(bob, "Mine").with("id", "same");
        delivers(alice, bob, said);
        delivers(bob, alice, chat(alice, "Yours").with("id", "same"));

        delivers(alice, bob, retraction(said));

        assertThat(archive(bob).bodies()).containsExactly("", "Yours", "");
    }

    @Story
    @Spec(xep = 424, section = "5", says = "the retraction of what is not there is archived and takes back nothing")
    void what_was_never_said_is_not_taken_back(Client alice, Client bob) {
        says(alice, bob, "Here I stand");

        delivers(alice, bob, retraction(chat(bob, "never sent")));

        assertThat(archive(bob).bodies()).containsExactly("Here I stand", "");
    }

    @Story
    @Spec(xep = 424, section = "4", says = "a tombstone needs the id of the retraction; without one there is none")
    void a_retraction_without_an_id_takes_back_nothing(Client alice, Client bob) {
        Element said = chat(bob, "Still here");
        delivers(alice, bob, said);

        alice.send(retraction(said).without("id"));
        bob.expect(message().withChild("retract", RETRACT).withoutAttribute("id"));

        assertThat(archive(bob).bodies()).containsExactly("Still here", "");
    }

    @Story
    @Spec(xep = 424, section = "4", says = "nothing of a message that was taken back can be found out any more")
    void what_was_taken_back_is_found_by_no_search(Client alice, Client bob) {
        Element said = chat(bob, "my password is swordfish");
        delivers(alice, bob, said);
        assertThat(archive(bob, filter("full-text-search", "swordfish")).results())
                .hasSize(1);

        delivers(alice, bob, retraction(said));

        assertThat(archive(bob, filter("full-text-search", "swordfish")).results())
                .isEmpty();
        assertThat(archive(bob, filter("with", alice.account())).results()).hasSize(2);
    }

    @Story
    @Spec(xep = 424, section = "5", says = "a retraction waits for who is away, and counts at once")
    void a_retraction_does_not_wait_for_its_addressee(Client alice, Client bob) {
        Element said = chat(bob.account(), "Forget it");
        bob.send(unavailablePresence());
        bob.iq(ping(bob.jid().domain()));
        bob.drain();

        alice.send(said);
        alice.send(retraction(said));
        alice.fence();

        bob.send(initialPresence());
        bob.expectAll(
                message().withId(id(said)),
                message().withChild("retract", RETRACT),
                available().from(bob));
        assertThat(archive(bob).bodies()).containsExactly("", "");
    }

    @Story
    @Spec(xep = 424, section = "4", says = "an archive may be asked by its own id of the message, too")
    void a_message_is_taken_back_by_its_id_in_the_archive(Client alice, Client bob) {
        says(alice, bob, "Oops");
        String id = archive(alice).ids().get(0);

        delivers(alice, bob, byStanzaId(bob, id));

        Element left = archive(alice).messages().get(0);
        assertThat(left)
                .matches(message()
                        .withoutChild("body", "jabber:client")
                        .withChild(element("retracted", BY_STANZA_ID)
                                .withAttribute("stamp")
                                .withChild(element("stanza-id", "urn:xmpp:sid:0")
                                        .withId(id)
                                        .withAttribute("by", alice.account().toString()))));
    }

    private static Element byStanzaId(Client to, String id) {
        return message(to, "")
                .without("body", "jabber:client")
                .with(Element.of("apply-to", "urn:xmpp:fasten:0")
                        .with("id", id)
                        .with(Element.of("retract", BY_STANZA_ID)));
    }
}
