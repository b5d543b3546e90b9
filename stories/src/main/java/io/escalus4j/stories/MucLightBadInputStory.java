package io.escalus4j.stories;

import static io.escalus4j.Together.together;
import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.MucLightMatchers.*;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.MucLightBuilders.*;
import static io.escalus4j.stories.LightRooms.*;
import static io.escalus4j.stories.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.RequiresFeature;
import io.escalus4j.junit.Story;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a room without presence cannot be asked is refused as a whole, and what only a room may say nobody else says. */
@RequiresFeature("urn:xmpp:muclight:0")
class MucLightBadInputStory {
    /** All that {@code occupant} can see of the room, its version among it. */
    private static String state(Client occupant, String room) {
        return occupant.iq(getLightInfo(room)).firstElement().orElseThrow().toXml();
    }

    private static String with(String table, String room, Client... users) {
        String named = table.replace("ROOM", room)
                .replace("AFFILIATIONS", "query xmlns='urn:xmpp:muclight:0#affiliations'")
                .replace("CONFIGURATION", "query xmlns='urn:xmpp:muclight:0#configuration'")
                .replace("CREATE", "query xmlns='urn:xmpp:muclight:0#create'")
                .replace("BLOCKING", "query xmlns='urn:xmpp:muclight:0#blocking'")
                .replace("MEMBER", "user affiliation='member'")
                .replace("OWNER", "user affiliation='owner'")
                .replace("NONE", "user affiliation='none'");
        for (Client user : users) {
            named = named.replace('$' + user.name(), user.account().toString());
        }
        return named;
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "5.2",
            says = "a change of which one item cannot be done is refused, and none of its items is done")
    void a_change_of_occupants_that_makes_no_sense_changes_nothing(Client alice, Client bob, Client kate) {
        String room = room(alice, bob);

        refused(alice, room, with("""
                bad-request  set  <AFFILIATIONS/>
                bad-request  set  <AFFILIATIONS><user>$kate</user></query>
                bad-request  set  <AFFILIATIONS><user affiliation='king'>$kate</user></query>
                bad-request  set  <AFFILIATIONS><user affiliation='Member'>$kate</user></query>
                bad-request  set  <AFFILIATIONS><MEMBER/></query>
                bad-request  set  <AFFILIATIONS><MEMBER>@</user></query>
                bad-request  set  <AFFILIATIONS><MEMBER>a@@b</user></query>
                bad-request  set  <AFFILIATIONS><MEMBER>example.org</user></query>
                bad-request  set  <AFFILIATIONS><MEMBER>$kate/phone</user></query>
                bad-request  set  <AFFILIATIONS><MEMBER>ROOM/$bob</user></query>
                bad-request  set  <AFFILIATIONS><MEMBER>$kate</user><guest/></query>
                bad-request  set  <AFFILIATIONS><MEMBER>$kate</user><user xmlns='urn:none' affiliation='none'>$bob</user></query>
                bad-request  set  <AFFILIATIONS><MEMBER>$kate</user><MEMBER>$kate</user></query>
                bad-request  set  <AFFILIATIONS><MEMBER>$kate</user><NONE>$kate</user></query>
                bad-request  set  <AFFILIATIONS><MEMBER>$kate</user><MEMBER>$bob</user></query>
                bad-request  set  <AFFILIATIONS><MEMBER>$kate</user><OWNER>$alice</user></query>
                bad-request  set  <AFFILIATIONS><MEMBER>$kate</user><NONE>nobody@example.org</user></query>
                bad-request  set  <AFFILIATIONS><OWNER>$kate</user><OWNER>$bob</user></query>
                feature-not-implemented  set  <users xmlns='urn:xmpp:muclight:0#affiliations'><MEMBER>$kate</user></users>
                feature-not-implemented  get  <users xmlns='urn:xmpp:muclight:0#affiliations'/>
                feature-not-implemented  set  <query xmlns='urn:xmpp:muclight:0#info'/>
                feature-not-implemented  get  <query xmlns='urn:xmpp:muclight:0#destroy'/>
                feature-not-implemented  set  <explode xmlns='urn:xmpp:muclight:0#destroy'/>
                feature-not-implemented  set  <query xmlns='urn:none'/>
                """, room, alice, bob, kate), () -> state(alice, room));
        together(bob::expectNothing, kate::expectNothing);
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "5.1",
            says = "a configuration of which one field is none is refused, and none of its fields is set")
    void a_configuration_that_makes_no_sense_changes_nothing(Client alice, Client bob) {
        String room = room(alice, bob);

        refused(alice, room, with("""
                bad-request  set  <CONFIGURATION/>
                bad-request  set  <CONFIGURATION><subject>Tea</subject><colour>red</colour></query>
                bad-request  set  <CONFIGURATION><subject>Tea</subject><Roomname>New</Roomname></query>
                bad-request  set  <CONFIGURATION><subject>Tea</subject><roomname xmlns='urn:none'>New</roomname></query>
                bad-request  set  <CONFIGURATION><subject>Tea</subject><roomname><b>New</b></roomname></query>
                bad-request  set  <CONFIGURATION><subject>Tea</subject><version>v1</version></query>
                bad-request  set  <CONFIGURATION><subject>Tea</subject><prev-version>v1</prev-version></query>
                bad-request  set  <CONFIGURATION><subject>Tea</subject><roomname>LONG</roomname></query>
                bad-request  set  <CONFIGURATION><subject>Tea</subject><x xmlns='jabber:x:data' type='submit'/></query>
                feature-not-implemented  set  <set xmlns='urn:xmpp:muclight:0#configuration'><subject>Tea</subject></set>
                """, room).replace("LONG", "x".repeat(1001)), () -> state(alice, room));
        bob.expectNothing();
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "5.1",
            says = "a room that cannot be made as it is wanted is not made at all")
    void a_creation_that_makes_no_sense_makes_no_room(Client alice, Client bob) {
        String room = noRoom(alice);

        refused(alice, room, with("""
                bad-request  set  <CREATE><what/></query>
                bad-request  set  <CREATE><configuration><colour>red</colour></configuration></query>
                bad-request  set  <CREATE><configuration><roomname xmlns='urn:none'>New</roomname></configuration></query>
                bad-request  set  <CREATE><configuration xmlns='urn:none'/></query>
                bad-request  set  <CREATE><occupants><user>$bob</user></occupants></query>
                bad-request  set  <CREATE><occupants><NONE>$bob</user></occupants></query>
                bad-request  set  <CREATE><occupants><MEMBER>$bob</user><MEMBER>$bob</user></occupants></query>
                bad-request  set  <CREATE><occupants><MEMBER>$bob</user><MEMBER>$alice</user></occupants></query>
                bad-request  set  <CREATE><occupants><MEMBER>$bob</user><MEMBER>a@@b</user></occupants></query>
                bad-request  set  <CREATE><occupants><OWNER>$bob</user><OWNER>kate@example.org</user></occupants></query>
                feature-not-implemented  set  <room xmlns='urn:xmpp:muclight:0#create'/>
                feature-not-implemented  get  <CREATE/>
                """, room, alice, bob), () -> rooms(alice));
        bob.expectNothing();
        alice.iqError(getLightInfo(room), "item-not-found");
    }

