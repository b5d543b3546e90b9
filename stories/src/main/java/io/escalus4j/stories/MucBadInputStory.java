package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.MucMatchers.*;
import static io.escalus4j.match.ServiceMatchers.*;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.FormBuilders.*;
import static io.escalus4j.stanza.MucBuilders.*;
import static io.escalus4j.stories.ChatRooms.*;
import static io.escalus4j.stories.Refusals.refused;
import static io.escalus4j.stories.server.ServerUnderTest.requireOurs;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.Story;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a room cannot be asked is refused as a whole, and what only a room may say nobody else says. */
class MucBadInputStory {
    /** All that {@code owner} can see of the room. */
    private static Supplier<String> state(Client owner, String room) {
        return () -> Stream.of(
                        getRoomConfiguration(room),
                        getAffiliated(room, "owner"),
                        getAffiliated(room, "admin"),
                        getAffiliated(room, "member"),
                        getAffiliated(room, "outcast"),
                        getWithRole(room, "moderator"),
                        getWithRole(room, "participant"),
                        getWithRole(room, "visitor"),
                        iqGet(room, Element.of("query", INFO)))
                .map(owner::iq)
                .map(answer -> answer.firstElement().orElseThrow().toXml())
                .collect(Collectors.joining("\n"));
    }

    /** The lines of a table with the names of these. */
    private static String with(String room, String table) {
        return table.replace("ROOM", room)
                .replace("OWNER", "http://jabber.org/protocol/muc#owner")
                .replace("ADMIN", "http://jabber.org/protocol/muc#admin")
                .replace(
                        "CONFIG",
                        field("FORM_TYPE", "http://jabber.org/protocol/muc#roomconfig")
                                .toXml())
                .replace("FORM>", "x xmlns='jabber:x:data' type='submit'>")
                .replace("FIELD", "field var='muc#roomconfig_")
                .replace("V>", "value>");
    }

    @Story
    @Spec(
            xep = 45,
            section = "10.2",
            says = "a form that is none, or says what no room can be, is refused, and nothing of it is done")
    void a_form_that_makes_no_sense_changes_nothing(Scene scene, Client alice, Client bob) {
        requireOurs(scene, "the errors are");
        String room = room(alice, bob);

        refused(alice, room, with(room, """
                bad-request     set  <query xmlns='OWNER'/>
                bad-request     get  <query xmlns='OWNER'><x/></query>
                bad-request     set  <query xmlns='OWNER'><x xmlns='urn:none' type='submit'/></query>
                bad-request     set  <query xmlns='OWNER'><x xmlns='jabber:x:data'/></query>
                bad-request     set  <query xmlns='OWNER'><x xmlns='jabber:x:data' type='form'>CONFIG</x></query>
                bad-request     set  <query xmlns='OWNER'><x xmlns='jabber:x:data' type='submitted'>CONFIG</x></query>
                bad-request     set  <query xmlns='OWNER'><FORM>CONFIG</x><FORM>CONFIG</x></query>
                bad-request     set  <query xmlns='OWNER'><destroy/><FORM>CONFIG</x></query>
                bad-request     set  <query xmlns='OWNER'><explode/></query>
                bad-request     set  <query xmlns='OWNER'><FORM><FIELDroomname'><V>New</V></field></x></query>
                bad-request     set  <query xmlns='OWNER'><FORM><field var='FORM_TYPE'><V>urn:none</V></field><FIELDroomname'><V>New</V></field></x></query>
                bad-request     set  <query xmlns='OWNER'><FORM>CONFIG<field><V>New</V></field></x></query>
                bad-request     set  <query xmlns='OWNER'><FORM>CONFIG<FIELDroomname'><V>New</V></field><FIELDcolour'><V>red</V></field></x></query>
                bad-request     set  <query xmlns='OWNER'><FORM>CONFIG<FIELDroomname'><V>New</V></field><FIELDmembersonly'><V>perhaps</V></field></x></query>
                bad-request     set  <query xmlns='OWNER'><FORM>CONFIG<FIELDmembersonly'><V>1</V><V>1</V></field></x></query>
                bad-request     set  <query xmlns='OWNER'><FORM>CONFIG<FIELDroomname'><V>One</V></field><FIELDroomname'><V>Two</V></field></x></query>
                bad-request     set  <query xmlns='OWNER'><FORM>CONFIG<FIELDwhois'><V>nobody</V></field></x></query>
                bad-request     set  <query xmlns='OWNER'><FORM>CONFIG<FIELDpresencebroadcast'><V>moderator</V><V>king</V></field></x></query>
                bad-request     set  <query xmlns='OWNER'><FORM>CONFIG<FIELDmaxusers'><V>-1</V></field></x></query>
                bad-request     set  <query xmlns='OWNER'><FORM>CONFIG<FIELDmaxusers'><V>many</V></field></x></query>
                bad-request     set  <query xmlns='OWNER'><FORM>CONFIG<field var='muc#maxhistoryfetch'><V>all</V></field></x></query>
                not-acceptable  set  <query xmlns='OWNER'><FORM>CONFIG<FIELDmaxusers'><V>0</V></field></x></query>
                not-acceptable  set  <query xmlns='OWNER'><FORM>CONFIG<FIELDmaxusers'><V>999999</V></field></x></query>
                not-acceptable  set  <query xmlns='OWNER'><FORM>CONFIG<FIELDpasswordprotectedroom'><V>1</V></field></x></query>
                jid-malformed   set  <query xmlns='OWNER'><FORM>CONFIG<FIELDroomadmins'><V>a@@b</V></field></x></query>
                jid-malformed   set  <query xmlns='OWNER'><FORM>CONFIG<FIELDroomadmins'><V>example.org</V></field></x></query>
                jid-malformed   set  <query xmlns='OWNER'><FORM>CONFIG<FIELDroomadmins'><V>ROOM</V></field></x></query>
                conflict        set  <query xmlns='OWNER'><FORM>CONFIG<FIELDroomname'><V>New</V></field><FIELDroomowners'/></x></query>
                jid-malformed   set  <query xmlns='OWNER'><destroy jid='a@@b'/></query>
                service-unavailable  set  <destroy xmlns='OWNER'/>
                """) + "bad-request set " + longName(), state(alice, room));
        bob.expectNothing();
    }

