package io.escalus4j.stories;

import static io.escalus4j.Together.together;
import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.MucMatchers.*;
import static io.escalus4j.match.ServiceMatchers.*;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.FormBuilders.*;
import static io.escalus4j.stanza.MucBuilders.*;
import static io.escalus4j.stanza.MucLightBuilders.getLightInfo;
import static io.escalus4j.stories.LightRooms.noRoom;
import static io.escalus4j.stories.LightRooms.seat;
import static io.escalus4j.stories.LightRooms.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Spec;
import io.escalus4j.control.WhiteBox;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.Story;
import io.escalus4j.junit.StoryServer;
import io.escalus4j.match.Matcher;
import io.escalus4j.match.StanzaMatcher;
import io.escalus4j.stories.server.OwnServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * MUC Light in the words of XEP-0045, for clients that know no others; told one after the other, since each changes the
 * server.
 */
@StoryServer(OwnServer.class)
@Execution(ExecutionMode.SAME_THREAD)
class MucLightLegacyStory {
    private static final String USER = "http://jabber.org/protocol/muc#user";
    private static final String ADMIN = "http://jabber.org/protocol/muc#admin";
    private static final String INFO = "http://jabber.org/protocol/disco#info";
    private static final String ITEMS = "http://jabber.org/protocol/disco#items";
    private static final String PRIVACY = "jabber:iq:privacy";
    private static final String LIST = "urn:xmpp:muclight:0";

    /** A room of {@code owner} in the words of XEP-0045, with these members. */
    private static String room(WhiteBox server, Client owner, Client... members) {
        server.modules().set("muclight", "legacy", true);
        String room = noRoom(owner);
        owner.send(enterRoom(room, owner.account().toString()));
        owner.expect(presenceOf(room, owner, "owner", "moderator", 110, 201));
        for (Client member : members) {
            owner.iq(setAffiliation(room, member.account(), "member"));
            member.expect(invited(room, owner));
            owner.expect(presenceOf(room, member, "member", "participant"));
        }
        return room;
    }

    private static StanzaMatcher presenceOf(String room, Client whose, String affiliation, String role, int... codes) {
        return available().from(seat(room, whose)).withChild(is(affiliation, role, codes));
    }

    private static StanzaMatcher gone(String room, Client whose, int... codes) {
        return unavailable().from(seat(room, whose)).withChild(is("none", "none", codes));
    }

    private static Matcher is(String affiliation, String role, int... codes) {
        return x(codes).withChild(
                        item().withAttribute("affiliation", affiliation).withAttribute("role", role));
    }

    private static Matcher invited(String room, Client by) {
        return message()
                .from(room)
                .withChild(element("x", USER)
                        .withChild(element("invite", USER)
                                .withAttribute("from", by.account().toString())));
    }

