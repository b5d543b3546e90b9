package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.MucLightMatchers.*;
import static io.escalus4j.match.Stanzas.assertThat;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.ExtensionBuilders.*;
import static io.escalus4j.stanza.MucLightBuilders.*;
import static io.escalus4j.stories.LightRooms.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.RequiresFeature;
import io.escalus4j.junit.Story;
import java.util.ArrayList;
import java.util.List;

/** How rooms without presence are found. */
@RequiresFeature("urn:xmpp:muclight:0")
class MucLightDiscoveryStory {
    private static final String MUC_LIGHT = "urn:xmpp:muclight:0";
    private static final String ITEMS = "http://jabber.org/protocol/disco#items";
    private static final String RSM = "http://jabber.org/protocol/rsm";

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "3.1",
            id = "muclight-3-1",
            says = "the service is among the server's items")
    void the_service_is_found(Client alice) {
        assertThat(alice.iq(getDiscoItems(alice.jid().domain()))).matches(discoItems(item(service(alice))));
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "3.2",
            id = "muclight-3-2",
            says = "the service says that it is MUC Light, and so does a room, whoever asks")
    void the_service_and_its_rooms_say_what_they_are(Client alice, Client bob) {
        String room = room(alice);

        for (String asked : List.of(service(bob), room, noRoom(bob))) {
            assertThat(bob.iq(getDiscoInfo(asked)))
                    .matches(discoInfo(identity("conference", "text"), feature(MUC_LIGHT))
                            .from(asked));
        }
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "3.3",
            id = "muclight-3-3",
            says = "the service lists the rooms that one is in, with names and versions")
    void one_sees_ones_own_rooms(Client alice, Client bob) {
        String shared = room(alice, bob);
        String own = room(alice);

        assertThat(alice.iq(getDiscoItems(service(alice))))
                .matches(discoItems(
                        item(shared).withAttribute("name", "Chess").withAttribute("version", version(shared, alice)),
                        item(own).withAttribute("name", "Chess")));
        assertThat(rooms(bob.iq(getDiscoItems(service(bob))))).containsExactly(shared);
    }

    @Story
    @Spec(proposal = "MUC Light", section = "3.3", says = "who is in no room gets an empty list")
    void who_is_in_no_room_sees_none(Client alice, Client bob) {
        room(alice);

        Element query =
                bob.iq(getDiscoItems(service(bob))).child("query", ITEMS).orElseThrow();

        assertThat(query.children()).isEmpty();
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "3.3",
            id = {"muclight-3-3", "muclight-3-4"},
            says = "the list comes in pages, sorted by JID")
    void the_rooms_come_in_pages(Client alice) {
        List<String> all = manyRooms(alice, 12);

        Element first = page(alice, "max", "5");
        assertThat(rooms(first)).isEqualTo(all.subList(0, 5));
        assertThat(set(first).childText("count")).contains("12");
        assertThat(set(first).child("first").orElseThrow().attribute("index")).contains("0");

        assertThat(rooms(page(alice, "max", "5", "after", all.get(4)))).isEqualTo(all.subList(5, 10));
        assertThat(rooms(page(alice, "max", "5", "after", all.get(9)))).isEqualTo(all.subList(10, 12));
        assertThat(rooms(page(alice, "max", "5", "before", all.get(10)))).isEqualTo(all.subList(5, 10));
        assertThat(rooms(page(alice, "max", "5", "before", ""))).isEqualTo(all.subList(7, 12));
        assertThat(rooms(page(alice, "max", "5", "index", "7"))).isEqualTo(all.subList(7, 12));
    }

    @Story
    @Spec(
            proposal = "MUC Light",
            section = "3.3",
            id = "muclight-3-4",
            says = "a page has ten rooms, whatever the client wants")
    void a_page_is_not_too_long(Client alice) {
        List<String> all = manyRooms(alice, 12);

        assertThat(rooms(alice.iq(getDiscoItems(service(alice))))).isEqualTo(all.subList(0, 10));
        assertThat(rooms(page(alice, "max", "1000"))).isEqualTo(all.subList(0, 10));
    }

    @Story
    @Spec(proposal = "MUC Light", section = "3.3", says = "a page of no items just tells how many there are")
    void no_items_but_their_number(Client alice) {
        manyRooms(alice, 3);

        Element none = page(alice, "max", "0");

        assertThat(rooms(none)).isEmpty();
        assertThat(set(none).elements()).extracting(Element::name).containsExactly("count");
        assertThat(set(none).childText("count")).contains("3");
    }

    @Story
    @Spec(proposal = "MUC Light", section = "3.3", id = "muclight-3-5", says = "a page that is nowhere is not found")
    void a_page_that_is_nowhere_is_not_found(Client alice) {
        manyRooms(alice, 2);

        for (String[] nowhere :
                new String[][] {{"after", noRoom(alice)}, {"before", noRoom(alice)}, {"index", "17"}, {"max", "-1"}}) {
            assertThat(alice.request(pageRequest(alice, nowhere))).matches(error("item-not-found", "cancel"));
        }
        assertThat(alice.request(pageRequest(alice, "max", "many"))).matches(error("bad-request", "modify"));
    }

    private static List<String> manyRooms(Client owner, int count) {
        var rooms = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            rooms.add(room(owner));
        }
        return rooms.stream().sorted().toList();
    }

    private static Element pageRequest(Client alice, String... pairs) {
        Element set = Element.of("set", RSM);
        for (int i = 0; i < pairs.length; i += 2) {
            set = set.with(Element.text(pairs[i], RSM, pairs[i + 1]));
        }
        return iqGet(service(alice), Element.of("query", ITEMS).with(set));
    }

    private static Element page(Client alice, String... pairs) {
        return alice.iq(pageRequest(alice, pairs));
    }

    private static List<String> rooms(Element answer) {
        return answer.child("query", ITEMS).orElseThrow().elements("item", ITEMS).stream()
                .map(item -> item.attribute("jid", ""))
                .toList();
    }

    private static Element set(Element answer) {
        return answer.child("query", ITEMS)
                .flatMap(query -> query.child("set", RSM))
                .orElseThrow();
    }
}