    private static String rooms(Client user) {
        return user.iq(iqGet(service(user), Element.of("query", "http://jabber.org/protocol/disco#items")))
                .firstElement()
                .orElseThrow()
                .toXml();
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "4.5",
            says = "a list of whom to block of which one item is none is refused, and none of its items counts")
    @Spec(xep = 59, section = "2.1", says = "a page that cannot be is refused")
    void what_the_service_cannot_be_asked_changes_nothing(Client alice, Client bob) {
        refused(
                alice,
                service(alice),
                with("""
                bad-request  set  <BLOCKING/>
                bad-request  set  <BLOCKING><user action='deny'>$bob</user><user>kate@example.org</user></query>
                bad-request  set  <BLOCKING><user action='deny'>$bob</user><user action='maybe'>kate@example.org</user></query>
                bad-request  set  <BLOCKING><user action='deny'>$bob</user><user action='deny'>example.org</user></query>
                bad-request  set  <BLOCKING><user action='deny'>$bob</user><user action='deny'>$bob/phone</user></query>
                bad-request  set  <BLOCKING><user action='deny'>$bob</user><user action='deny'>a@@b</user></query>
                bad-request  set  <BLOCKING><user action='deny'>$bob</user><server action='deny'>$bob</server></query>
                bad-request  set  <BLOCKING><user action='deny'>$bob</user><user xmlns='urn:none' action='deny'>k@example.org</user></query>
                bad-request  set  <list xmlns='urn:xmpp:muclight:0#blocking'><user action='deny'>$bob</user></list>
                bad-request  get  <ITEMS><SET><max>many</max></set></query>
                bad-request  get  <ITEMS><SET><before>a@b</before><after>c@d</after></set></query>
                bad-request  get  <ITEMS><SET/><SET/></query>
                item-not-found  get  <ITEMS><SET><max>-1</max></set></query>
                item-not-found  get  <ITEMS><SET><after>nobody@example.org</after></set></query>
                item-not-found  get  <ITEMS><SET><index>99999999999</index></set></query>
                feature-not-implemented  set  <query xmlns='urn:none'/>
                """, service(alice), bob)
                        .replace("ITEMS", "query xmlns='http://jabber.org/protocol/disco#items'")
                        .replace("SET", "set xmlns='http://jabber.org/protocol/rsm'"),
                () -> alice.iq(getLightBlocking(service(alice)))
                        .firstElement()
                        .orElseThrow()
                        .toXml());
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "5.2",
            says = "more occupants than a room has space for are refused, and nobody of them is added")
    void a_list_that_is_too_long_changes_nothing(Client alice, Client bob) {
        String room = room(alice, bob);
        String before = state(alice, room);
        String many = IntStream.range(0, 4000)
                .mapToObj(i -> "<user affiliation='member'>u" + i + "@example.org</user>")
                .collect(Collectors.joining());
        Element query = Element.parse("<query xmlns='urn:xmpp:muclight:0#affiliations'>" + many
                + "<user affiliation='king'>kate@example.org</user></query>");

        alice.iqError(iqSet(room, query), "bad-request");

        assertThat(state(alice, room)).isEqualTo(before);
        bob.expectNothing();
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "4.1",
            says = "what a room tells of its occupants and its configuration nobody else tells in its messages")
    @Spec(xep = 359, section = "5", says = "nobody else writes ids in the name of the room")
    void what_only_a_room_says_nobody_else_says(Client alice, Client bob) {
        String room = room(alice, bob);
        var forged = List.of(
                Element.of("x", "urn:xmpp:muclight:0#affiliations")
                        .with(Element.text("user", "urn:xmpp:muclight:0#affiliations", "forged@example.org")),
                Element.of("x", "urn:xmpp:muclight:0#destroy"),
                Element.of("x", "http://jabber.org/protocol/muc#user")
                        .with(Element.of("status", "http://jabber.org/protocol/muc#user")
                                .with("code", "307")),
                Element.of("occupant-id", "urn:xmpp:occupant-id:0").with("id", "forged"),
                Element.of("stanza-id", "urn:xmpp:sid:0").with("by", room).with("id", "forged"));

        bob.send(groupchat(room, "Mine").with(forged).with(Element.of("extra", "urn:example")));

        for (Client client : List.of(alice, bob)) {
            Element heard = client.expect(groupchat("Mine").from(seat(room, bob)));
            assertThat(heard.toXml()).doesNotContain("forged").doesNotContain("<x ");
            assertThat(heard.has("extra", "urn:example")).isTrue();
        }
    }
}
