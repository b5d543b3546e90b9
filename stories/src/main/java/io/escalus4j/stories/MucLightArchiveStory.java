package io.escalus4j.stories;

import static io.escalus4j.Together.together;
import static io.escalus4j.match.ArchiveMatchers.*;
import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.MucLightMatchers.*;
import static io.escalus4j.match.Stanzas.assertThat;
import static io.escalus4j.stanza.ArchiveBuilders.*;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.ExtensionBuilders.getDiscoInfo;
import static io.escalus4j.stanza.MucLightBuilders.*;
import static io.escalus4j.stories.LightRooms.*;
import static io.escalus4j.stories.Talks.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.ArchivePage;
import io.escalus4j.Client;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.RequiresFeature;
import io.escalus4j.junit.Story;
import java.util.List;

/** What was said in rooms without presence, for who comes later. */
@RequiresFeature({MAM, "urn:xmpp:muclight:0"})
class MucLightArchiveStory {
    private static final String AFFILIATIONS = "urn:xmpp:muclight:0#affiliations";
    private static final String CONFIGURATION = "urn:xmpp:muclight:0#configuration";
    private static final String MUC_USER = "http://jabber.org/protocol/muc#user";

    private static ArchivePage archiveOf(String room, Client reader, Element... parts) {
        return ArchivePage.read(reader, archiveQueryOf(room, parts));
    }

    /** {@code speaker} says it, and all of them have heard it. Returns what the archive calls it. */
    private static String said(String room, Client speaker, String body, Client... hearers) {
        speaker.send(groupchat(room, body));
        String id = idBy(room, speaker.expect(groupchat(body).from(seat(room, speaker))));
        for (Client hearer : hearers) {
            assertThat(idBy(room, hearer.expect(groupchat(body)))).isEqualTo(id);
        }
        return id;
    }

    /** What has been said, without what has happened to the room. */
    private static List<String> talk(String room, Client reader, Element... parts) {
        return archiveOf(room, reader, parts).bodies().stream()
                .filter(body -> !body.isEmpty())
                .toList();
    }

    // ---- what is kept

    @Story
    @Spec(
            xep = 313,
            section = "7",
            id = {"0313-6.1-1", "0313-7-1"},
            says = "a room with an archive announces it; the service has none")
    void a_room_announces_its_archive(Client alice) {
        String room = room(alice);

        assertThat(alice.iq(getDiscoInfo(room)))
                .matches(discoInfo(
                        feature(MUC_LIGHT),
                        feature(MAM),
                        feature(MAM + "#extended"),
                        feature("urn:xmpp:sid:0"),
                        feature("urn:xmpp:message-retract:1#tombstone")));
        assertThat(alice.iq(getDiscoInfo(service(alice))).toXml()).doesNotContain(MAM);
        alice.iqError(archiveQueryOf(service(alice)), "feature-not-implemented");
    }

    @Story
    @Spec(
            xep = 313,
            section = "6.1.2",
            id = {"0313-3.3.2-1", "0313-6.1.2-1", "muclight-5-1"},
            says = "a room keeps a message once, and tells all who get it the same id")
    void a_room_keeps_what_is_said_in_it(Client alice, Client bob) {
        String room = room(alice, bob);

        String first = said(room, alice, "Your move", bob);
        String second = said(room, bob, "e4", alice);

        for (Client reader : List.of(alice, bob)) {
            assertThat(talk(room, reader)).containsExactly("Your move", "e4");
            assertThat(archiveOf(room, reader).ids()).endsWith(first, second).doesNotHaveDuplicates();
        }
    }