    private static String longName() {
        return setRoomConfiguration("room", field("muc#roomconfig_roomname", "x".repeat(300)))
                .firstElement()
                .orElseThrow()
                .toXml();
    }

    @Story
    @Spec(
            xep = 45,
            section = "17.4",
            says = "a request of which one item cannot be done is refused, and none of its items is done")
    void an_item_that_makes_no_sense_changes_nothing(Scene scene, Client alice, Client bob) {
        requireOurs(scene, "the errors are");
        String room = room(alice, bob);

        refused(alice, room, with(room, """
                bad-request     set  <query xmlns='ADMIN'/>
                bad-request     get  <query xmlns='ADMIN'/>
                bad-request     get  <query xmlns='ADMIN'><item/></query>
                bad-request     get  <query xmlns='ADMIN'><item affiliation='owner' role='moderator'/></query>
                bad-request     get  <query xmlns='ADMIN'><item affiliation='owner'/><item affiliation='admin'/></query>
                bad-request     get  <query xmlns='ADMIN'><item affiliation='king'/></query>
                bad-request     set  <query xmlns='ADMIN'><item/></query>
                bad-request     set  <query xmlns='ADMIN'><item nick='bob' role='king'/></query>
                bad-request     set  <query xmlns='ADMIN'><item jid='kate@example.org' affiliation='king'/></query>
                bad-request     set  <query xmlns='ADMIN'><item jid='kate@example.org' affiliation='MEMBER'/></query>
                bad-request     set  <query xmlns='ADMIN'><item nick='bob' role='visitor' affiliation='member'/></query>
                bad-request     set  <query xmlns='ADMIN'><item nick='bob' affiliation='member'/></query>
                bad-request     set  <query xmlns='ADMIN'><item jid='bob@example.org' role='visitor'/></query>
                bad-request     set  <query xmlns='ADMIN'><item xmlns='urn:none' nick='bob' role='visitor'/></query>
                bad-request     set  <query xmlns='ADMIN'><item nick='bob' role='visitor'/><king/></query>
                bad-request     set  <query xmlns='ADMIN'><item nick='bob' role='visitor'/><item nick='bob' role='none'/></query>
                bad-request     set  <query xmlns='ADMIN'><item jid='k@example.org' affiliation='member'/><item jid='K@example.org/x' affiliation='admin'/></query>
                bad-request     set  <query xmlns='ADMIN'><item jid='example.org' affiliation='member'/></query>
                bad-request     set  <query xmlns='ADMIN'><item jid='ROOM' affiliation='member'/></query>
                bad-request     set  <query xmlns='ADMIN'><item jid='ROOM/bob' affiliation='owner'/></query>
                item-not-found  set  <query xmlns='ADMIN'><item nick='bob' role='visitor'/><item nick='kate' role='visitor'/></query>
                item-not-found  set  <query xmlns='ADMIN'><item nick='' role='visitor'/></query>
                jid-malformed   set  <query xmlns='ADMIN'><item jid='k@example.org' affiliation='member'/><item jid='a@@b' affiliation='member'/></query>
                jid-malformed   set  <query xmlns='ADMIN'><item jid='' affiliation='member'/></query>
                jid-malformed   set  <query xmlns='ADMIN'><item jid='k@example.org' affiliation='member' nick=' '/></query>
                conflict        set  <query xmlns='ADMIN'><item jid='k@example.org' affiliation='member' nick='bob'/></query>
                conflict        set  <query xmlns='ADMIN'><item jid='k@example.org' affiliation='member' nick='kate'/><item jid='l@example.org' affiliation='member' nick='KATE'/></query>
                not-allowed     set  <query xmlns='ADMIN'><item nick='bob' role='visitor'/><item nick='alice' role='visitor'/></query>
                service-unavailable  set  <items xmlns='ADMIN'/>
                """), state(alice, room));
        bob.expectNothing();
    }

