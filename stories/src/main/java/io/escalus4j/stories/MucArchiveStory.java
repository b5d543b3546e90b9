package io.escalus4j.stories;

import static io.escalus4j.Together.together;
import static io.escalus4j.match.ArchiveMatchers.archived;
import static io.escalus4j.match.ArchiveMatchers.tombstone;
import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.MucMatchers.*;
import static io.escalus4j.match.ServiceMatchers.occupant;
import static io.escalus4j.match.ServiceMatchers.roomSubject;
import static io.escalus4j.match.Stanzas.assertThat;
import static io.escalus4j.stanza.ArchiveBuilders.*;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.ExtensionBuilders.getDiscoInfo;
import static io.escalus4j.stanza.MucBuilders.*;
import static io.escalus4j.stories.ChatRooms.*;
import static io.escalus4j.stories.Talks.idBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.ArchivePage;
import io.escalus4j.Client;
import io.escalus4j.NotApplicable;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.RequiresFeature;
import io.escalus4j.junit.Story;
import io.escalus4j.match.Matcher;
import io.escalus4j.stories.server.ServerUnderTest;
import java.util.List;

/** What was said in rooms of multi-user chat, for who comes later: XEP-0313 section 6.1.2. */
@RequiresFeature({"http://jabber.org/protocol/muc", MAM})
class MucArchiveStory {
    private static final Matcher RETRACTION = groupchat().withChild("retract", "urn:xmpp:message-retract:1");

    private static ArchivePage archiveOf(String room, Client reader, Element... parts) {
        return ArchivePage.read(reader, archiveQueryOf(room, parts));
    }

    private static List<String> talk(String room, Client reader, Element... parts) {
        return archiveOf(room, reader, parts).bodies();
    }

    private static boolean tells(Element message, Client speaker) {
        return message.toXml().contains(speaker.account().toString());
    }

    // ---- what is kept

    @Story
    @Spec(xep = 313, section = "7", id = "0313-7-1", says = "a room with an archive announces it")
    void a_room_announces_its_archive(Client alice) {
        String room = room(alice);

        assertThat(alice.iq(getDiscoInfo(room)))
                .matches(discoInfo(feature(MAM), feature(MAM + "#extended"), feature("urn:xmpp:sid:0")));
    }

    @Story
    @Spec(
            xep = 313,
            section = "6.1.2",
            id = {"0313-3.3.2-1", "0313-6.1.2-1", "0313-6.1.2-4", "0313-6.1.2-5", "0313-3.5-3"},
            says = "a message is kept once, from the occupant and to nobody, with the room's id")
    void a_room_keeps_what_is_said_in_it(Client alice, Client bob) {
        String room = room(alice, bob);
        bob.send(groupchat(room, "Check").with("id", "m-1"));
        String id = idBy(room, alice.expect(said(room, "bob", "Check")));
        bob.expect(said(room, "bob", "Check"));

        for (Client reader : List.of(alice, bob)) {
            var page = archiveOf(room, reader);
            assertThat(page.ids()).containsExactly(id);
            assertThat(page.results().get(0))
                    .matches(archived(groupchat("Check")).from(room).to(reader));
            assertThat(page.messages().get(0))
                    .matches(said(room, "bob", "Check").withId("m-1").withoutAttribute("to"));
        }
    }

    @Story
    @Spec(xep = 313, section = "6.1.2", says = "changes of the subject are kept")
    void a_room_keeps_its_subjects(Client alice) {
        String room = room(alice);
        alice.send(setSubject(room, "Openings"));
        alice.expect(roomSubject(room, "Openings"));

        assertThat(archiveOf(room, alice).messages().get(0)).matches(groupchat().withSubject("Openings"));
    }

    @Story
    @Spec(
            xep = 313,
            section = "6.1.2",
            id = "0313-6.1.2-2",
            says = "what occupants say to each other alone is in no archive of a room")
    void a_room_keeps_no_secrets(Client alice, Client bob) {
        String room = room(alice, bob);
        alice.send(privateMessage(room, "bob", "Psst"));
        bob.expect(chatMessage("Psst"));

        assertThat(talk(room, alice)).isEmpty();
    }

