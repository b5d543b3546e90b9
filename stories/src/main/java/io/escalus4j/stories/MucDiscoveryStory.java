package io.escalus4j.stories;

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

/** What rooms and their service tell of themselves. */
class MucDiscoveryStory {
    private static final String ITEMS = "http://jabber.org/protocol/disco#items";
    private static final String RSM = "http://jabber.org/protocol/rsm";
    private static final String SEARCH = "urn:xmpp:channel-search:0:search";
    private static final String PARAMS = "urn:xmpp:channel-search:0:search-params";

    private static Element info(Client client, Object to) {
        return client.iq(iqGet(to, Element.of("query", INFO)))
                .child("query", INFO)
                .orElseThrow();
    }

    private static List<String> features(Element info) {
        return info.elements("feature", INFO).stream()
                .map(feature -> feature.attribute("var", ""))
                .toList();
    }

    private static String value(Element info, String field) {
        return info.child("x", "jabber:x:data").orElseThrow().elements("field", "jabber:x:data").stream()
                .filter(one -> one.attribute("var", "").equals(field))
                .flatMap(one -> one.childText("value").stream())
                .findFirst()
                .orElse("");
    }

    @Story
    @Spec(xep = 45, section = "6.1", says = "the server's items have the service")
    void the_server_has_a_service(Client alice) {
        Element items = alice.iq(iqGet(alice.jid().domain(), Element.of("query", ITEMS)));

        assertThat(items.toXml()).contains("jid='" + service(alice) + "'");
    }

    @Story
    @Spec(
            xep = 45,
            section = "6.2",
            id = {"0045-6-1", "0045-6.2-1"},
            says = "the service says what it is and can do")
    void the_service_says_what_it_is(Client alice) {
        Element info = info(alice, service(alice));

        Element identity = info.child("identity").orElseThrow();
        assertThat(identity.attribute("category")).contains("conference");
        assertThat(identity.attribute("type")).contains("text");
        assertThat(features(info)).contains("http://jabber.org/protocol/muc");
    }

    @Story
    @Spec(xep = 45, section = "6.2", says = "beyond that it says what our service can do")
    void the_service_says_what_else_it_can_do(Scene scene, Client alice) {
        ServerUnderTest.requireOurs(scene, "what it can do beyond that is");

        assertThat(features(info(alice, service(alice))))
                .contains("http://jabber.org/protocol/muc#stable_id", "urn:xmpp:occupant-id:0", "vcard-temp");
    }

    @Story
    @Spec(xep = 45, section = "6.3", says = "the service lists public rooms, and no hidden ones")
    void public_rooms_are_listed(Client alice, Client bob) {
        String open = room(alice, option("publicroom", "1"));
        String hidden = room(alice, option("publicroom", "0"));

        Element list = bob.iq(iqGet(service(bob), Element.of("query", ITEMS)))
                .child("query", ITEMS)
                .orElseThrow();
        var rooms = list.elements("item", ITEMS).stream()
                .map(item -> item.attribute("jid", ""))
                .toList();
        assertThat(rooms).doesNotContain(hidden);
        // a partial list says so
        assertThat(rooms.contains(open) || list.child("set", RSM).isPresent()).isTrue();
    }

    @Story
    @RequiresFeature(SEARCH)
    @Spec(
            xep = 433,
            section = "5.2",
            says = "a search for all finds public rooms, no hidden ones, and none that is not made up yet")
    void public_rooms_are_found(Client alice, Client bob) {
        String open = room(alice, option("roomname", "Open"));
        String kept = room(alice, options(option("roomname", "Kept"), option("persistentroom", "1")));
        String hidden = room(alice, option("publicroom", "0"));
        String unmade = newRoom(alice);

        var rooms = search(bob, field("all", "true"), field("key", "{urn:xmpp:channel-search:0:order}nusers"));

        assertThat(rooms.toXml())
                .contains(open)
                .contains(kept)
                .doesNotContain(hidden)
                .doesNotContain(unmade);
    }

