package io.escalus4j.stories;

import static io.escalus4j.match.ArchiveMatchers.archived;
import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.stanza.ArchiveBuilders.*;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stories.Talks.*;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** An archive page by page: XEP-0313 section 4.3, by the rules of XEP-0059. */
@RequiresFeature(MAM)
class ArchivePagesStory {
    private static final String RSM = "http://jabber.org/protocol/rsm";

    private static List<String> talk(Client alice, Client bob) {
        return says(alice, bob, "0", "1", "2", "3", "4", "5", "6");
    }

    @Story
    @Spec(
            xep = 59,
            section = "2.2",
            id = {"0313-4.3.1-1", "0313-4.3.2-4", "0313-4.3.2-5", "0313-4.2-5"},
            says = "a page begins right behind the message it is to come after")
    @Spec(xep = 313, section = "4.3.2", says = "the last page, and no other, is complete")
    void pages_go_on_until_the_last_row(Client alice, Client bob) {
        talk(alice, bob);
        var bodies = new ArrayList<String>();

        var page = archive(bob, firstPage(3));
        bodies.addAll(page.bodies());
        while (!page.isComplete()) {
            assertThat(page.results()).hasSize(3);
            assertIndex(page, bodies.size() - 3);
            page = archive(bob, pageAfter(page.last().orElseThrow(), 3));
            bodies.addAll(page.bodies());
        }

        assertThat(bodies).containsExactly("0", "1", "2", "3", "4", "5", "6");
        assertIndex(page, 6);
        assertCount(page, 7);
    }

    /** A server may tell the index of a page, and the number of all messages, or not (section 4.3.2). */
    private static void assertIndex(ArchivePage page, int index) {
        page.index().ifPresent(told -> assertThat(told).isEqualTo(index));
    }

    private static void assertCount(ArchivePage page, int count) {
        page.count().ifPresent(told -> assertThat(told).isEqualTo(count));
    }

    @Story
    @Spec(
            xep = 59,
            section = "2.3",
            id = {"0313-4.3.1-1", "0313-4.2-5"},
            says = "a page ends right before the message it is to come before")
    @Spec(
            xep = 313,
            section = "4.3.3",
            says = "an empty before asks for the last page, which is in chronological order")
    void pages_go_back_until_the_first_row(Client alice, Client bob) {
        talk(alice, bob);

        var last = archive(bob, lastPage(3));
        var middle = archive(bob, pageBefore(last.first().orElseThrow(), 3));
        var first = archive(bob, pageBefore(middle.first().orElseThrow(), 3));

        assertThat(last.bodies()).containsExactly("4", "5", "6");
        assertIndex(last, 4);
        assertThat(last.isComplete()).isFalse();
        assertThat(middle.bodies()).containsExactly("1", "2", "3");
        assertThat(first.bodies()).containsExactly("0");
        assertThat(first.isComplete()).isTrue();
    }

    @Story
    @Spec(
            xep = 313,
            section = "4.3.2",
            id = {"0313-4.3.2-4", "0313-4.3.2-5"},
            says = "a page that has just room for all that is left is complete")
    void a_page_that_just_has_room_for_the_rest_is_complete(Client alice, Client bob) {
        var ids = talk(alice, bob);

        assertThat(archive(bob, firstPage(7)).isComplete()).isTrue();
        assertThat(archive(bob, firstPage(6)).isComplete()).isFalse();
        assertThat(archive(bob, lastPage(7)).isComplete()).isTrue();
        assertThat(archive(bob, pageAfter(ids.get(3), 3)).isComplete()).isTrue();
        assertThat(archive(bob, pageBefore(ids.get(3), 3)).isComplete()).isTrue();
    }

    @Story
    @Spec(xep = 59, section = "2.2", says = "a page behind the last message is empty")
    void behind_the_end_is_an_empty_page(Client alice, Client bob) {
        var ids = talk(alice, bob);

        for (var page : List.of(archive(bob, pageAfter(ids.get(6), 3)), archive(bob, pageBefore(ids.get(0), 3)))) {
            assertThat(page.results()).isEmpty();
            assertThat(page.first()).isEmpty();
            assertThat(page.last()).isEmpty();
            assertCount(page, 7);
            assertThat(page.isComplete()).isTrue();
        }
    }

    @Story
    @RequiresFeature(MAM + "#extended")
    @Spec(
            xep = 313,
            section = "4.3.4",
            id = "0313-7-2",
            says = "a flipped page has the same messages, the newest first")
    void a_flipped_page_comes_the_other_way_round(Client alice, Client bob) {
        var ids = talk(alice, bob);

        for (Element wanted : List.of(firstPage(3), lastPage(3), pageAfter(ids.get(1), 2), pageBefore(ids.get(4), 9))) {
            var page = archive(bob, wanted);
            var turned = archive(bob, wanted, flipped());

            var expected = new ArrayList<>(page.bodies());
            Collections.reverse(expected);
            assertThat(turned.bodies()).isEqualTo(expected);
            assertThat(turned.fin()).isEqualTo(page.fin());
        }
    }

    @Story
    @Spec(xep = 59, section = "2.7", says = "who wants no message at all learns how many there are")
    void a_page_of_nothing_tells_the_number(Client alice, Client bob) {
        talk(alice, bob);
        says(bob, alice, "me, too");

        var page = archive(alice, firstPage(0), filter("with", bob.account()));

        assertThat(page.results()).isEmpty();
        assertThat(page.count()).contains(8);
        assertThat(page.isComplete()).isFalse();
    }

