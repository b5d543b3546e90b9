package io.escalus4j.stories;

import static io.escalus4j.Together.together;
import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.MucMatchers.*;
import static io.escalus4j.match.ServiceMatchers.*;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.FormBuilders.*;
import static io.escalus4j.stanza.MucBuilders.*;
import static io.escalus4j.stories.ChatRooms.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.RequiresFeature;
import io.escalus4j.junit.Story;
import io.escalus4j.stories.server.ServerUnderTest;
import java.util.List;

/** What goes through a room from one occupant to another, and what rooms show of themselves. */
class MucExtensionStory {
    private static final String VCARD = "vcard-temp";
    private static final String COMMANDS = "http://jabber.org/protocol/commands";
    private static final String HATS = "urn:xmpp:hats:commands";

    @Story
    @Spec(
            xep = 45,
            section = "17.4",
            id = "0045-17.4-1",
            says = "a request to an occupant is passed on and answered, and neither learns who the other is")
    void a_request_goes_through_the_room(Client alice, Client bob) {
        String room = room(alice, bob);
        Element ask = iqGet(room + "/bob", Element.of("query", "jabber:iq:version"));

        alice.send(ask);

        Element asked = bob.expect(iqGet().from(room + "/alice"));
        assertThat(asked.toXml()).doesNotContain(alice.jid().toString());
        bob.send(Element.of("iq", "jabber:client")
                .with("type", "result")
                .with("id", asked.attribute("id", ""))
                .with("to", asked.attribute("from", ""))
                .with(Element.of("query", "jabber:iq:version")
                        .with(Element.of("name").withText("Cauldron"))));
        Element answer = alice.expect(iqResult(ask.attribute("id", "")).from(room + "/bob"));
        assertThat(answer.toXml()).contains("Cauldron").doesNotContain(bob.jid().toString());
    }

    @Story
    @Spec(xep = 45, section = "17.4", says = "a request to nobody is item-not-found, one of a stranger not-acceptable")
    void a_request_needs_two_occupants(Client alice, Client bob) {
        String room = room(alice);

        alice.iqError(iqGet(room + "/nobody", Element.of("query", "jabber:iq:version")), "item-not-found");
        bob.iqError(iqGet(room + "/alice", Element.of("query", "jabber:iq:version")), "not-acceptable");
        alice.expectNothing();
    }

    @Story
    @Spec(
            xep = 54,
            section = "3.3",
            says = "an occupant's vCard comes by way of the room, and says nothing of the account")
    void an_occupants_vcard_comes_through_the_room(Client alice, Client bob) {
        String room = room(alice, bob);
        bob.iq(iqSet(Element.of("vCard", VCARD).with(Element.text("FN", VCARD, "Third Witch"))));

        Element answer = alice.iq(iqGet(room + "/bob", Element.of("vCard", VCARD)));

        assertThat(answer.toXml())
                .contains("Third Witch")
                .doesNotContain(bob.account().toString());
        assertThat(answer.attribute("from")).contains(room + "/bob");
    }

    @Story
    @Spec(xep = 45, section = "17.4", says = "an answer that nobody has asked for goes to nobody")
    void an_answer_to_nothing_goes_to_nobody(Scene scene, Client alice, Client bob) {
        ServerUnderTest.requireOurs(scene, "what becomes of an answer that nobody has asked for is");
        String room = room(alice, bob);

        bob.send(Element.of("iq", "jabber:client")
                .with("type", "result")
                .with("id", "guess")
                .with("to", room + "/alice"));

        alice.expectNothing();
    }

    // ---- avatars

    private static Element photo(String base64) {
        return Element.of("vCard", VCARD)
                .with(Element.of("PHOTO", VCARD)
                        .with(Element.text("TYPE", VCARD, "image/png"), Element.text("BINVAL", VCARD, base64)));
    }

