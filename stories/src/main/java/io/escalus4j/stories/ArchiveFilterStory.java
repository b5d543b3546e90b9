package io.escalus4j.stories;

import static io.escalus4j.match.ExtensionMatchers.field;
import static io.escalus4j.match.ExtensionMatchers.form;
import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.Stanzas.assertThat;
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
import io.escalus4j.stanza.FormBuilders;
import io.escalus4j.stories.server.ServerUnderTest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.IntStream;

/** Which messages are wanted: XEP-0313 section 4.1. */
@RequiresFeature(MAM)
class ArchiveFilterStory {
    private static final String FULL_TEXT = "{urn:xmpp:fulltext:0}fulltext";

    private static List<String> filtered(Client owner, Element... filters) {
        return archive(owner, filters).bodies();
    }

    // ---- whom with

    @Story
    @Spec(
            xep = 313,
            section = "4.1.1",
            id = {"0313-4.1.1-1", "0313-4.1.1-3", "0313-4.1-2"},
            says = "a bare JID stands for all of its resources, a full one for itself")
    void messages_with_one_contact_are_found(Client alice, Client bob, Client bob2, Client kate) {
        says(alice, bob, "to bob");
        says(bob2, alice, "from the other bob");
        says(alice, kate, "to kate");

        assertThat(filtered(alice, filter("with", bob.account()))).containsExactly("to bob", "from the other bob");
        assertThat(filtered(alice, filter("with", bob))).containsExactly("to bob");
        assertThat(filtered(alice, filter("with", bob2))).containsExactly("from the other bob");
        assertThat(filtered(alice, filter("with", People.nobody(alice)))).isEmpty();
        assertThat(filtered(alice)).hasSize(3);
    }

    @Story
    @Spec(
            xep = 313,
            section = "4.1.1",
            id = "0313-4.1.1-2",
            says = "with oneself are the messages from oneself to oneself, and no others")
    void notes_to_oneself_are_found_apart(Client alice, Client alice2, Client bob) {
        says(alice, bob, "to bob");
        delivers(alice, alice2, chat(alice2, "to myself"));

        assertThat(filtered(alice, filter("with", alice.account())))
                .isNotEmpty()
                .containsOnly("to myself");
        assertThat(filtered(alice)).startsWith("to bob").contains("to myself");
    }

    @Story
    @Spec(xep = 313, section = "6.1.1", says = "what one sends to oneself is one message")
    void a_note_to_oneself_is_kept_once(Scene scene, Client alice, Client alice2) {
        ServerUnderTest.requireOurs(scene, "whether what is sent and received by one account is one message is");
        delivers(alice, alice2, chat(alice2, "to myself"));

        assertThat(filtered(alice)).containsExactly("to myself");
    }

    // ---- when

    @Story
    @Spec(
            xep = 313,
            section = "4.1.2",
            id = {"0313-4.1.2-2", "0313-4.1.2-3", "0313-4.1-2"},
            says = "start and end let through what is of their very time")
    void messages_of_a_time_are_found(Client alice, Client bob) {
        says(alice, bob, "0", "1", "2", "3");
        ArchivePage all = archive(bob);
        String first = all.stamps().get(1);
        String last = all.stamps().get(2);

        assertThat(filtered(bob, filter("start", first))).isEqualTo(within(all, first, "9999-01-01T00:00:00Z"));
        assertThat(filtered(bob, filter("end", last))).isEqualTo(within(all, "1970-01-01T00:00:00Z", last));
        assertThat(filtered(bob, filter("start", first), filter("end", last))).isEqualTo(within(all, first, last));
        assertThat(filtered(bob, filter("start", last), filter("end", first))).isEqualTo(within(all, last, first));
        assertThat(filtered(bob, filter("start", "9999-01-01T00:00:00Z"))).isEmpty();
        assertThat(filtered(bob, filter("end", "1970-01-01T00:00:00Z"))).isEmpty();
    }

    /** Several messages may have the same time: some archives count in seconds. */
    private static List<String> within(ArchivePage all, String start, String end) {
        return IntStream.range(0, all.bodies().size())
                .filter(i -> !Instant.parse(all.stamps().get(i)).isBefore(Instant.parse(start)))
                .filter(i -> !Instant.parse(all.stamps().get(i)).isAfter(Instant.parse(end)))
                .mapToObj(all.bodies()::get)
                .toList();
    }

    @Story
    @Spec(xep = 313, section = "4.1.2", says = "times are those of XEP-0082, in whatever zone")
    void a_time_may_be_of_another_zone(Client alice, Client bob) {
        says(alice, bob, "0", "1");
        ArchivePage all = archive(bob);
        var second = Instant.parse(all.stamps().get(1));

        for (var there : List.of(second, second.plusSeconds(1))) {
            String elsewhere = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(there.atOffset(ZoneOffset.ofHours(-7)));
            assertThat(filtered(bob, filter("start", elsewhere)))
                    .isEqualTo(within(all, there.toString(), "9999-01-01T00:00:00Z"));
        }
    }

    // ---- around which message