    @Story
    @Spec(xep = 59, section = "2.6", says = "a page may begin at an index, and beyond the end it is empty")
    void a_page_is_found_by_its_index(Client alice, Client bob) {
        talk(alice, bob);
        requireIndex(bob);

        var page = archive(bob, pageFrom(5, 10));
        assertThat(page.bodies()).containsExactly("5", "6");
        assertThat(page.index()).contains(5);
        assertThat(archive(bob, pageFrom(0, 2)).bodies()).containsExactly("0", "1");

        var beyond = archive(bob, pageFrom(7, 10));
        assertThat(beyond.results()).isEmpty();
        assertThat(beyond.count()).contains(7);
    }

    /** "An entity that does not support page retrieval by index MUST return feature-not-implemented." */
    private static void requireIndex(Client reader) {
        Element nothing = archiveQuery(pageFrom(0, 1), filter("with", People.nobody(reader)));
        if (iqError("feature-not-implemented").matches(reader.request(nothing))) {
            throw NotApplicable.because("the server finds no pages by an index (XEP-0059 section 2.6)");
        }
    }

    @Story
    @Spec(xep = 313, section = "4.3.1", says = "the number of results is limited, whatever is wanted")
    void a_page_has_a_limit_whatever_is_wanted(Client alice, Client bob) {
        talk(alice, bob);

        for (String max : List.of("1000000", "99999999999999999999")) {
            assertThat(read(bob, Element.text("max", RSM, max)).bodies()).hasSize(7);
        }
    }

    private static ArchivePage read(Client reader, Element... set) {
        return ArchivePage.read(reader, query(set));
    }

    private static Element query(Element... set) {
        return archiveQuery(Element.of("set", RSM).with(set));
    }

    @Story
    @Spec(
            xep = 313,
            section = "4.3.2",
            id = "0313-4.3.2-3",
            says = "a page around a message that is not in the archive is not found")
    void a_page_around_nothing_is_not_found(Client alice, Client bob) {
        talk(alice, bob);
        String foreign = archive(alice).ids().get(0);

        for (String id : List.of("no-such-id", foreign)) {
            bob.iqError(archiveQuery(pageAfter(id, 3)), "item-not-found");
            bob.iqError(archiveQuery(pageBefore(id, 3)), "item-not-found");
        }
        bob.expectNothing();
    }

    @Story
    @Spec(xep = 59, section = "2.1", says = "a limit is a number, an index too")
    @Spec(xep = 313, section = "4.3.2", says = "before and after together have no meaning")
    void a_page_that_is_none_is_refused(Scene scene, Client alice, Client bob) {
        ServerUnderTest.requireOurs(scene, "what becomes of a page that is none is");
        var ids = talk(alice, bob);
        Element before = Element.text("before", RSM, ids.get(5));
        Element after = Element.text("after", RSM, ids.get(1));

        for (Element request : List.of(
                query(Element.text("max", RSM, "-1")),
                query(Element.text("max", RSM, "many")),
                query(Element.text("max", RSM, "")),
                query(Element.text("index", RSM, "-3")),
                query(Element.text("index", RSM, "2"), after),
                query(before, after),
                query(after, after),
                archiveQuery(firstPage(1), firstPage(2)))) {
            bob.iqError(request, "bad-request");
        }
        bob.expectNothing();
    }

    @Story
    @Spec(
            xep = 313,
            section = "4.3.2",
            id = {"0313-4.3.2-2", "0313-4.3.2-7"},
            says = "no query is ever open: a page may be asked for at any time")
    void a_page_stays_where_it_is_while_others_are_added(Client alice, Client bob) {
        var ids = talk(alice, bob);
        says(bob, alice, "7");

        var page = archive(bob, pageAfter(ids.get(4), 2));

        assertThat(page.bodies()).containsExactly("5", "6");
        assertThat(page.isComplete()).isFalse();
        assertThat(archive(bob, pageAfter(ids.get(6), 2)).bodies()).containsExactly("7");
    }

    @Story
    @RequiresFeature("{urn:xmpp:mam:2}simple")
    @Spec(
            xep = 59,
            section = "2.2",
            says = "counting may be left out where it costs too much, and is if nobody wants it")
    void who_does_not_want_to_know_how_many_is_not_told(Client alice, Client bob) {
        talk(alice, bob);

        var page = archive(bob, filter("simple", "true"), firstPage(2));

        assertThat(page.bodies()).containsExactly("0", "1");
        assertThat(page.count()).isEmpty();
        assertThat(page.index()).isEmpty();
        assertThat(page.isComplete()).isFalse();
    }

    @Story
    @Spec(
            xep = 313,
            section = "4",
            id = {"0313-4-3", "0313-4.2-3"},
            says = "several queries of one client are answered one after the other")
    void two_queries_at_once_do_not_mix(Client alice, Client bob) {
        talk(alice, bob);

        bob.send(marked("a", archiveQuery(firstPage(2))).with("id", "q-a"));
        bob.send(marked("b", archiveQuery(lastPage(2))).with("id", "q-b"));
        bob.expectAll(
                result("a", "0"),
                result("a", "1"),
                iqResult("q-a"),
                result("b", "5"),
                result("b", "6"),
                iqResult("q-b"));
    }

    private static Matcher result(String queryId, String body) {
        return archived(chatMessage(body)).withChild(element("result", MAM).withAttribute("queryid", queryId));
    }
}