    private static Element search(Client client, Element... fields) {
        Element set = Element.of("set", RSM).with(Element.text("max", RSM, "100"));
        return client.iq(iqGet(
                service(client),
                Element.of("search", SEARCH).with(form(PARAMS, fields)).with(set)));
    }

    @Story
    @Spec(
            xep = 45,
            section = "6.4",
            id = "0045-6.4-1",
            says = "a room says of which types it is, and of whom and what it is about")
    void a_room_says_what_it_is(Client alice, Client bob) {
        String room = room(
                alice,
                options(
                        option("roomname", "A Dark Cave"),
                        option("publicroom", "1"),
                        option("whois", "anyone"),
                        option("moderatedroom", "1")));

        Element info = info(bob, room);

        assertThat(info.child("identity").orElseThrow().attribute("name")).contains("A Dark Cave");
        assertThat(features(info))
                .contains(
                        "http://jabber.org/protocol/muc",
                        "muc_public",
                        "muc_open",
                        "muc_moderated",
                        "muc_nonanonymous",
                        "muc_unsecured",
                        "muc_temporary");
    }

    @Story
    @Spec(xep = 45, section = "6.4", says = "a room may tell more: what it is about, and who is in it")
    void a_room_says_more_of_itself(Scene scene, Client alice, Client bob) {
        ServerUnderTest.requireOurs(scene, "how much a room says of itself is");
        String room = room(alice, options(option("roomdesc", "The place for all good witches!"), option("lang", "en")));
        alice.send(setSubject(room, "Spells"));
        alice.expect(roomSubject(room, "Spells"));

        Element info = info(bob, room);

        assertThat(features(info))
                .contains(
                        "http://jabber.org/protocol/muc#stable_id",
                        "http://jabber.org/protocol/muc#self-ping-optimization",
                        "urn:xmpp:occupant-id:0",
                        "urn:xmpp:hats:0",
                        "urn:xmpp:message-moderate:1");
        assertThat(value(info, "muc#roominfo_description")).isEqualTo("The place for all good witches!");
        assertThat(value(info, "muc#roominfo_subject")).isEqualTo("Spells");
        assertThat(value(info, "muc#roominfo_occupants")).isEqualTo("1");
        assertThat(value(info, "muc#roominfo_lang")).isEqualTo("en");
    }

    @Story
    @Spec(xep = 45, section = "6.4", says = "the features are those of the room's types")
    void other_types_have_other_features(Client alice) {
        String room = room(
                alice,
                options(
                        option("publicroom", "0"),
                        option("membersonly", "1"),
                        option("persistentroom", "1"),
                        option("passwordprotectedroom", "1"),
                        option("roomsecret", "toil")));

        assertThat(features(info(alice, room)))
                .contains(
                        "muc_hidden",
                        "muc_membersonly",
                        "muc_unmoderated",
                        "muc_semianonymous",
                        "muc_passwordprotected",
                        "muc_persistent");
    }

    @Story
    @Spec(xep = 45, section = "6.5", id = "0045-6.5-1", says = "who is in the room is private: the list is empty")
    void who_is_in_the_room_is_private(Scene scene, Client alice, Client bob) {
        ServerUnderTest.requireOurs(scene, "whether who is in a room is private is");
        String room = room(alice);

        assertThat(bob.iq(iqGet(room, Element.of("query", ITEMS)))
                        .child("query", ITEMS)
                        .orElseThrow()
                        .elements())
                .isEmpty();
    }

    @Story
    @Spec(xep = 45, section = "6.6", id = "0045-6.6-1", says = "a stranger who asks an occupant gets bad-request")
    void a_stranger_does_not_ask_occupants(Client alice, Client bob) {
        String room = room(alice);

        bob.iqError(iqGet(room + "/alice", Element.of("query", INFO)), "bad-request");
        alice.expectNothing();
    }

    @Story
    @Spec(
            xep = 45,
            section = "18.1.1",
            id = "0045-18.1.1-1",
            says =
                    "a room that lets everything through says so to muc#traffic by an error, feature-not-implemented if it knows none")
    void a_room_lets_everything_through(Client alice) {
        String room = room(alice);

        Element error = alice.iqError(
                iqGet(room, Element.of("query", INFO).with("node", "http://jabber.org/protocol/muc#traffic")));

        assertThat(error.toXml()).containsAnyOf("<service-unavailable", "<feature-not-implemented");
    }

