package io.escalus4j.stories;

import static io.escalus4j.match.ArchiveMatchers.*;
import static io.escalus4j.match.ExtensionMatchers.carbon;
import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.Stanzas.assertThat;
import static io.escalus4j.stanza.ArchiveBuilders.*;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.ExtensionBuilders.*;
import static io.escalus4j.stanza.FormBuilders.form;
import static io.escalus4j.stories.Talks.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.ArchivePage;
import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.RequiresFeature;
import io.escalus4j.junit.Story;
import io.escalus4j.stories.server.ServerUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What was said, for who comes later: XEP-0313, and the ids of XEP-0359. */
@RequiresFeature(MAM)
class ArchiveStory {
    private static final String SID = "urn:xmpp:sid:0";

    @Story
    @Spec(
            xep = 313,
            section = "7",
            id = {"0313-7-1", "0313-7-3", "0313-7-4", "0313-4.1-3"},
            says = "an account with an archive announces it, and what it can do beyond the basics")
    void an_archive_is_announced_by_its_account(Client alice) {
        assertThat(alice.iq(getDiscoInfo(alice.account())))
                .matches(discoInfo(feature(MAM), feature(MAM + "#extended"), feature(SID)));
    }

    @Story
    @Spec(xep = 431, section = "2.1", says = "an archive that can be searched says so, and no other")
    @Spec(xep = 313, section = "7", says = "so does one that knows the field include-groupchat")
    void an_archive_announces_what_its_form_has(Client alice) {
        String form = alice.iq(getArchiveFields()).toXml();
        String info = alice.iq(getDiscoInfo(alice.account())).toXml();

        assertThat(info.contains("'urn:xmpp:fulltext:0'"))
                .as("search")
                .isEqualTo(form.contains("'{urn:xmpp:fulltext:0}fulltext'"));
        assertThat(info.contains("'" + MAM + "#groupchat-field'"))
                .as("groupchat")
                .isEqualTo(form.contains("'include-groupchat'"));
    }

    @Story
    @Spec(xep = 359, section = "5", says = "who follows the rules of stanza ids announces it")
    void a_server_says_that_its_ids_can_be_relied_on(Scene scene, Client alice) {
        ServerUnderTest.requireOurs(scene, "that the domain announces it beside the accounts is");
        assertThat(alice.iq(getDiscoInfo(alice.jid().domain()))).matches(discoInfo(feature(SID)));
    }

    @Story
    @Spec(
            xep = 313,
            section = "6.1.1",
            id = {"0313-3.3.1-1", "0313-6.1.1-1"},
            says = "what a user sends and receives is in the user's archive")
    void both_sides_have_a_conversation_in_their_archives(Client alice, Client bob) {
        says(alice, bob, "Tea?");
        says(bob, alice, "At five");

        for (Client client : List.of(alice, bob)) {
            var page = archive(client);
            assertThat(page.bodies()).containsExactly("Tea?", "At five");
            assertThat(page.messages())
                    .extracting(message -> message.attribute("from", ""))
                    .containsExactly(alice.address(), bob.address());
        }
    }

    @Story
    @Spec(xep = 313, section = "4.2", id = "0313-3-2", says = "the original message is forwarded as it was received")
    void a_message_is_archived_as_it_was_sent(Client alice, Client bob) {
        Element said = chat(bob, "1 < 2 && \uD83D\uDE00")
                .with("xml:lang", "en")
                .with(Element.of("subject").withText("Sums"))
                .with(Element.of("thread").withText("t1"))
                .with(Element.of("calculation", "urn:example:sum").with("of", "<1>"));

        delivers(alice, bob, said);

        for (Client client : List.of(alice, bob)) {
            Element kept = archive(client).messages().get(0);
            assertThat(kept.elements()).containsAll(said.elements());
            assertThat(kept.attributes())
                    .containsAll(said.with("from", alice.address()).attributes());
        }
    }