    @Story
    @RequiresFeature(MAM + "#extended")
    @Spec(
            xep = 313,
            section = "4.1.3",
            id = {"0313-4.1-2", "0313-7-2"},
            says = "after-id and before-id leave out the messages that they name")
    void messages_between_two_are_found(Client alice, Client bob) {
        var ids = says(alice, bob, "0", "1", "2", "3", "4");

        assertThat(filtered(bob, filter("after-id", ids.get(2)))).containsExactly("3", "4");
        assertThat(filtered(bob, filter("before-id", ids.get(2)))).containsExactly("0", "1");
        assertThat(filtered(bob, filter("after-id", ids.get(0)), filter("before-id", ids.get(4))))
                .containsExactly("1", "2", "3");
    }

    @Story
    @RequiresFeature(MAM + "#extended")
    @Spec(xep = 313, section = "4.1.3", says = "the last page of the messages between two is before the second of them")
    void messages_between_two_have_a_last_page(Client alice, Client bob) {
        var ids = says(alice, bob, "0", "1", "2", "3", "4");

        assertThat(filtered(bob, filter("after-id", ids.get(0)), filter("before-id", ids.get(4)), lastPage(2)))
                .containsExactly("2", "3");
    }

    @Story
    @RequiresFeature({"{urn:xmpp:mam:2}from-id", "{urn:xmpp:mam:2}to-id"})
    @Spec(
            xep = 313,
            section = "4.1",
            says = "an archive may have more fields: from-id and to-id have the messages that they name")
    void messages_from_one_to_another_are_found(Client alice, Client bob) {
        var ids = says(alice, bob, "0", "1", "2", "3", "4");

        assertThat(filtered(bob, filter("from-id", ids.get(3)))).containsExactly("3", "4");
        assertThat(filtered(bob, filter("to-id", ids.get(1)))).containsExactly("0", "1");
        assertThat(filtered(bob, filter("from-id", ids.get(1)), filter("to-id", ids.get(3))))
                .containsExactly("1", "2", "3");
        bob.iqError(archiveQuery(filter("from-id", "no-such-id")), "item-not-found");
        bob.iqError(archiveQuery(filter("to-id", "no-such-id")), "item-not-found");
    }

    @Story
    @RequiresFeature(MAM + "#extended")
    @Spec(
            xep = 313,
            section = "4.1.3",
            id = {"0313-4.1-2", "0313-7-2"},
            says = "messages are fetched by their ids, in the order of the archive")
    void messages_are_found_by_their_ids(Client alice, Client bob) {
        var ids = says(alice, bob, "0", "1", "2", "3");

        assertThat(filtered(bob, filter("ids", ids.get(3), ids.get(1)))).containsExactly("1", "3");
        assertThat(filtered(bob, filter("ids", ids.get(2)))).containsExactly("2");
    }

    @Story
    @RequiresFeature(MAM + "#extended")
    @Spec(
            xep = 313,
            section = "4.1.3",
            id = "0313-4.1.3-1",
            says = "an id that is not in the archive is item-not-found, wherever it stands")
    void an_id_that_is_not_there_is_told(Client alice, Client bob) {
        var ids = says(alice, bob, "0", "1");
        String foreign = archive(alice).ids().get(0);

        for (String id : List.of("no-such-id", foreign)) {
            for (String name : List.of("before-id", "after-id", "ids")) {
                bob.iqError(archiveQuery(filter(name, id)), "item-not-found");
            }
            bob.iqError(archiveQuery(filter("ids", ids.get(0), id)), "item-not-found");
        }
        bob.expectNothing();
    }

    // ---- what about

    @Story
    @RequiresFeature({"urn:xmpp:fulltext:0", FULL_TEXT})
    @Spec(xep = 431, section = "2.2", says = "a search finds what has all the words in its body")
    void messages_are_found_by_what_they_say(Client alice, Client bob) {
        says(alice, bob, "Tea at FIVE", "Coffee at five", "Tea at six", "100% of _all_ tea'); --");

        assertThat(filtered(bob, filter(FULL_TEXT, "five tea"))).containsExactly("Tea at FIVE");
        assertThat(filtered(bob, filter(FULL_TEXT, "tea"))).hasSize(3);
        assertThat(filtered(bob, filter(FULL_TEXT, "% _all_"))).containsExactly("100% of _all_ tea'); --");
        assertThat(filtered(bob, filter(FULL_TEXT, "cocoa"))).isEmpty();
        assertThat(filtered(alice, filter(FULL_TEXT, "COFFEE"), filter("with", bob.account())))
                .hasSize(1);
    }

    @Story
    @RequiresFeature("{urn:xmpp:mam:2}full-text-search")
    @Spec(xep = 431, section = "2.2", says = "the field may have the name that older clients know, too")
    void the_field_of_a_search_has_an_older_name(Client alice, Client bob) {
        says(alice, bob, "Tea at FIVE", "Coffee at five");

        assertThat(filtered(bob, filter("full-text-search", "five tea"))).containsExactly("Tea at FIVE");
    }