    @Story
    @Spec(
            xep = 313,
            section = "6.1.2",
            id = {"0313-6.1.2-4", "0313-6.1.2-5", "0313-6.1.2-6", "0313-8.4-1", "muclight-5-1"},
            says = "a forwarded message of a room comes from its occupant and is for nobody in particular")
    void a_message_is_kept_as_the_room_has_sent_it(Client alice, Client bob) {
        String room = room(alice, bob);
        Element forged = Element.of("x", MUC_USER)
                .with(Element.of("item", MUC_USER)
                        .with("jid", "kate@example.net")
                        .with("role", "moderator"));

        alice.send(groupchat(room, "Hi").with("id", "m-1").with(forged));
        together(() -> alice.expect(groupchat("Hi")), () -> bob.expect(groupchat("Hi")));

        var page = archiveOf(room, bob, lastPage(1));
        assertThat(page.results().get(0))
                .matches(archived(groupchat("Hi")).from(room).to(bob));
        assertThat(page.messages().get(0))
                .matches(groupchat("Hi")
                        .withId("m-1")
                        .from(seat(room, alice))
                        .withoutAttribute("to")
                        .withoutChild("x", MUC_USER));
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "5",
            id = {"muclight-5-2", "muclight-5-3", "0313-3.5-4"},
            says = "who is in a room from its beginning is kept as one event")
    @Spec(proposal = "MUC Light", section = "5", says = "who comes and goes is kept, with the version that it makes")
    void a_room_keeps_who_has_come_and_gone(Client alice, Client bob, Client kate) {
        String room = room(alice, bob);
        alice.iq(setLightAffiliations(room, member(kate), none(bob)));
        together(
                () -> alice.expect(affiliationNotice(room, lightUser(kate, "member"), lightUser(bob, "none"))),
                () -> kate.expect(
                        affiliationNotice(room, lightUser(kate, "member")).that(stanzaId(room))),
                () -> bob.expect(
                        affiliationNotice(room, lightUser(bob, "none")).withoutChild("stanza-id", "urn:xmpp:sid:0")));

        var page = archiveOf(room, kate);

        assertThat(page.messages()).hasSize(2);
        assertThat(page.messages().get(0))
                .matches(affiliationNotice(room, lightUser(alice, "owner"), lightUser(bob, "member")));
        assertThat(page.messages().get(1))
                .matches(affiliationNotice(room, lightUser(kate, "member"), lightUser(bob, "none"))
                        .withoutAttribute("to")
                        .withChild(element("x", AFFILIATIONS)
                                .withChild(element("version", AFFILIATIONS).withText(version(room, alice)))
                                .withoutChild("prev-version", AFFILIATIONS)));
    }

    @Story
    @Spec(proposal = "MUC Light", section = "5", id = "muclight-5-4", says = "what the room is set to is kept")
    void a_room_keeps_how_it_was_set(Client alice, Client bob) {
        String room = room(alice, bob);
        alice.iq(setLightConfiguration(room, setting("subject", "Openings")));
        together(
                () -> alice.expect(configurationNotice(room, lightSetting("subject", "Openings"))),
                () -> bob.expect(configurationNotice(room, lightSetting("subject", "Openings"))));

        assertThat(archiveOf(room, bob, lastPage(1)).messages().get(0))
                .matches(configurationNotice(room, lightSetting("subject", "Openings"))
                        .withChild(element("x", CONFIGURATION).withChild("version", CONFIGURATION)));
    }

    @Story
    @Spec(xep = 334, section = "4.2", says = "what is not to be stored is not in the archive of a room, and has no id")
    void a_room_forgets_what_is_not_to_be_kept(Client alice, Client bob) {
        String room = room(alice, bob);

        alice.send(groupchat(room, "Off the record").with(Element.of("no-store", HINTS)));

        together(
                () -> alice.expect(groupchat("Off the record").withoutChild("stanza-id", "urn:xmpp:sid:0")),
                () -> bob.expect(groupchat("Off the record").withoutChild("stanza-id", "urn:xmpp:sid:0")));
        assertThat(talk(room, bob)).isEmpty();
    }