    @Story
    @Spec(
            xep = 313,
            section = "4.2",
            id = {"0313-4.2-1", "0313-4.2-3", "0313-4.2-4"},
            says = "a result carries the query's id and its own, and says when its message came")
    @Spec(
            xep = 313,
            section = "8.2",
            says = "results come from the archive that was asked: the own account, said or not")
    void a_result_says_what_it_belongs_to(Client alice, Client bob) {
        var before = Instant.now().minus(Duration.ofDays(1));
        String id = says(alice, bob, "Hello").get(0);

        var page = ArchivePage.read(bob, marked("f27", archiveQuery()));

        Element result = page.results().get(0);
        assertThat(result)
                .matches(archived(id, chatMessage("Hello").from(alice))
                        .to(bob)
                        .withChild(element("result", MAM).withAttribute("queryid", "f27")));
        String own = bob.account().toString();
        assertThat(result.attribute("from", own)).isEqualTo(own);
        assertThat(page.stamps())
                .singleElement()
                .satisfies(stamp -> assertThat(Instant.parse(stamp)).isAfter(before));
    }

    @Story
    @Spec(
            xep = 313,
            section = "4",
            id = {"0313-4-1", "0313-4-2", "0313-4-3", "0313-6.2-1"},
            says = "the end comes after all results, and names the first and the last of them")
    void the_end_says_where_the_page_is(Client alice, Client bob) {
        var ids = says(alice, bob, "one", "two", "three");

        var page = archive(bob);

        assertThat(page.ids()).isEqualTo(ids);
        assertThat(page.first()).contains(ids.get(0));
        assertThat(page.last()).contains(ids.get(2));
        page.count().ifPresent(count -> assertThat(count).isEqualTo(3));
        page.index().ifPresent(index -> assertThat(index).isZero());
        assertThat(page.isComplete()).isTrue();
    }

    @Story
    @Spec(xep = 313, section = "4.1", says = "a query of an empty archive succeeds and finds nothing")
    void an_empty_archive_has_nothing_to_say(Client alice) {
        var page = archive(alice);

        assertThat(page.results()).isEmpty();
        assertThat(page.isComplete()).isTrue();
        assertThat(page.first()).isEmpty();
        page.count().ifPresent(count -> assertThat(count).isZero());
    }

    @Story
    @Spec(
            xep = 313,
            section = "8.1",
            id = {"0313-8.1-1", "0313-8.1-2"},
            says = "nobody but its owner reads an archive, and nobody learns whose there are")
    void nobody_reads_the_archive_of_somebody_else(Client alice, Client bob, Client kate) {
        says(kate, bob, "Secret");

        for (Element request : List.of(
                archiveQueryOf(bob.account()),
                getArchiveFields(bob.account()),
                getArchiveMetadata(bob.account()),
                getArchivePreferences(bob.account()),
                setArchivePreferences(bob.account(), "never", List.of(), List.of()),
                archiveQueryOf(People.nobody(alice)))) {
            String error = alice.iqError(request).toXml();
            assertThat(error).containsAnyOf("<forbidden", "<service-unavailable");
        }
        assertThat(condition(alice.iqError(archiveQueryOf(bob.account()))))
                .isEqualTo(condition(alice.iqError(archiveQueryOf(People.nobody(alice)))));
        assertThat(archive(bob).bodies()).containsExactly("Secret");
    }

    private static String condition(Element error) {
        return error.child("error").flatMap(Element::firstElement).orElseThrow().name();
    }

    @Story
    @RequiresFeature(MAM + "#extended")
    @Spec(
            xep = 313,
            section = "5",
            id = {"0313-5-1", "0313-5-2"},
            says = "the metadata name the first and the last message, and are empty if there is none")
    void an_archive_tells_its_ends(Client alice, Client bob) {
        assertThat(alice.iq(getArchiveMetadata())
                        .child("metadata", MAM)
                        .orElseThrow()
                        .elements())
                .isEmpty();
        says(alice, bob, "one", "two", "three");
        var page = archive(alice);

        assertThat(alice.iq(getArchiveMetadata()))
                .matches(iqResult()
                        .withChild(element("metadata", MAM)
                                .withChild(element("start", MAM)
                                        .withId(page.ids().get(0))
                                        .withAttribute(
                                                "timestamp", page.stamps().get(0)))
                                .withChild(element("end", MAM)
                                        .withId(page.ids().get(2))
                                        .withAttribute(
                                                "timestamp", page.stamps().get(2)))));
    }

    // ---- ids

