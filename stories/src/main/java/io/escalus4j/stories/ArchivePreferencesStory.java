package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.Stanzas.assertThat;
import static io.escalus4j.stanza.ArchiveBuilders.*;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stories.Talks.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.Friends;
import io.escalus4j.junit.RequiresFeature;
import io.escalus4j.junit.Story;
import io.escalus4j.match.Matcher;
import io.escalus4j.stories.server.ServerUnderTest;
import java.util.List;

/** Whose messages are archived: XEP-0441. */
@RequiresFeature(MAM)
class ArchivePreferencesStory {
    private static Matcher preferences(String standard, List<Client> always, List<Client> never) {
        return iqResult()
                .withChild(element("prefs", MAM)
                        .withAttribute("default", standard)
                        .withChild(list("always", always))
                        .withChild(list("never", never)));
    }

    private static Matcher list(String name, List<Client> entities) {
        var list = element(name, MAM).withChildren(entities.size(), element("jid", MAM));
        for (Client entity : entities) {
            list = list.withChild(element("jid", MAM).withText(entity.account().toString()));
        }
        return list;
    }

    @Story
    @Spec(xep = 441, section = "2.1", says = "the preferences have a default and two lists, even if these are empty")
    void everything_is_archived_at_first(Client alice) {
        assertThat(alice.iq(getArchivePreferences())).matches(preferences("always", List.of(), List.of()));
    }

    @Story
    @Spec(xep = 441, section = "2.1", says = "a change is answered with the preferences that hold from then on")
    void preferences_are_what_they_were_set_to(Client alice, Client bob, Client kate) {
        Element set = setArchivePreferences("roster", List.of(bob.account()), List.of(kate.account()));
        var wanted = preferences("roster", List.of(bob), List.of(kate));

        assertThat(alice.iq(set)).matches(wanted);
        assertThat(alice.iq(getArchivePreferences())).matches(wanted);

        Element withoutLists = iqSet(Element.of("prefs", MAM).with("default", "never"));
        assertThat(alice.iq(withoutLists)).matches(preferences("never", List.of(), List.of()));
    }

    @Story
    @Spec(xep = 441, section = "2.1.3", says = "messages with who is never to be archived are not, in either direction")
    @Spec(xep = 313, section = "3.5", says = "what is not archived has no id")
    void who_is_never_archived_is_not(Client alice, Client bob, Client kate) {
        alice.iq(setArchivePreferences("always", List.of(), List.of(bob.account())));

        says(alice, bob, "Off the record");
        var ids = says(bob, alice, "Very well");
        says(kate, alice, "For the record");

        assertThat(ids).containsExactly("");
        assertThat(archive(alice).bodies()).containsExactly("For the record");
        assertThat(archive(bob).bodies()).containsExactly("Off the record", "Very well");
    }

    @Story
    @Spec(
            xep = 441,
            section = "2.1.2",
            says = "messages with who is always to be archived are, whatever the default is")
    void who_is_always_archived_is(Client alice, Client bob, Client kate) {
        alice.iq(setArchivePreferences("never", List.of(bob.account()), List.of()));

        says(alice, bob, "one");
        says(bob, alice, "two");
        says(kate, alice, "nothing");

        assertThat(archive(alice).bodies()).containsExactly("one", "two");
    }

    @Story
    @Friends({"alice", "bob"})
    @Spec(xep = 441, section = "2.1.1", says = "by the default of the roster contacts are archived, and nobody else")
    @Spec(xep = 441, section = "2.3.1", says = "of who is compared with the roster the bare JID counts")
    void contacts_are_archived_and_nobody_else(Client alice, Client bob, Client kate) {
        alice.iq(setArchivePreferences("roster", List.of(), List.of()));

        says(bob, alice, "a friend");
        says(kate, alice, "a stranger");
        says(alice, kate, "to a stranger");

        assertThat(archive(alice).bodies()).containsExactly("a friend");
    }

    @Story
    @Spec(
            xep = 441,
            section = "2.3.1",
            says = "a listed full JID is compared as it is, a bare one without the resource")
    void a_full_address_means_one_device(Client alice, Client bob, Client bob2) {
        alice.iq(setArchivePreferences("always", List.of(), List.of(bob2)));

        says(bob, alice, "from the phone");
        says(bob2, alice, "from the laptop");

        assertThat(archive(alice).bodies()).containsExactly("from the phone");
    }

    @Story
    @Spec(xep = 441, section = "2.3.1", says = "of two lists that both mean an address the one that says more counts")
    void what_says_more_of_an_address_counts(Scene scene, Client alice, Client bob, Client bob2) {
        ServerUnderTest.requireOurs(scene, "which of two lists counts is");
        alice.iq(setArchivePreferences("always", List.of(bob2), List.of(bob.account())));

        says(bob, alice, "from the phone");
        says(bob2, alice, "from the laptop");

        assertThat(archive(alice).bodies()).containsExactly("from the laptop");
    }

    @Story
    @Spec(xep = 441, section = "2.1.1", says = "the default is always, never or roster")
    void preferences_that_make_no_sense_change_nothing(Scene scene, Client alice, Client bob) {
        ServerUnderTest.requireOurs(scene, "what becomes of preferences that make no sense is");
        alice.iq(setArchivePreferences("roster", List.of(bob.account()), List.of()));
        Element list = Element.of("always", MAM);

        for (Element prefs : List.of(
                Element.of("prefs", MAM),
                Element.of("prefs", MAM).with("default", "sometimes"),
                Element.of("prefs", MAM).with("default", "never").with(list, list),
                Element.of("prefs", MAM)
                        .with("default", "never")
                        .with(list.with(Element.text("jid", MAM, "@nowhere"))))) {
            alice.iqError(iqSet(prefs), "bad-request");
        }
        assertThat(alice.iq(getArchivePreferences())).matches(preferences("roster", List.of(bob), List.of()));
    }

    @Story
    @Spec(xep = 441, section = "2.1", says = "a server may refuse preferences that are too many")
    void too_many_preferences_change_nothing(Scene scene, Client alice) {
        ServerUnderTest.requireOurs(scene, "1000 addresses are");
        var many = java.util.stream.IntStream.range(0, 1001)
                .mapToObj(i -> "user" + i + "@example.net")
                .toList();

        alice.iqError(setArchivePreferences("always", List.of(), many), "policy-violation");

        assertThat(alice.iq(getArchivePreferences())).matches(preferences("always", List.of(), List.of()));
    }
}