    @Story
    @Spec(
            xep = 486,
            section = "3.2",
            says = "an owner gives the room a picture, all hear of it, and anybody can get it")
    @Spec(xep = 486, section = "3.3", says = "the room tells the SHA-1 of its picture")
    void a_room_has_a_picture(Client alice, Client bob, Client kate) {
        String room = room(alice, bob);
        requires(room, alice, VCARD);

        alice.iq(iqSet(room, photo("YWJj")));

        together(() -> alice.expect(configured(room, 104)), () -> bob.expect(configured(room, 104)));
        assertThat(kate.iq(iqGet(room, Element.of("vCard", VCARD))).toXml()).contains("YWJj");
        assertThat(kate.iq(iqGet(room, Element.of("query", INFO))).toXml())
                .contains("muc#roominfo_avatarhash")
                .contains("a9993e364706816aba3e25717850c26c9cd0d89d");
        alice.iq(iqSet(room, Element.of("vCard", VCARD)));
        together(() -> alice.expect(configured(room, 104)), () -> bob.expect(configured(room, 104)));
        assertThat(kate.iq(iqGet(room, Element.of("query", INFO))).toXml()).doesNotContain("avatarhash");
    }

    @Story
    @Spec(xep = 486, section = "3.2", says = "who is no owner gets forbidden")
    void only_owners_set_the_picture(Client alice, Client bob) {
        String room = room(alice, bob);
        requires(room, alice, VCARD);

        bob.iqError(iqSet(room, photo("YWJj")), "forbidden");
        alice.expectNothing();
    }

    // ---- hats

    private static Element command(String room, String name, Element... fields) {
        Element command = Element.of("command", COMMANDS).with("node", HATS + ":" + name);
        return iqSet(room, fields.length == 0 ? command : command.with(form(HATS, fields)));
    }

    private static Element create(String room, String title) {
        return command(room, "create", field("hats#title", title), field("hats#uri", "urn:example:hat:teacher"));
    }

    @Story
    @RequiresFeature("urn:xmpp:hats:0")
    @Spec(
            xep = 317,
            section = "3.2",
            says = "an administrator makes up a hat and gives it to somebody, whose presence shows it")
    void a_hat_is_made_and_given(Client alice, Client bob) {
        String room = room(alice, bob);
        assertThat(alice.iq(command(room, "create")).toXml()).contains("hats#title");
        alice.iq(create(room, "Teacher"));
        together(() -> alice.expect(configured(room, 104)), () -> bob.expect(configured(room, 104)));

        alice.iq(command(
                room, "assign", field("hats#jid", bob.account()), field("hats#uri", "urn:example:hat:teacher")));

        for (Client client : List.of(alice, bob)) {
            client.expect(occupant(room, "bob")
                    .withChild(element("hats", "urn:xmpp:hats:0")
                            .withChild(element("hat", "urn:xmpp:hats:0").withAttribute("title", "Teacher"))));
        }
        assertThat(alice.iq(command(room, "list-assigned")).toXml())
                .contains(bob.account().toString());
        alice.iq(command(room, "destroy", field("hats#uri", "urn:example:hat:teacher")));
        for (Client client : List.of(alice, bob)) {
            client.expectAll(configured(room, 104), occupant(room, "bob").withoutChild("hats", "urn:xmpp:hats:0"));
        }
    }

    @Story
    @RequiresFeature("urn:xmpp:hats:0")
    @Spec(xep = 317, section = "3.2", says = "hats are for administrators to give; what is not there cannot be given")
    void hats_are_for_administrators_to_give(Client alice, Client bob) {
        String room = room(alice, bob);

        bob.iqError(create(room, "King"), "forbidden");
        alice.iqError(
                command(room, "assign", field("hats#jid", bob.account()), field("hats#uri", "urn:none")),
                "item-not-found");
        alice.iqError(command(room, "create", field("hats#uri", "urn:none")), "bad-request");
        alice.iqError(command(room, "dance"), "item-not-found");
        bob.expectNothing();
    }