    @Story
    @Spec(
            xep = 45,
            section = "7.10",
            says =
                    "a registration without form or nickname is a bad-request, one for a nickname that is taken a conflict")
    @Spec(xep = 425, section = "3.2", says = "what cannot be moderated is not")
    @Spec(xep = 317, section = "3", says = "what cannot be done with hats is not")
    @Spec(xep = 30, section = "7", says = "there is no node that nobody has made")
    void other_requests_that_make_no_sense_change_nothing(Scene scene, Client alice, Client bob) {
        requireOurs(scene, "the errors are");
        String room = room(alice, bob);

        refused(
                alice,
                room,
                with(room, """
                bad-request     set  <query xmlns='REGISTER'/>
                bad-request     set  <query xmlns='REGISTER'><nick>kate</nick></query>
                bad-request     set  <query xmlns='REGISTER'><FORM><field var='muc#register_roomnick'><V>kate</V></field></x></query>
                bad-request     set  <query xmlns='REGISTER'><FORM>TYPED</x></query>
                bad-request     set  <query xmlns='REGISTER'><FORM>TYPED<field var='muc#register_roomnick'><V> </V></field></x></query>
                conflict        set  <query xmlns='REGISTER'><FORM>TYPED<field var='muc#register_roomnick'><V>BOB</V></field></x></query>
                bad-request     set  <moderate xmlns='MODERATE' id='x'/>
                bad-request     set  <moderate xmlns='MODERATE' id='x'><retract xmlns='urn:none'/></moderate>
                item-not-found  set  <moderate xmlns='MODERATE'><retract xmlns='urn:xmpp:message-retract:1'/></moderate>
                item-not-found  set  <moderate xmlns='MODERATE' id='0'><retract xmlns='urn:xmpp:message-retract:1'/></moderate>
                service-unavailable  get  <moderate xmlns='MODERATE' id='x'><retract xmlns='urn:xmpp:message-retract:1'/></moderate>
                service-unavailable  set  <praise xmlns='MODERATE' id='x'/>
                item-not-found  set  <command xmlns='COMMANDS' node='urn:none'/>
                item-not-found  set  <command xmlns='COMMANDS'/>
                service-unavailable  get  <command xmlns='COMMANDS' node='urn:xmpp:hats:commands:list'/>
                bad-request     set  <command xmlns='COMMANDS' node='urn:xmpp:hats:commands:create'><FORM/></command>
                item-not-found  set  <command xmlns='COMMANDS' node='urn:xmpp:hats:commands:destroy'><FORM><field var='hats#uri'><V>urn:h</V></field></x></command>
                item-not-found  get  <query xmlns='http://jabber.org/protocol/disco#info' node='urn:none'/>
                item-not-found  get  <query xmlns='http://jabber.org/protocol/disco#items' node='urn:none'/>
                service-unavailable  set  <query xmlns='http://jabber.org/protocol/disco#info'/>
                service-unavailable  set  <ping xmlns='urn:xmpp:ping'/>
                service-unavailable  get  <pong xmlns='urn:xmpp:ping'/>
                service-unavailable  get  <query xmlns='urn:none'/>
                """)
                        .replace("REGISTER", "jabber:iq:register")
                        .replace(
                                "TYPED",
                                field("FORM_TYPE", "http://jabber.org/protocol/muc#register")
                                        .toXml())
                        .replace("MODERATE", "urn:xmpp:message-moderate:1")
                        .replace("COMMANDS", "http://jabber.org/protocol/commands")
                        .replace("<FORM/>", "<x xmlns='jabber:x:data' type='submit'/>"),
                state(alice, room));
        bob.expectNothing();
    }

