package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.stanza.ArchiveBuilders.*;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stories.Talks.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.ArchivePage;
import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.RequiresFeature;
import io.escalus4j.junit.Story;
import io.escalus4j.junit.Transports;
import io.escalus4j.wire.Transport;
import java.util.List;
import java.util.stream.IntStream;

/** Archives are read the same over every way to a server: a page is a burst of stanzas, and then its end. */
@RequiresFeature(MAM)
class ArchiveOverEachWireStory {
    private static final int MESSAGES = 40;

    private static String body(int i) {
        return i + " " + "\u4e2d".repeat(1500);
    }

    private static List<String> bodies() {
        return IntStream.range(0, MESSAGES)
                .mapToObj(ArchiveOverEachWireStory::body)
                .toList();
    }

    @Transports
    @Spec(xep = 313, section = "4.2", says = "all results come in their order, and then the end, whatever carries them")
    @Spec(rfc = 7395, section = "3.3.3", says = "each element is a message of the WebSocket")
    @Spec(xep = 124, section = "12", says = "what does not fit into one body comes in the next ones, in its order")
    void a_long_page_comes_whole_and_in_order(Client alice, Client bob) {
        says(bob, alice, bodies().toArray(String[]::new));

        assertThat(archive(alice, firstPage(100)).bodies()).containsExactlyElementsOf(bodies());
        var last = archive(alice, lastPage(10));
        assertThat(last.bodies()).containsExactlyElementsOf(bodies().subList(MESSAGES - 10, MESSAGES));
        assertThat(archive(alice, pageBefore(last.first().orElseThrow(), 10), flipped())
                        .bodies())
                .startsWith(body(MESSAGES - 11))
                .hasSize(10);
    }

    @Transports
    @Spec(xep = 313, section = "4.2", says = "several queries at once do not mix, whatever carries them")
    void queries_at_once_do_not_mix(Client alice, Client bob) {
        says(bob, alice, "0", "1", "2");
        Element one = marked("one", archiveQuery(firstPage(2))).with("id", "one");
        Element other = marked("other", archiveQuery(lastPage(2))).with("id", "other");

        alice.send(one);
        alice.send(other);

        for (String query : List.of("one", "other")) {
            for (int i = 0; i < 2; i++) {
                Element result = alice.expect(message().withChild("result", MAM));
                assertThat(result.child("result", MAM).orElseThrow().attribute("queryid"))
                        .contains(query);
            }
            alice.expect(iqResult(query));
        }
    }

    @Transports
    @RequiresFeature("urn:xmpp:muclight:0")
    @Spec(xep = 313, section = "3.3.2", says = "rooms of both kinds have archives, whatever carries what they say")
    @Spec(xep = 441, section = "2.1", says = "and preferences")
    void rooms_have_archives(Client alice, Client bob) {
        String room = ChatRooms.room(alice, bob);
        ChatRooms.heard(room, bob, body(0), alice, bob);
        String light = LightRooms.room(alice, bob);
        bob.send(groupchat(light, body(1)));
        alice.expect(groupchat(body(1)));
        bob.expect(groupchat(body(1)));

        assertThat(ArchivePage.read(bob, archiveQueryOf(room)).bodies()).containsExactly(body(0));
        assertThat(ArchivePage.read(bob, archiveQueryOf(light)).bodies()).endsWith(body(1));
        alice.iq(setArchivePreferences(room, "never", List.of(), List.of()));
        alice.iq(setArchivePreferences("never", List.of(), List.of()));
        bob.iqError(setArchivePreferences(room, "always", List.of(), List.of()), "forbidden");
        assertThat(bob.iq(getArchiveMetadata(room)).toXml()).contains("<start ");
    }

    @Story
    @Spec(
            xep = 313,
            section = "4.3.2",
            says = "a page may be asked for at any time: one that was begun over one way goes on over another")
    void pages_go_on_over_another_way(Scene scene, Client bob) {
        Client onTcp = scene.connectManaged("alice");
        says(bob, onTcp, "0", "1", "2", "3", "4", "5");
        var first = archive(onTcp, firstPage(2));
        onTcp.kill();

        Client onWeb = scene.resume(onTcp, Transport.WS);
        var second = archive(onWeb, pageAfter(first.last().orElseThrow(), 2));
        onWeb.kill();
        Client back = scene.resume(onWeb, Transport.STARTTLS);
        var third = archive(back, pageAfter(second.last().orElseThrow(), 2));

        assertThat(first.bodies()).containsExactly("0", "1");
        assertThat(second.bodies()).containsExactly("2", "3");
        assertThat(third.bodies()).containsExactly("4", "5");
        assertThat(third.isComplete()).isTrue();
    }
}