    @Story
    @RequiresFeature("urn:xmpp:hats:0")
    @Spec(
            xep = 317,
            section = "3.4",
            says = "whoever is in the room gets the list of its hats, and the room a hash that changes with them")
    void all_in_the_room_know_its_hats(Client alice, Client bob, Client kate) {
        String room = room(alice, bob);
        String before = hash(bob, room);
        alice.iq(create(room, "Teacher"));
        together(() -> alice.expect(configured(room, 104)), () -> bob.expect(configured(room, 104)));

        assertThat(bob.iq(command(room, "list")).toXml())
                .contains("<reported>")
                .contains("<value>Teacher</value>")
                .contains("urn:example:hat:teacher");
        assertThat(hash(bob, room)).isNotEqualTo(before);
        bob.iqError(command(room, "list-assigned"), "forbidden");
        kate.iqError(command(room, "list"), "forbidden");
    }

    private static String hash(Client client, String room) {
        return client
                .iq(iqGet(room, Element.of("query", INFO)))
                .child("query", INFO)
                .flatMap(info -> info.child("x", "jabber:x:data"))
                .orElseThrow()
                .elements("field", "jabber:x:data")
                .stream()
                .filter(field -> field.attribute("var", "").equals("hats#hash"))
                .map(field -> field.childText("value").orElse(""))
                .findFirst()
                .orElseThrow();
    }

    @Story
    @RequiresFeature("urn:xmpp:hats:0")
    @Spec(
            xep = 317,
            section = "3.1",
            says = "a hat has a URI and a title; what has none of these or a hue that is no angle is no hat")
    void a_hat_has_a_name_that_can_be_told(Client alice) {
        String room = room(alice);
        var uri = field("hats#uri", "urn:example:hat");
        var title = field("hats#title", "Teacher");

        alice.iqError(command(room, "create", title, field("hats#uri", "no uri at all")), "bad-request");
        alice.iqError(command(room, "create", uri, field("hats#title", " ")), "bad-request");
        alice.iqError(command(room, "create", uri, title, field("hats#hue", "blue")), "bad-request");
        alice.iqError(command(room, "create", uri, title, field("hats#hue", "361")), "bad-request");
        assertThat(alice.iq(command(room, "list")).toXml()).doesNotContain("urn:example:hat");
        alice.iq(command(room, "create", uri, title, field("hats#hue", "327.255249")));
        alice.expect(configured(room, 104));
    }

    @Story
    @RequiresFeature("urn:xmpp:hats:0")
    @Spec(xep = 317, section = "3.1", says = "nobody wears a hat that the room has not given")
    void a_forged_hat_does_not_get_through(Client alice, Client bob) {
        String room = room(alice, bob);

        bob.send(directedPresence(room + "/bob")
                .with(Element.of("hats", "urn:xmpp:hats:0")
                        .with(Element.of("hat", "urn:xmpp:hats:0")
                                .with("title", "King")
                                .with("uri", "urn:king"))));

        together(
                () -> alice.expect(occupant(room, "bob").withoutChild("hats", "urn:xmpp:hats:0")),
                () -> bob.expect(occupant(room, "bob").withoutChild("hats", "urn:xmpp:hats:0")));
    }

    @Story
    @Spec(
            xep = 45,
            section = "11.1",
            id = "0045-11.1-1",
            says = "who cannot be reached is removed, and all are told so with 333")
    void who_cannot_be_reached_is_removed(Scene scene, Client alice, Client bob) {
        ServerUnderTest.requireOurs(scene, "whether the code 333 tells of it is");
        String room = room(alice, bob);

        bob.send(Element.of("presence", "jabber:client")
                .with("to", room + "/alice")
                .with("type", "error")
                .with(Element.of("error", "jabber:client")
                        .with("type", "wait")
                        .with(Element.of("recipient-unavailable", "urn:ietf:params:xml:ns:xmpp-stanzas"))));

        alice.expect(goneFrom(room, "bob", 333));
        bob.expect(self(room, "bob", 333));
    }
}