    @Story
    @Spec(xep = 30, section = "7", says = "a room that is not there is item-not-found")
    void a_room_that_is_not_there_is_not_described(Client alice) {
        alice.iqError(iqGet(noRoom(alice), Element.of("query", INFO)), "item-not-found");
    }

    @Story
    @Spec(
            xep = 410,
            section = "3.3",
            says = "the room answers a ping to oneself: a result to who is in it, not-acceptable to others")
    void who_is_in_the_room_can_make_sure_of_it(Client alice, Client bob) {
        String room = room(alice);

        alice.iq(iqGet(room + "/alice", Element.of("ping", "urn:xmpp:ping")));
        bob.iqError(iqGet(room + "/bob", Element.of("ping", "urn:xmpp:ping")), "not-acceptable");
    }

    @Story
    @RequiresFeature("urn:xmpp:occupant-id:0")
    @Spec(
            xep = 421,
            section = "4",
            says = "what an occupant says and shows carries the id, whatever the client put there")
    void all_that_an_occupant_says_carries_the_id(Client alice, Client bob) {
        String room = room(alice);
        Element forged = Element.of("occupant-id", "urn:xmpp:occupant-id:0").with("id", "forged");
        ignoresTheRoomItself(room, bob);
        bob.send(enterRoom(room, "bob").with(forged));
        String id = occupantId(alice.expect(occupant(room, "bob")));
        bob.expectAll(occupant(room, "alice"), self(room, "bob"), roomSubject(room, ""));

        bob.send(groupchat(room, "Check").with(forged));

        Element heard = alice.expect(said(room, "bob", "Check"));
        bob.expect(said(room, "bob", "Check"));
        assertThat(heard.elements("occupant-id", "urn:xmpp:occupant-id:0")).hasSize(1);
        assertThat(occupantId(heard)).isEqualTo(id).isNotEmpty().isNotEqualTo("forged");
    }

    @Story
    @RequiresFeature("urn:xmpp:occupant-id:0")
    @Spec(
            xep = 421,
            section = "4",
            says = "an occupant id is the same on each visit and under each nickname, another in another room")
    void an_occupant_id_is_stable(Client alice, Client bob) {
        String room = room(alice, bob);
        String other = room(alice, bob);
        String first = occupantId(heardBy(alice, room, bob, "one"));
        bob.send(changeNick(room, "robert"));
        alice.expectAll(goneFrom(room, "bob", 303), occupant(room, "robert"));
        bob.expectAll(self(room, "bob"), self(room, "robert"));
        bob.send(groupchat(room, "two"));
        String second = occupantId(alice.expect(said(room, "robert", "two")));
        bob.expect(said(room, "robert", "two"));

        assertThat(second).isEqualTo(first).hasSizeBetween(20, 128).doesNotContain("bob");
        assertThat(occupantId(heardBy(alice, other, bob, "three"))).isNotEqualTo(first);
    }

    @Story
    @RequiresFeature("urn:xmpp:occupant-id:0")
    @Spec(
            xep = 421,
            section = "4",
            says = "the id is on each presence, on what was said before, on the subject and on private messages")
    void an_occupant_id_is_on_all_that_an_occupant_says(Client alice, Client bob) {
        String room = room(alice);
        alice.send(groupchat(room, "one"));
        String id = occupantId(alice.expect(said(room, "alice", "one")));
        alice.send(setSubject(room, "Openings"));
        assertThat(occupantId(alice.expect(roomSubject(room, "Openings")))).isEqualTo(id);

        enterAs(room, bob, "bob");

        var told = List.of(
                bob.expect(occupant(room, "alice")),
                bob.expect(said(room, "alice", "one")),
                bob.expect(roomSubject(room, "Openings")));
        assertThat(told).extracting(MucDiscoveryStory::occupantId).containsOnly(id);
        assertThat(occupantId(bob.expect(self(room, "bob"))))
                .isEqualTo(occupantId(alice.expect(occupant(room, "bob"))))
                .isNotEqualTo(id);
        alice.send(privateMessage(room, "bob", "Psst"));
        assertThat(occupantId(bob.expect(chatMessage("Psst").from(room + "/alice"))))
                .isEqualTo(id);
    }

