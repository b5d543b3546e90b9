package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.MucLightMatchers.*;
import static io.escalus4j.match.Stanzas.assertThat;
import static io.escalus4j.stanza.ArchiveBuilders.*;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.ExtensionBuilders.getDiscoInfo;
import static io.escalus4j.stories.LightRooms.*;
import static io.escalus4j.stories.Talks.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.control.WhiteBox;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.Story;
import io.escalus4j.junit.StoryServer;
import io.escalus4j.stories.server.OwnServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What can be set about archives; told one after the other, since each changes the server. */
@StoryServer(OwnServer.class)
@Execution(ExecutionMode.SAME_THREAD)
class ArchiveOptionsStory {
    @Story
    @Spec(
            xep = 313,
            section = "6.1.1",
            id = {"0313-7-5", "muclight-5-8"},
            says = "a server may keep what a user hears in rooms in the user's archive")
    @Spec(xep = 313, section = "4.1.4", says = "and then a client says whether it wants that")
    @Spec(xep = 313, section = "7", says = "a server that has it announces it")
    void accounts_may_have_what_they_hear_in_rooms(Client alice, Client bob, WhiteBox server) {
        server.modules().set("mam", "groupchats", true);
        assertThat(alice.iq(getDiscoInfo(alice.account()))).matches(discoInfo(feature(MAM + "#groupchat-available")));
        String room = room(alice, bob);
        says(alice, bob, "just to you");
        alice.send(groupchat(room, "to all"));
        alice.expect(groupchat("to all"));
        String id = idBy(bob, bob.expect(groupchat("to all")));

        assertThat(archive(bob).bodies()).containsExactly("", "just to you", "to all");
        assertThat(archive(bob).ids()).endsWith(id);
        assertThat(archive(bob, filter("include-groupchat", "false")).bodies()).containsExactly("just to you");
        assertThat(archive(bob, filter("with", room)).messages().get(0))
                .matches(affiliationNotice(room, lightUser(bob, "member")));
        assertThat(archive(alice).bodies()).containsExactly("", "just to you", "to all");
    }

    @Story
    @Spec(xep = 424, section = "5", says = "what was taken back in a room is not in the archives of accounts either")
    void what_is_taken_back_in_a_room_is_taken_back_everywhere(Client alice, Client bob, WhiteBox server) {
        server.modules().set("mam", "groupchats", true);
        String room = room(alice, bob);
        Element wrong = groupchat(room, "Oops");
        alice.send(wrong);
        String id = idBy(room, alice.expect(groupchat("Oops")));
        bob.expect(groupchat("Oops"));

        alice.send(retraction(wrong, id));
        alice.expect(groupchat().withChild("retract", "urn:xmpp:message-retract:1"));
        bob.expect(groupchat().withChild("retract", "urn:xmpp:message-retract:1"));

        assertThat(archive(bob).bodies()).doesNotContain("Oops").hasSize(3);
        assertThat(archive(alice).bodies()).doesNotContain("Oops").hasSize(3);
    }

    @Story
    @Spec(xep = 313, section = "4.3.1", says = "a server may limit how many results it sends at once")
    void a_page_is_no_longer_than_the_server_wants(Client alice, Client bob, WhiteBox server) {
        server.modules().set("mam", Map.of("page", 2, "max_page", 3));
        says(alice, bob, "1", "2", "3", "4", "5");

        assertThat(archive(bob).bodies()).containsExactly("1", "2");
        var most = archive(bob, firstPage(100));
        assertThat(most.bodies()).containsExactly("1", "2", "3");
        assertThat(most.isComplete()).isFalse();
        assertThat(archive(bob, lastPage(100)).bodies()).containsExactly("3", "4", "5");
    }

    @Story
    @Spec(xep = 313, section = "3.2", says = "how long and how much is kept is up to the server")
    void an_archive_keeps_no_more_than_the_server_wants(Client alice, Client bob, WhiteBox server) {
        server.modules().set("mam", "max_messages", 3);

        says(alice, bob, "1", "2", "3", "4", "5");

        assertThat(archive(bob).bodies()).containsExactly("3", "4", "5");
        assertThat(archive(alice).bodies()).containsExactly("3", "4", "5");
    }