    @Story
    @Spec(xep = 59, section = "2.1", says = "a page that cannot be is refused: bad-request, or item-not-found")
    @Spec(xep = 433, section = "5", says = "a form that is none is no search")
    void a_page_that_makes_no_sense_is_refused(Scene scene, Client alice) {
        requireOurs(scene, "the errors are");
        refused(
                alice,
                service(alice),
                """
                bad-request     get  <query xmlns='ITEMS'><SET><max>many</max></set></query>
                bad-request     get  <query xmlns='ITEMS'><SET><max/></set></query>
                bad-request     get  <query xmlns='ITEMS'><SET><index>1.5</index></set></query>
                bad-request     get  <query xmlns='ITEMS'><SET><after>a@b</after><before>c@d</before></set></query>
                bad-request     get  <query xmlns='ITEMS'><SET><max>1</max><max>2</max></set></query>
                bad-request     get  <query xmlns='ITEMS'><SET/><SET/></query>
                item-not-found  get  <query xmlns='ITEMS'><SET><max>-1</max></set></query>
                item-not-found  get  <query xmlns='ITEMS'><SET><index>99999999999</index></set></query>
                item-not-found  get  <query xmlns='ITEMS'><SET><after>nobody@example.org</after></set></query>
                item-not-found  get  <query xmlns='ITEMS' node='urn:none'/>
                item-not-found  get  <query xmlns='http://jabber.org/protocol/disco#info' node='urn:none'/>
                bad-request     get  <search xmlns='SEARCH'><x xmlns='jabber:x:data' type='submit'/></search>
                bad-request     get  <search xmlns='SEARCH'><what/></search>
                service-unavailable  set  <search xmlns='SEARCH'/>
                service-unavailable  get  <query xmlns='SEARCH'/>
                """.replace("ITEMS", "http://jabber.org/protocol/disco#items")
                        .replace("SEARCH", "urn:xmpp:channel-search:0:search")
                        .replace("<SET/>", "<set xmlns='http://jabber.org/protocol/rsm'/>")
                        .replace("SET>", "set xmlns='http://jabber.org/protocol/rsm'>"),
                () -> "");
    }