    private static Element heardBy(Client listener, String room, Client speaker, String body) {
        speaker.send(groupchat(room, body));
        speaker.expect(said(room, speaker.name(), body));
        return listener.expect(said(room, speaker.name(), body));
    }

    private static String occupantId(Element stanza) {
        return stanza.child("occupant-id", "urn:xmpp:occupant-id:0")
                .orElseThrow()
                .attribute("id", "");
    }

    @Story
    @RequiresFeature(SEARCH)
    @Spec(xep = 433, section = "4.2.1", says = "the form says by what can be searched")
    void the_search_has_a_form(Client alice) {
        Element form = alice.iq(iqGet(service(alice), Element.of("search", SEARCH)));

        assertThat(form.toXml()).contains("var='q'").contains("var='all'").contains("var='key'");
    }

    @Story
    @RequiresFeature(SEARCH)
    @Spec(xep = 433, section = "4.2.2", says = "rooms are found by words of their names, descriptions and addresses")
    void rooms_are_found_by_words(Client alice, Client bob) {
        String room =
                room(alice, options(option("roomname", "Toil and Trouble"), option("roomdesc", "Cauldrons")), bob);
        String address = room.substring(0, room.indexOf('@'));

        Element item = search(bob, field("q", "cauldrons " + address))
                .child("result", SEARCH)
                .orElseThrow()
                .child("item")
                .orElseThrow();

        assertThat(item.attribute("address")).contains(room);
        assertThat(item.childText("name")).contains("Toil and Trouble");
        assertThat(item.childText("nusers")).contains("2");
        assertThat(item.childText("is-open")).contains("true");
        assertThat(search(bob, field("q", "broomsticks " + address))
                        .child("result", SEARCH)
                        .orElseThrow()
                        .child("item"))
                .isEmpty();
    }

    @Story
    @RequiresFeature(SEARCH)
    @Spec(xep = 433, section = "4.2.2", says = "each wish that cannot be met has its error")
    void searches_that_make_no_sense_are_refused(Client alice) {
        assertThat(refused(alice, field("q", "x"), field("key", "color")))
                .contains("feature-not-implemented", "invalid-sort-key");
        assertThat(refused(alice, field("q", "x"), field("all", "1"))).contains("bad-request", "conflicting-fields");
        assertThat(refused(alice, field("q", " "))).contains("bad-request", "invalid-search-terms");
        assertThat(refused(alice)).contains("bad-request", "no-search-conditions");
    }

    @Story
    @RequiresFeature(SEARCH)
    @Spec(xep = 433, section = "5", says = "a search that finds nothing has a result without items")
    @Spec(xep = 433, section = "6.1", says = "types that the service does not have are not found")
    void a_search_may_find_nothing(Client alice, Client bob) {
        String room = room(alice);
        String address = room.substring(0, room.indexOf('@'));

        assertThat(found(bob, field("q", address))).containsExactly(room);
        assertThat(found(bob, field("q", address), field("types", "xep-0045"))).containsExactly(room);
        assertThat(found(bob, field("q", address), field("types", "xep-0369"))).isEmpty();
        assertThat(found(bob, field("q", address), field("sinaddress", "false"), field("sinname", "false")))
                .isEmpty();
        assertThat(found(bob, field("q", address), field("unknown", "1"))).containsExactly(room);
    }

    private static List<String> found(Client client, Element... fields) {
        return search(client, fields).child("result", SEARCH).orElseThrow().elements("item", SEARCH).stream()
                .map(item -> item.attribute("address", ""))
                .toList();
    }

    private static String refused(Client client, Element... fields) {
        return client.iqError(
                        iqGet(service(client), Element.of("search", SEARCH).with(form(PARAMS, fields))))
                .toXml();
    }
}