    @Story
    @Spec(xep = 359, section = "3", says = "an id that is written in the name of the room is deleted")
    void nobody_writes_ids_in_the_name_of_the_room(Client alice) {
        String room = room(alice);
        Element forged =
                Element.of("stanza-id", "urn:xmpp:sid:0").with("by", room).with("id", "forged");

        alice.send(groupchat(room, "Trust me").with(forged));
        Element heard = alice.expect(groupchat("Trust me"));
        alice.send(groupchat(room, "And me").with(forged).with(Element.of("no-store", HINTS)));

        assertThat(heard.elements("stanza-id", "urn:xmpp:sid:0")).hasSize(1);
        assertThat(idBy(room, heard)).isNotEqualTo("forged");
        assertThat(alice.expect(groupchat("And me")).elements("stanza-id", "urn:xmpp:sid:0"))
                .isEmpty();
    }

    @Story
    @Spec(
            xep = 313,
            section = "6.1.1",
            id = "muclight-5-8",
            says = "whether groupchat is in the archives of accounts is up to the server; here it is not")
    void what_a_room_says_is_not_in_the_archives_of_accounts(Client alice, Client bob) {
        String room = room(alice, bob);
        said(room, alice, "To all", bob);
        says(alice, bob, "To you");

        assertThat(archive(alice).bodies()).containsExactly("To you");
        assertThat(archive(bob).bodies()).containsExactly("To you");
    }

    // ---- who reads it

    @Story
    @Spec(
            xep = 313,
            section = "6.1.2",
            id = {"muclight-5-5", "0313-6.1.2-3", "0313-8.1-2"},
            says = "who may not be in the room may not read its archive, at the time of the query")
    void nobody_but_occupants_reads_the_archive_of_a_room(Client alice, Client bob, Client kate) {
        String room = room(alice, bob);
        said(room, alice, "Secret", bob);

        for (Element request : List.of(
                archiveQueryOf(room), getArchiveFields(room), getArchiveMetadata(room), getArchivePreferences(room))) {
            kate.iqError(request, "not-allowed");
        }
        kate.iqError(archiveQueryOf(noRoom(kate)), "not-allowed");

        bob.iq(leaveLightRoom(room, bob));
        together(
                () -> alice.expect(affiliationNotice(room, lightUser(bob, "none"))),
                () -> bob.expect(affiliationNotice(room, lightUser(bob, "none"))));
        bob.iqError(archiveQueryOf(room), "not-allowed");
        kate.expectNothing();
    }

    @Story
    @Spec(proposal = "MUC Light", section = "5", says = "who joins reads what was said before")
    void who_joins_reads_what_was_said_before(Client alice, Client kate) {
        String room = room(alice);
        said(room, alice, "Before you came");
        alice.iq(setLightAffiliations(room, member(kate)));
        together(
                () -> alice.expect(affiliationNotice(room, lightUser(kate, "member"))),
                () -> kate.expect(affiliationNotice(room, lightUser(kate, "member"))));

        assertThat(talk(room, kate)).containsExactly("Before you came");
    }

    @Story
    @Spec(xep = 313, section = "4.1.1", says = "in the archive of a room a message matches by who has sent it")
    void the_archive_of_a_room_has_pages_and_filters(Client alice, Client bob) {
        String room = room(alice, bob);
        said(room, alice, "1", bob);
        String second = said(room, bob, "2", alice);
        said(room, alice, "3", bob);

        assertThat(talk(room, bob, filter("with", seat(room, alice)))).containsExactly("1", "3");
        assertThat(talk(room, bob, filter("with", bob.account()))).containsExactly("2");
        assertThat(talk(room, bob, filter("after-id", second))).containsExactly("3");
        assertThat(talk(room, bob, pageBefore(second, 1), flipped())).containsExactly("1");
        assertThat(talk(room, bob, filter("full-text-search", "3"))).containsExactly("3");
        assertThat(archiveOf(room, bob, firstPage(0)).count()).contains(4);
    }