    @Story
    @Spec(xep = 313, section = "6.1", says = "what a room refuses is not in its archive")
    void a_room_keeps_nothing_that_it_refuses(Client alice, Client kate) {
        String room = room(alice);

        kate.send(groupchat(room, "Let me in"));

        kate.expect(error("not-acceptable"));
        assertThat(talk(room, alice)).isEmpty();
    }

    @Story
    @Spec(
            xep = 313,
            section = "8.4",
            id = {"0313-6.1.2-6", "0313-8.4-1"},
            says = "what somebody claims about the sender is not in the archive")
    void nobody_claims_to_be_somebody_else_in_an_archive(Client alice, Client bob) {
        String room = room(alice, bob);
        Element forged = Element.of("x", USER).with(Element.of("item", USER).with("jid", "kate@example.net"));

        bob.send(groupchat(room, "It was me").with(forged));
        together(() -> alice.expect(said(room, "bob", "It was me")), () -> bob.expect(said(room, "bob", "It was me")));

        assertThat(archiveOf(room, alice).messages().get(0).toXml()).doesNotContain("kate@example.net");
    }

    @Story
    @Spec(xep = 313, section = "3.5", says = "history and archive call a message the same")
    void history_and_archive_agree(Client alice, Client bob) {
        String room = room(alice);
        heard(room, alice, "Before you came", alice);

        enterAs(room, bob, "bob");
        Element told = bob.expect(said(room, "alice", "Before you came"));
        entered(room, bob, alice);

        assertThat(archiveOf(room, bob).ids()).containsExactly(idBy(room, told));
    }

    // ---- who reads it

    @Story
    @Spec(
            xep = 313,
            section = "6.1.2",
            id = {"0313-6.1.2-3", "0313-8.1-2"},
            says = "the archive of an open room is for all who may enter it")
    void who_may_enter_reads_the_archive(Client alice, Client kate) {
        String room = room(alice);
        heard(room, alice, "Hello world", alice);

        assertThat(talk(room, kate)).containsExactly("Hello world");

        affiliateAbsent(room, alice, kate, "outcast");
        kate.iqError(archiveQueryOf(room), "forbidden");
    }

    @Story
    @Spec(
            xep = 313,
            section = "6.1.2",
            id = {"0313-6.1.2-3", "0313-8.1-1"},
            says = "that of a room for members is for owners, admins and members")
    void a_room_for_members_has_an_archive_for_members(Client alice, Client bob, Client kate) {
        String room = room(alice, option("membersonly", "1"));
        heard(room, alice, "Among ourselves", alice);
        affiliateAbsent(room, alice, bob, "member");

        assertThat(talk(room, bob)).containsExactly("Among ourselves");
        kate.iqError(archiveQueryOf(room), "forbidden");
        kate.iqError(getArchiveMetadata(room));
        kate.iqError(getArchivePreferences(room));
    }

    @Story
    @Spec(
            xep = 313,
            section = "6.1.2",
            id = "0313-6.1.2-3",
            says = "who has not shown the password of a room does not read its archive")
    void a_room_with_a_password_has_an_archive_for_its_occupants(Client alice, Client kate) {
        String room = room(alice, options(option("passwordprotectedroom", "1"), option("roomsecret", "sesame")));
        heard(room, alice, "Open", alice);

        kate.iqError(archiveQueryOf(room), "forbidden");
        kate.send(enterRoomWithPassword(room, "kate", "sesame"));
        kate.expect(said(room, "alice", "Open"));
        entered(room, kate, alice);

        assertThat(talk(room, kate)).containsExactly("Open");
    }

    @Story
    @Spec(
            xep = 313,
            section = "6.1.2",
            says = "who may see real JIDs is told who has said a message, and nobody else is")
    void a_semi_anonymous_room_tells_moderators_who_it_was(Client alice, Client bob, Client kate) {
        String room = room(alice, option("whois", "moderators"), bob, kate);
        heard(room, bob, "Guess who", alice, bob, kate);

        Element forModerators = archiveOf(room, alice).messages().get(0);
        Element forOthers = archiveOf(room, kate).messages().get(0);

        assertThat(forModerators)
                .matches(groupchat("Guess who")
                        .withChild(element("x", USER)
                                .withChild(element("item", USER).withAttribute("jid", bob.address()))));
        assertThat(forOthers).matches(groupchat("Guess who").withoutChild("x", USER));
        assertThat(tells(forOthers, bob)).isFalse();
    }