    // ---- discovery

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "3.1",
            says = "service and rooms are known by the feature of XEP-0045, and rooms are listed without versions")
    void rooms_are_known_as_those_of_elder_clients(Client alice, WhiteBox server) {
        String room = room(server, alice);

        for (String to : List.of(room, service(alice))) {
            assertThat(alice.iq(iqGet(to, Element.of("query", INFO))).toXml())
                    .contains("var='http://jabber.org/protocol/muc'")
                    .doesNotContain("urn:xmpp:muclight:0");
        }
        assertThat(alice.iq(iqGet(service(alice), Element.of("query", ITEMS))).toXml())
                .contains(room)
                .doesNotContain("version");
        alice.iqError(getLightInfo(room), "feature-not-implemented");
    }

    // ---- rooms come and go

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "5.1",
            says = "a room that is there is for its members: registration-required")
    void a_room_that_is_there_is_not_entered(Client alice, Client bob, WhiteBox server) {
        String room = room(server, alice);

        bob.send(enterRoom(room, bob.account().toString()));

        bob.expect(error("registration-required", "auth")
                .from(seat(room, bob))
                .withChild("x", "http://jabber.org/protocol/muc"));
        bob.send(enterRoom(noRoom(bob), "robert"));
        together(alice::expectNothing, bob::expectNothing);
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "5.5",
            says = "when a room is destroyed each occupant gets presence that says so, of the own seat")
    void a_room_is_destroyed(Client alice, Client bob, WhiteBox server) {
        String room = room(server, alice, bob);
        bob.iqError(destroyRoom(room, "Mine"), "not-allowed");

        alice.iq(destroyRoom(room, "Over"));

        for (Client client : List.of(alice, bob)) {
            client.expect(gone(room, client).withChild(element("x", USER).withChild(element("destroy", USER))));
        }
        alice.iqError(getRoomConfiguration(room), "item-not-found");
    }

    // ---- what is said

    @Story
    @Spec(proposal = "MUC Light", section = "4.1", says = "what an occupant says comes from the seat in the room")
    @Spec(
            proposal = "MUC Light",
            section = "4.2",
            says = "a subject that is said alone is set, and comes from the room itself")
    void messages_and_subjects(Client alice, Client bob, Client kate, WhiteBox server) {
        String room = room(server, alice, bob);

        bob.send(groupchat(room, "Tea?"));
        for (Client client : List.of(alice, bob)) {
            client.expect(groupchat("Tea?").from(seat(room, bob)));
        }
        bob.send(setSubject(room, "Tea"));
        for (Client client : List.of(alice, bob)) {
            client.expect(groupchat().from(room).withSubject("Tea"));
        }
        assertThat(alice.iq(getRoomConfiguration(room)).toXml()).contains("<value>Tea</value>");
        bob.send(setSubject(room, "x".repeat(1001)));
        bob.expect(error("bad-request"));
        kate.send(setSubject(room, "Coffee"));
        kate.expect(error("item-not-found"));
        alice.expectNothing();
    }

    // ---- configuration

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "5.3",
            says = "the configuration is a form; what is sent is set, the rest stays, and all hear of it with 104")
    void the_configuration_is_a_form(Client alice, Client bob, WhiteBox server) {
        String room = room(server, alice, bob);

        alice.iq(setRoomConfiguration(room, field("roomname", "Chess")));

        together(() -> alice.expect(configured(room, 104)), () -> bob.expect(configured(room, 104)));
        assertThat(bob.iq(getRoomConfiguration(room)).toXml())
                .contains("http://jabber.org/protocol/muc#roomconfig")
                .contains("var='roomname'")
                .contains("<value>Chess</value>")
                .contains("var='subject'");
        bob.iqError(setRoomConfiguration(room, field("roomname", "Mine")), "not-allowed");
        alice.iqError(setRoomConfiguration(room, field("muc#roomconfig_roomname", "Go")), "bad-request");
        alice.iqError(setRoomConfiguration(room, field("roomname", "One", "Two")), "bad-request");
        alice.iqError(setRoomConfiguration(room), "bad-request");
        alice.iqError(cancelRoomConfiguration(room), "bad-request");
        bob.expectNothing();
    }

    // ---- affiliations

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "5.2",
            says =
                    "who stays gets presence of who is another now, who joins an invitation, who goes presence of the end")
    void who_comes_and_goes_is_told_by_presence(Client alice, Client bob, Client kate, WhiteBox server) {
        String room = room(server, alice, bob);

        alice.iq(administer(room, affiliation(kate.account(), "member"), affiliation(bob.account(), "none")));

        kate.expect(invited(room, alice));
        bob.expect(gone(room, bob, 321));
        alice.expectAll(presenceOf(room, kate, "member", "participant"), gone(room, bob, 321));
        alice.iq(setAffiliation(room, kate.account(), "owner"));
        for (Client client : List.of(alice, kate)) {
            client.expectAll(
                    presenceOf(room, kate, "owner", "moderator"), presenceOf(room, alice, "member", "participant"));
        }
        alice.iqError(setAffiliation(room, bob.account(), "member"), "not-allowed");
        bob.iqError(setAffiliation(room, bob.account(), "member"), "item-not-found");
        kate.iqError(setAffiliation(room, bob.account(), "outcast"), "bad-request");
        kate.iqError(administer(room, affiliation("a@@b", "member")), "bad-request");
        kate.iqError(administer(room), "bad-request");
        bob.expectNothing();
    }

    @Story
    @Spec(proposal = "MUC Light", section = "5.4", says = "the list has who is what, under the address as a nickname")
    void who_is_in_the_room_is_a_list(Client alice, Client bob, Client kate, WhiteBox server) {
        String room = room(server, alice, bob);

        Element all = alice.iq(iqGet(room, Element.of("query", ADMIN)));
        Element members = bob.iq(getAffiliated(room, "member"));

        assertThat(items(all))
                .containsExactlyInAnyOrder(
                        alice.account() + " owner moderator " + alice.account(),
                        bob.account() + " member participant " + bob.account());
        assertThat(items(members)).containsExactly(bob.account() + " member participant " + bob.account());
        kate.iqError(getAffiliated(room, "member"), "item-not-found");
    }

    private static List<String> items(Element answer) {
        return answer.child("query", ADMIN).orElseThrow().elements("item", ADMIN).stream()
                .map(item -> item.attribute("jid", "")
                        + ' '
                        + item.attribute("affiliation", "")
                        + ' '
                        + item.attribute("role", "")
                        + ' '
                        + item.attribute("nick", ""))
                .toList();
    }

    // ---- blocking

    private static Element privacy(Element... items) {
        return Element.of("query", PRIVACY)
                .with(Element.of("list", PRIVACY).with("name", LIST).with(items));
    }

    private static Element listed(String value, String action) {
        return Element.of("item", PRIVACY)
                .with("type", "jid")
                .with("value", value)
                .with("action", action)
                .with("order", "1");
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "4.5",
            says = "whom and which rooms somebody blocks is a privacy list of the own server")
    void blocking_is_a_privacy_list(Client alice, Client bob, WhiteBox server) {
        String room = room(server, alice);
        String other = noRoom(alice);
        String seatOfAlice = service(bob) + '/' + alice.account();

        bob.iq(iqSet(privacy(listed(seatOfAlice, "deny"), listed(other, "deny"))));

        assertThat(bob.iq(iqGet(privacy())).toXml())
                .contains("value='" + seatOfAlice + "'")
                .contains("value='" + other + "'")
                .contains("order='1'");
        assertThat(bob.iq(iqGet(Element.of("query", PRIVACY))).toXml()).contains("name='" + LIST + "'");
        alice.iq(setAffiliation(room, bob.account(), "member"));
        together(alice::expectNothing, bob::expectNothing);
        bob.iq(iqSet(privacy(listed(seatOfAlice, "allow"))));
        alice.iq(setAffiliation(room, bob.account(), "member"));
        bob.expect(invited(room, alice));
        alice.expect(presenceOf(room, bob, "member", "participant"));
    }

    @Story
    @Spec(proposal = "MUC Light", section = "4.5", says = "a list that makes no sense changes nothing")
    void a_privacy_list_that_makes_no_sense_changes_nothing(Client alice, WhiteBox server) {
        server.modules().set("muclight", "legacy", true);
        String room = noRoom(alice);

        for (Element wrong : List.of(
                listed("someone@example.org", "deny"),
                listed(room + "/seat", "deny"),
                listed(service(alice), "deny"),
                listed(room, "maybe"),
                listed(room, "deny").with("type", "group"))) {
            alice.iqError(iqSet(privacy(listed(room, "deny"), wrong)), "bad-request");
        }
        alice.iqError(iqSet(privacy()), "bad-request");
        alice.iqError(
                iqGet(Element.of("query", PRIVACY)
                        .with(Element.of("list", PRIVACY).with("name", "friends"))),
                "item-not-found");
        assertThat(alice.iq(iqGet(privacy())).toXml()).doesNotContain("<item");
    }

    @Story
    @Spec(proposal = "MUC Light", section = "4.5", says = "where nothing can be blocked there is no list either")
    void without_blocking_there_is_no_privacy_list(Client alice, WhiteBox server) {
        server.modules().set("muclight", Map.of("legacy", true, "blocking", false));

        alice.iqError(iqGet(privacy()), "service-unavailable");
        alice.iqError(iqSet(privacy(listed(noRoom(alice), "deny"))), "service-unavailable");
    }
}