    @Story
    @Spec(
            xep = 45,
            section = "7.8.2",
            says = "what is no invitation, no request for a voice and no answer to one is an error, and goes to nobody")
    void an_errand_that_makes_no_sense_is_refused(Scene scene, Client alice, Client bob) {
        requireOurs(scene, "the errors are");
        String room = room(alice, bob);
        String request = "http://jabber.org/protocol/muc#request";

        refusedMessage(alice, invite(room, "a@@b", "Come"), "jid-malformed");
        refusedMessage(alice, invite(room, "example.org", "Come"), "jid-malformed");
        refusedMessage(alice, invite(room, room, "Come"), "item-not-found");
        refusedMessage(alice, invite(room, room + "/bob", "Come"), "item-not-found");
        refusedMessage(bob, decline(room, alice, "No"), "item-not-found");
        refusedMessage(bob, errand(room, form(request, field("muc#role", "moderator"))), "bad-request");
        refusedMessage(bob, errand(room, form(request)), "bad-request");
        refusedMessage(
                bob,
                errand(room, form(request, field("muc#roomnick", "bob"), field("muc#request_allow", "1"))),
                "forbidden");
        refusedMessage(
                alice,
                errand(room, form(request, field("muc#roomnick", "kate"), field("muc#request_allow", "1"))),
                "item-not-found");
        refusedMessage(alice, errand(room, form("urn:none")), "bad-request");
    }

    private static Element errand(String room, Element form) {
        return Element.of("message", "jabber:client").with("to", room).with(form);
    }

    private static void refusedMessage(Client client, Element message, String condition) {
        client.send(message);
        client.expect(error(condition));
    }

    @Story
    @Spec(
            xep = 45,
            section = "7.2.14",
            says = "a wish for history that cannot be read is a bad-request, and nobody has entered")
    void a_wish_for_history_that_makes_no_sense_is_refused(Scene scene, Client alice, Client bob) {
        requireOurs(scene, "the errors are");
        String room = room(alice);

        for (String attribute : List.of("maxstanzas", "maxchars", "seconds", "since")) {
            Element history =
                    Element.of("history", "http://jabber.org/protocol/muc").with(attribute, "soon");
            bob.send(directedPresence(room + "/bob")
                    .with(Element.of("x", "http://jabber.org/protocol/muc").with(history)));
            bob.expect(error("bad-request").from(room + "/bob"));
        }
        alice.expectNothing();
    }

    // ---- what only a room says

    private static List<Element> forged(String room) {
        return List.of(
                Element.of("x", USER)
                        .with(
                                Element.of("item", USER).with("affiliation", "owner"),
                                Element.of("status", USER).with("code", "307")),
                Element.of("occupant-id", "urn:xmpp:occupant-id:0").with("id", "forged-occupant"),
                Element.of("stanza-id", "urn:xmpp:sid:0")
                        .with("by", room.toUpperCase(java.util.Locale.ROOT))
                        .with("id", "forged-id"),
                Element.of("delay", "urn:xmpp:delay").with("from", room).with("stamp", "2001-01-01T00:00:00Z"));
    }

    @Story
    @Spec(
            xep = 421,
            section = "4",
            says = "an occupant id that somebody brings along is replaced, on messages, private ones and presence")
    @Spec(xep = 359, section = "5", says = "nobody else writes ids in the name of the room")
    @Spec(xep = 45, section = "17.3", says = "what muc#user says is of the room, or is not said")
    void what_only_a_room_says_nobody_else_says(Scene scene, Client alice, Client bob) {
        requireOurs(scene, "what a room takes away of what is said in it is");
        String room = room(alice, bob);

        bob.send(groupchat(room, "All").with(forged(room)));
        Element toAll = alice.expect(said(room, "bob", "All"));
        bob.expect(said(room, "bob", "All"));
        bob.send(privateMessage(room, "alice", "One").with(forged(room)));
        Element toOne = alice.expect(chatMessage("One").from(room + "/bob"));
        bob.send(directedPresence(room + "/bob").with(forged(room)));
        Element seen = alice.expect(occupant(room, "bob"));
        bob.expect(self(room, "bob"));
        alice.iq(iqGet(room, Element.of("query", INFO)));

        for (Element stanza : List.of(toAll, toOne, seen)) {
            assertThat(stanza.toXml())
                    .doesNotContain("forged-occupant")
                    .doesNotContain("code='307'")
                    .doesNotContain("affiliation='owner'");
            assertThat(stanza.elements("occupant-id", "urn:xmpp:occupant-id:0")).hasSize(1);
        }
        for (Element message : List.of(toAll, toOne)) {
            assertThat(message.toXml()).doesNotContain("forged-id").doesNotContain("2001-01-01");
        }
    }
}