    @Story
    @Spec(xep = 313, section = "6.1.2", says = "in a non-anonymous room all are told who has said a message")
    void a_non_anonymous_room_tells_all_who_it_was(Client alice, Client bob) {
        String room = room(alice, option("whois", "anyone"), bob);
        heard(room, alice, "Openly", alice, bob);

        assertThat(tells(archiveOf(room, bob).messages().get(0), alice)).isTrue();
    }

    @Story
    @Spec(
            xep = 313,
            section = "6.1.2",
            says = "in a room that is non-anonymous now all are told, of what all have seen")
    void a_room_that_is_not_anonymous_any_more_tells_what_was_seen(Scene scene, Client alice, Client bob, Client kate) {
        ServerUnderTest.requireOurs(scene, "what is told of what was said before is");
        String room = room(alice, option("whois", "moderators"), bob, kate);
        heard(room, bob, "Discreetly", alice, bob, kate);
        configure(room, alice, option("whois", "anyone"), 172, alice, bob, kate);
        heard(room, bob, "Openly", alice, bob, kate);

        var messages = archiveOf(room, kate).messages();

        assertThat(tells(messages.get(0), bob)).isFalse();
        assertThat(tells(messages.get(1), bob)).isTrue();
        assertThat(messages.get(0).toXml()).doesNotContain("discreet");
    }

    @Story
    @RequiresFeature("urn:xmpp:message-retract:1")
    @Spec(xep = 313, section = "6.1.2", says = "what was taken back tells no more of who it was than what was said")
    void a_tombstone_stays_discreet(Client alice, Client bob, Client kate) {
        String room = room(alice, option("whois", "moderators"), bob, kate);
        bob.send(groupchat(room, "Oops"));
        String id = idBy(room, bob.expect(said(room, "bob", "Oops")));
        together(() -> alice.expect(said(room, "bob", "Oops")), () -> kate.expect(said(room, "bob", "Oops")));
        bob.send(retraction(groupchat(room, ""), id));
        together(() -> alice.expect(RETRACTION), () -> bob.expect(RETRACTION), () -> kate.expect(RETRACTION));
        configure(room, alice, option("whois", "anyone"), 172, alice, bob, kate);

        assertThat(tells(archiveOf(room, alice).messages().get(0), bob)).isTrue();
        Element tombstone = archiveOf(room, kate).messages().get(0);
        assertThat(tells(tombstone, bob)).isFalse();
        assertThat(tombstone.toXml()).contains("retracted").doesNotContain("discreet");
    }

    @Story
    @Spec(xep = 313, section = "4.1.1", says = "in the archive of a room a message matches by its occupant")
    void messages_of_one_occupant_are_found(Scene scene, Client alice, Client bob) {
        ServerUnderTest.requireOurs(scene, "what with means in a room is");
        String room = room(alice, bob);
        heard(room, alice, "1", alice, bob);
        heard(room, bob, "2", alice, bob);
        heard(room, alice, "3", alice, bob);

        assertThat(talk(room, bob, filter("with", room + "/alice"))).containsExactly("1", "3");
        assertThat(talk(room, bob, filter("with", room + "/bob"), lastPage(5))).containsExactly("2");
        assertThat(talk(room, bob, firstPage(2), flipped())).containsExactly("2", "1");
        bob.iqError(archiveQueryOf(room, filter("mood", "lonely")), "feature-not-implemented");
        bob.iqError(archiveQueryOf(room, pageAfter("no-such-id", 1)), "item-not-found");
    }

    @Story
    @Spec(
            xep = 441,
            section = "2.1",
            says = "who may not change the preferences of an archive is told so, and does not see whom they name")
    void only_an_owner_says_what_a_room_keeps(Client alice, Client bob) {
        String room = room(alice, bob);
        if (iqError().matches(alice.request(getArchivePreferences(room)))) {
            throw NotApplicable.because("the rooms of this server have no preferences (XEP-0441 section 2.1)");
        }
        Element never = setArchivePreferences(room, "never", List.of(), List.of());

        bob.iqError(never, "forbidden");
        bob.iqError(getArchivePreferences(room), "forbidden");
        heard(room, bob, "On record", alice, bob);
        alice.iq(never);
        heard(room, bob, "Off the record", alice, bob);

        assertThat(talk(room, bob)).containsExactly("On record");
    }