    @Story
    @Spec(xep = 313, section = "4.1.3", says = "an id of another archive is not found in that of the room")
    @Spec(xep = 313, section = "4.1.5", says = "nor is a field that nobody knows")
    void a_query_of_a_room_is_refused_like_any_other(Client alice, Client bob) {
        String room = room(alice, bob);
        String foreign = says(alice, bob, "elsewhere").get(0);

        bob.iqError(archiveQueryOf(room, filter("after-id", foreign)), "item-not-found");
        bob.iqError(archiveQueryOf(room, pageAfter(foreign, 1)), "item-not-found");
        bob.iqError(archiveQueryOf(room, filter("mood", "lonely")), "feature-not-implemented");
        bob.iqError(archiveQueryOf(room, filter("start", "noon")), "bad-request");
        bob.expectNothing();
    }

    // ---- preferences

    @Story
    @Spec(
            xep = 441,
            section = "2.1",
            id = "muclight-5-6",
            says = "who may not change the preferences of an archive is told so")
    void only_an_owner_says_what_a_room_keeps(Client alice, Client bob, Client kate) {
        String room = room(alice, bob, kate);
        Element never = setArchivePreferences(room, "always", List.of(), List.of(kate.account()));

        bob.iqError(never, "not-allowed");
        alice.iq(never);
        said(room, kate, "Not for the record", alice, bob);
        said(room, bob, "For the record", alice, kate);

        assertThat(bob.iq(getArchivePreferences(room)).toXml())
                .contains(kate.account().toString());
        assertThat(talk(room, kate)).containsExactly("For the record");
        alice.iqError(setArchivePreferences(room, "roster", List.of(), List.of()), "bad-request");
    }

    // ---- the end

    @Story
    @Spec(proposal = "MUC Light", section = "5", id = "muclight-5-7", says = "the archive of a room goes with it")
    void a_new_room_of_an_old_name_knows_nothing_of_the_old_one(Client alice, Client bob) {
        String room = room(alice);
        said(room, alice, "Nobody's business");
        alice.iq(destroyLightRoom(room));
        alice.expect(destructionNotice(room, alice));

        bob.iq(createLightRoom(room));
        bob.expect(affiliationNotice(room, lightUser(bob, "owner")));

        assertThat(archiveOf(room, bob).messages())
                .singleElement()
                .satisfies(event -> assertThat(event).matches(affiliationNotice(room, lightUser(bob, "owner"))));
        alice.iqError(archiveQueryOf(room), "not-allowed");
    }

    // ---- retraction

    @Story
    @Spec(xep = 424, section = "5.1", says = "in a room a message is taken back by the id that the room has given it")
    void what_was_said_in_a_room_is_taken_back(Client alice, Client bob) {
        String room = room(alice, bob);
        Element wrong = groupchat(room, "Oops");
        alice.send(wrong);
        String id = idBy(room, alice.expect(groupchat("Oops")));
        bob.expect(groupchat("Oops"));
        Element retraction = retraction(wrong, id);

        alice.send(retraction);
        together(
                () -> alice.expect(groupchat().withChild("retract", "urn:xmpp:message-retract:1")),
                () -> bob.expect(groupchat().withChild("retract", "urn:xmpp:message-retract:1")));

        var page = archiveOf(room, bob, lastPage(2));
        assertThat(page.ids().get(0)).isEqualTo(id);
        assertThat(page.messages().get(0))
                .matches(tombstone(retraction.attribute("id", ""))
                        .from(seat(room, alice))
                        .withId(wrong.attribute("id", "")));
        assertThat(page.messages().get(1)).matches(groupchat().withChild("retract", "urn:xmpp:message-retract:1"));
    }

    @Story
    @Spec(xep = 424, section = "5", says = "in a room, too, only the author takes a message back")
    void nobody_takes_back_in_a_room_what_another_has_said(Client alice, Client bob) {
        String room = room(alice, bob);
        String id = said(room, alice, "I stand by it", bob);

        bob.send(retraction(groupchat(room, ""), id));
        together(() -> alice.expect(groupchat().from(seat(room, bob))), () -> bob.expect(groupchat()));

        assertThat(talk(room, alice)).containsExactly("I stand by it");
    }
}