    @Story
    @Spec(
            xep = 313,
            section = "3.5",
            id = {"0313-3.5-1", "0313-3.5-3"},
            says = "a recipient is told the id of a message in the own archive")
    void a_message_comes_with_its_id_in_the_archive(Client alice, Client bob) {
        alice.send(chat(bob, "Hello"));

        Element heard = bob.expect(chatMessage("Hello").that(stanzaId(bob.account())));

        assertThat(archive(bob).ids()).containsExactly(idBy(bob, heard));
    }

    @Story
    @Spec(
            xep = 313,
            section = "3.5",
            id = "0313-3.5-4",
            says = "nobody is told an id of an archive that they may not read")
    @Spec(xep = 313, section = "3.5", says = "the own devices are, in carbons")
    void the_senders_id_is_for_the_senders_devices_only(Client alice, Client alice2, Client bob) {
        alice2.iq(enableCarbons());

        alice.send(chat(bob, "Hello"));

        Element heard = bob.expect(chatMessage("Hello"));
        Element copy = alice2.expect(carbon("sent", chatMessage("Hello").that(stanzaId(alice.account()))));
        assertThat(heard.elements("stanza-id", SID)).hasSize(1);
        assertThat(copied(copy).elements("stanza-id", SID)).hasSize(1);
        assertThat(archive(alice).ids()).containsExactly(idBy(alice, copied(copy)));
    }

    private static Element copied(Element carbon) {
        return carbon.firstElement()
                .flatMap(Element::firstElement)
                .flatMap(Element::firstElement)
                .orElseThrow();
    }

    @Story
    @Spec(
            xep = 359,
            section = "3",
            id = "0313-3.5-2",
            says = "an id that somebody else has written in the own name is deleted")
    void a_forged_id_is_taken_away(Client alice, Client alice2, Client bob) {
        alice2.iq(enableCarbons());
        Element forged = chat(bob, "Trust me")
                .with(forged(bob.account().toString()), forged(alice.account().toString()), forged("kate@example.net"));

        Element heard = delivers(alice, bob, forged);

        alice2.expect(carbon("sent", chatMessage("Trust me")));
        assertThat(heard.elements("stanza-id", SID))
                .extracting(id -> id.attribute("by", ""))
                .containsExactlyInAnyOrder("kate@example.net", bob.account().toString());
        assertThat(idBy(bob, heard)).isNotEqualTo("forged");
        assertThat(archive(bob).ids()).containsExactly(idBy(bob, heard));
    }

    @Story
    @Spec(xep = 359, section = "3", id = "0313-3.5-2", says = "it is deleted even where no id is added")
    void a_forged_id_is_taken_away_from_what_is_not_archived(Client alice, Client bob) {
        Element forged = headline(bob, "News").with(forged(bob.account().toString()));

        assertThat(delivers(alice, bob, forged).elements("stanza-id", SID)).isEmpty();
    }

    private static Element forged(String by) {
        return Element.of("stanza-id", SID).with("by", by).with("id", "forged");
    }

    @Story
    @Spec(xep = 359, section = "2.2", says = "what the sender calls a message stays with it")
    void an_origin_id_is_kept(Client alice, Client bob) {
        Element origin = Element.of("origin-id", SID).with("id", "o-1");

        Element heard = delivers(alice, bob, chat(bob, "Mine").with(origin));

        assertThat(heard.child("origin-id", SID)).contains(origin);
        assertThat(archive(bob).messages().get(0).child("origin-id", SID)).contains(origin);
    }

    @Story
    @Spec(xep = 313, section = "3", id = "0313-3-1", says = "ids cannot be guessed from others")
    void an_id_says_nothing_about_the_next(Client alice, Client bob) {
        var ids = says(alice, bob, "one", "two");

        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.length() >= 16);
        assertThat(ids.get(0).substring(0, 8)).isNotEqualTo(ids.get(1).substring(0, 8));
    }

    @Story
    @RequiresFeature("urn:xmpp:mam:1")
    @Spec(xep = 313, section = "4", says = "who speaks the elder version is answered in it")
    void the_elder_version_is_answered_in_its_own_words(Client alice, Client bob) {
        String elder = "urn:xmpp:mam:1";
        says(alice, bob, "one", "two");

        var page = ArchivePage.read(bob, iqSet(Element.of("query", elder)));

        assertThat(page.bodies()).containsExactly("one", "two");
        assertThat(page.fin().namespace()).isEqualTo(elder);
        assertThat(page.results()).allMatch(result -> result.has("result", elder));
    }
}