    // ---- the end, and retraction

    @Story
    @Spec(xep = 313, section = "6.1.2", says = "a new room has a new archive, whatever its name is")
    void a_new_room_of_an_old_name_knows_nothing_of_the_old_one(Client alice, Client bob) {
        String room = room(alice);
        heard(room, alice, "Nobody's business", alice);
        alice.iq(destroyRoom(room, "over"));
        alice.expect(unavailable().from(room + "/alice"));

        enterAs(room, bob, "bob");
        bob.expect(self(room, "bob", 201));
        bob.expect(roomSubject(room, ""));
        bob.iq(acceptRoomDefaults(room));

        assertThat(talk(room, bob)).isEmpty();
    }

    @Story
    @RequiresFeature("urn:xmpp:message-retract:1")
    @Spec(xep = 424, section = "4", says = "what was taken back in a room is a tombstone, from its occupant")
    void what_was_said_in_a_room_is_taken_back(Client alice, Client bob) {
        String room = room(alice, bob);
        bob.send(groupchat(room, "Oops"));
        Element wrong = bob.expect(said(room, "bob", "Oops"));
        alice.expect(said(room, "bob", "Oops"));
        Element retraction = retraction(groupchat(room, ""), idBy(room, wrong));

        bob.send(retraction);
        together(() -> alice.expect(RETRACTION), () -> bob.expect(RETRACTION));

        var page = archiveOf(room, alice);
        assertThat(page.messages().get(0))
                .matches(tombstone(retraction.attribute("id", "")).from(room + "/bob"));
        assertThat(page.bodies()).doesNotContain("Oops").hasSize(2);
        assertThat(page.ids()).startsWith(idBy(room, wrong));
    }

    @Story
    @RequiresFeature("urn:xmpp:message-retract:1")
    @Spec(xep = 424, section = "5", says = "who has taken the author's nickname is not the author")
    void a_nickname_is_no_right_to_take_back(Client alice, Client bob, Client kate) {
        String room = room(alice, bob);
        bob.send(groupchat(room, "I stand by it"));
        String id = idBy(room, bob.expect(said(room, "bob", "I stand by it")));
        alice.expect(said(room, "bob", "I stand by it"));
        bob.send(leaveRoom(room, "bob"));
        bob.expect(goneFrom(room, "bob"));
        alice.expect(goneFrom(room, "bob"));
        enterAs(room, kate, "bob");
        kate.expect(occupant(room, "alice"));
        kate.expect(self(room, "bob"));
        kate.expect(said(room, "bob", "I stand by it"));
        kate.expect(roomSubject(room, ""));
        alice.expect(occupant(room, "bob"));

        kate.send(retraction(groupchat(room, ""), id));
        kate.expect(error("forbidden"));

        assertThat(talk(room, alice)).startsWith("I stand by it");
    }

    @Story
    @RequiresFeature("urn:xmpp:message-retract:1")
    @Spec(xep = 424, section = "5", says = "what one occupant says in private is not taken back by another")
    void nobody_takes_back_what_another_has_said_in_private(Client alice, Client bob, Client kate) {
        String room = room(alice, bob, kate);
        Element secret = privateMessage(room, "bob", "I meant that").with("id", "m-1");
        alice.send(secret);
        bob.expect(chatMessage("I meant that"));

        kate.send(retraction(secret));
        bob.expect(message().from(room + "/kate").withChild("retract", "urn:xmpp:message-retract:1"));
        assertThat(ArchivePage.read(bob, archiveQuery()).bodies()).contains("I meant that");

        alice.send(retraction(secret));
        bob.expect(message().from(room + "/alice").withChild("retract", "urn:xmpp:message-retract:1"));
        assertThat(ArchivePage.read(bob, archiveQuery()).bodies()).doesNotContain("I meant that");
    }
}