    @Story
    @Spec(
            xep = 313,
            section = "4.3.1",
            says = "and so it may limit how heavy they are; what is left out is on the next page")
    void a_page_is_no_heavier_than_the_server_wants(Client alice, Client bob, WhiteBox server) {
        server.modules().set("mam", "page_bytes", 2000);
        var ids = says(alice, bob, "1".repeat(900), "2".repeat(900), "3".repeat(900), "4".repeat(3000));

        var first = archive(bob);
        assertThat(first.ids()).isEqualTo(ids.subList(0, 1));
        assertThat(first.isComplete()).isFalse();
        assertThat(first.count()).contains(4);
        var last = archive(bob, lastPage(10));
        assertThat(last.ids()).isEqualTo(ids.subList(3, 4));
        assertThat(last.index()).contains(3);
        assertThat(last.isComplete()).isFalse();
        assertThat(archive(bob, pageAfter(ids.get(2), 10)).isComplete()).isTrue();
    }

    @Story
    @Spec(xep = 441, section = "2.1.1", says = "who has not said anything has the default of the server")
    void the_server_may_have_another_default(Client alice, Client bob, WhiteBox server) {
        server.modules().set("mam", "standard", "never");

        says(alice, bob, "unheard of");
        bob.iq(setArchivePreferences("always", List.of(), List.of()));
        says(alice, bob, "on record");

        assertThat(archive(alice).results()).isEmpty();
        assertThat(archive(bob).bodies()).containsExactly("on record");
    }

    @Story
    @Spec(xep = 313, section = "6.1.1", says = "a server may keep other things than conversations")
    void chat_markers_may_be_archived(Client alice, Client bob, WhiteBox server) {
        server.modules().set("mam", "chat_markers", true);
        Element marker = Element.of("displayed", "urn:xmpp:chat-markers:0").with("id", "m1");

        delivers(alice, bob, chat(bob, "").without("body", "jabber:client").with(marker));

        assertThat(archive(bob).messages().get(0).child("displayed", "urn:xmpp:chat-markers:0"))
                .contains(marker);
    }

    @Story
    @Spec(
            xep = 313,
            section = "6.1.1",
            says = "what waits no more since there is too much of it is in the archive all the same")
    void what_does_not_fit_waits_in_the_archive(Client alice, Scene scene, WhiteBox server) {
        server.modules().set("offline", "max_messages", 1);
        var bob = scene.user("bob");

        alice.send(chat(bob, "one"));
        alice.send(chat(bob, "two"));
        alice.expectNothing();

        Client phone = scene.connect("bob", settings -> settings);
        phone.send(initialPresence());
        phone.expectAll(chatMessage("one").from(alice), available().from(phone));
        assertThat(archive(phone).bodies()).containsExactly("one", "two");
    }

    @Story
    @Spec(xep = 313, section = "6.1.1", says = "where nothing is delivered later the archive is the place to look")
    void without_offline_messages_the_archive_has_them(Client alice, Scene scene, WhiteBox server) {
        server.modules().without("offline");
        var bob = scene.user("bob");

        alice.send(chat(bob, "one"));
        alice.expectNothing();

        Client phone = scene.connect("bob", settings -> settings);
        phone.send(initialPresence());
        phone.expect(available().from(phone));
        assertThat(archive(phone).bodies()).containsExactly("one");
    }

    @Story
    @Spec(xep = 313, section = "7", says = "who has no archives announces none, and answers for none")
    void without_archives_nothing_is_left_of_them(Client alice, Client bob, WhiteBox server) {
        server.modules().without("mam");
        String room = room(alice, bob);

        assertThat(says(alice, bob, "gone with the wind")).containsExactly("");
        alice.send(groupchat(room, "here, too"));
        assertThat(idBy(room, alice.expect(groupchat("here, too")))).isEmpty();
        bob.expect(groupchat("here, too"));
        alice.iqError(archiveQuery(), "service-unavailable");
        alice.iqError(archiveQueryOf(room), "feature-not-implemented");
        assertThat(alice.iq(getDiscoInfo(alice.account())).toXml()).doesNotContain(MAM);
        assertThat(alice.iq(getDiscoInfo(room)).toXml()).doesNotContain(MAM);
    }
}