    @Story
    @RequiresFeature(MAM + "#groupchat-field")
    @Spec(
            xep = 313,
            section = "4.1.4",
            id = "0313-4.1.5-5",
            says = "who does not want groupchat says so, and who wants it, too")
    void groupchat_can_be_left_out(Client alice, Client bob) {
        says(alice, bob, "not in a room");

        assertThat(filtered(bob, filter("include-groupchat", "false"))).containsExactly("not in a room");
        assertThat(filtered(bob, filter("include-groupchat", "true"))).containsExactly("not in a room");
    }

    // ---- the form

    @Story
    @Spec(
            xep = 313,
            section = "4.1.5",
            id = {"0313-4.1.5-1", "0313-4.1.5-2", "0313-4.1.5-3", "0313-4.1.5-4", "0313-4.1-5", "0313-4.1-6"},
            says = "an archive tells its fields, and requires none")
    void an_archive_tells_which_fields_it_has(Client alice) {
        Element query = alice.iq(getArchiveFields()).child("query", MAM).orElseThrow();

        assertThat(query)
                .matches(element("query", MAM)
                        .withChild(form(
                                field("FORM_TYPE", MAM).ofType("hidden"),
                                field("with").ofType("jid-single"),
                                field("start").ofType("text-single"),
                                field("end").ofType("text-single"))));
        assertThat(query.toXml()).doesNotContain("<required", "<option");
    }

    @Story
    @RequiresFeature(MAM + "#extended")
    @Spec(
            xep = 313,
            section = "4.1.5",
            id = "0313-4.1.5-4",
            says = "an extended archive has fields for ids, and takes whatever ids there are")
    void an_extended_archive_has_more_fields(Client alice) {
        Element query = alice.iq(getArchiveFields()).child("query", MAM).orElseThrow();

        assertThat(query)
                .matches(element("query", MAM)
                        .withChild(form(
                                field("before-id").ofType("text-single"),
                                field("after-id").ofType("text-single"),
                                field("ids").ofType("list-multi"))));
        assertThat(query.toXml()).contains("<open");
    }

    @Story
    @Spec(
            xep = 313,
            section = "4.1.5",
            id = "0313-4.1.5-6",
            says = "a field that the archive does not know is feature-not-implemented")
    void an_unknown_field_is_told(Client alice) {
        alice.iqError(archiveQuery(filter("{http://example.com/}mood", "lonely")), "feature-not-implemented");
    }

    @Story
    @Spec(xep = 313, section = "4.1", says = "a filter whose values cannot be read is refused, and nothing is sent")
    void a_form_that_makes_no_sense_is_refused(Scene scene, Client alice, Client bob) {
        ServerUnderTest.requireOurs(scene, "what becomes of values that cannot be read is");
        says(alice, bob, "0");

        for (Element filter : List.of(
                filter("with", "@nobody"),
                filter("with", "a@b", "c@d"),
                filter("start", "yesterday"),
                filter("start", "2026-11-25"),
                filter("start", "2026-13-45T18:30:00Z"),
                filter("end", "2026-11-25T18:30:00"),
                filter("include-groupchat", "maybe"),
                filter("simple", "yes"))) {
            bob.iqError(archiveQuery(filter), "bad-request");
        }
        bob.iqError(archiveQuery(filter("with", "a@b"), filter("with", "c@d")), "bad-request");
        bob.expectNothing();
    }

    @Story
    @Spec(xep = 313, section = "4.1", says = "the type of the form is the namespace of the protocol")
    void a_form_of_another_type_is_refused(Scene scene, Client alice) {
        ServerUnderTest.requireOurs(scene, "what becomes of a form of another type is");
        for (Element form : List.of(
                FormBuilders.form(filter("with", "a@b")),
                FormBuilders.form("urn:xmpp:mam:1", filter("with", "a@b")),
                FormBuilders.form("urn:xmpp:mam:2", filter("with", "a@b")).with("type", "result"),
                FormBuilders.cancelledForm())) {
            alice.iqError(iqSet(Element.of("query", MAM).with(form)), "bad-request");
        }
        Element twice = FormBuilders.form(MAM);
        alice.iqError(iqSet(Element.of("query", MAM).with(twice, twice)), "bad-request");
    }

    @Story
    @Spec(xep = 313, section = "6.1.3", says = "a node is the archive of a node, which an account does not have")
    void an_account_has_no_archive_of_a_node(Scene scene, Client alice) {
        ServerUnderTest.requireOurs(scene, "what becomes of a node that an account does not have is");
        alice.iqError(iqSet(Element.of("query", MAM).with("node", "princely_musings")), "feature-not-implemented");
    }

    @Story
    @Spec(xep = 313, section = "4.1.3", says = "a request that is too large is refused")
    void a_request_that_is_too_large_is_refused(Scene scene, Client alice) {
        ServerUnderTest.requireOurs(scene, "1000 ids and 256 characters are");
        var many = new Object[1001];
        java.util.Arrays.setAll(many, i -> "%032x".formatted(i));

        alice.iqError(archiveQuery(filter(FULL_TEXT, "x".repeat(257))), "policy-violation");
        alice.iqError(archiveQuery(filter("ids", many)), "policy-violation");
    }
}
