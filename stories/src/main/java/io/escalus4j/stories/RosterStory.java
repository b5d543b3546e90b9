package io.escalus4j.stories;

import static io.escalus4j.Together.together;
import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.Stanzas.assertThat;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.ExtensionBuilders.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.RequiresFeature;
import io.escalus4j.junit.Story;

/** The contact list: RFC 6121 section 2. */
class RosterStory {
    @Story
    @Spec(rfc = 6121, section = "2.1.4", id = "6121-2.1.4-1", says = "a new account has an empty roster")
    void a_new_roster_is_empty(Client alice) {
        Element roster = alice.iq(getRoster());

        assertThat(roster).matches(rosterResult());
        assertThat(roster.child("query", "jabber:iq:roster").orElseThrow().elements())
                .isEmpty();
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "2.3.2",
            id = {"6121-2.3.2-1", "6121-2.3.2-2", "6121-2.3.2-3", "6121-2-1", "6121-2.2-1"},
            says = "a new contact is pushed to all interested resources and listed with subscription none")
    void a_new_contact_is_pushed_and_listed(Client alice, Client alice2) {
        together(() -> alice.iq(getRoster()), () -> alice2.iq(getRoster()));

        alice.iq(setContact("kate@example.org", "Kate", "Friends", "Tea"));

        together(
                () -> alice.expect(rosterPush("kate@example.org", "none")),
                () -> alice2.expect(
                        rosterPush(rosterItem("kate@example.org", "none").withAttribute("name", "Kate"))));
        assertThat(alice2.iq(getRoster())).matches(rosterResult(rosterItem("kate@example.org", "none")));
    }

    @Story
    @Spec(rfc = 6121, section = "2.2", says = "only a resource that has asked for the roster is interested in pushes")
    void a_resource_that_did_not_ask_gets_no_push(Client alice, Client alice2) {
        alice.iq(getRoster());

        alice.iq(setContact("kate@example.org", "Kate"));

        alice.expect(rosterPush("kate@example.org", "none"));
        alice2.expectNothing();
    }

    @Story
    @Spec(rfc = 6121, section = "2.4.1", id = "6121-2.4.1-1", says = "name and groups of a contact can be changed")
    void a_contact_gets_another_name(Client alice) {
        alice.iq(getRoster());
        alice.iq(setContact("kate@example.org", "Kate", "Friends"));
        alice.expect(rosterPush("kate@example.org", "none"));

        alice.iq(setContact("kate@example.org", "Katherine", "Colleagues"));

        alice.expect(rosterPush(rosterItem("kate@example.org", "none").withAttribute("name", "Katherine")));
        assertThat(alice.iq(getRoster()))
                .matches(rosterResult(rosterItem("kate@example.org", "none")
                        .withAttribute("name", "Katherine")
                        .withText("Colleagues", "group")));
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "2.5.2",
            id = "6121-2.5.2-1",
            says = "a removed contact is pushed with subscription remove, and gone")
    void a_contact_is_removed(Client alice) {
        alice.iq(getRoster());
        alice.iq(setContact("kate@example.org", "Kate"));
        alice.expect(rosterPush("kate@example.org", "none"));

        alice.iq(removeContact("kate@example.org"));

        alice.expect(rosterPush("kate@example.org", "remove"));
        assertThat(alice.iq(getRoster())
                        .child("query", "jabber:iq:roster")
                        .orElseThrow()
                        .elements())
                .isEmpty();
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "2.5.3",
            id = "6121-2.5.3-1",
            says = "removing a contact that is not listed is item-not-found")
    void a_contact_that_is_not_there_cannot_be_removed(Client alice) {
        assertThat(alice.request(removeContact("nobody@example.org"))).matches(iqError("item-not-found"));
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "2.3.3",
            id = {"6121-2.3.3-1", "6121-2.3.3-3"},
            says = "a roster set with more than one item is a bad request")
    void two_items_at_once_are_refused(Client alice) {
        Element two = iqSet(
                        "",
                        Element.of("query", "jabber:iq:roster")
                                .with(Element.of("item").with("jid", "kate@example.org"))
                                .with(Element.of("item").with("jid", "mike@example.org")))
                .without("to");

        assertThat(alice.request(two)).matches(iqError("bad-request"));
        assertThat(alice.iq(getRoster())
                        .child("query", "jabber:iq:roster")
                        .orElseThrow()
                        .elements())
                .isEmpty();
    }

    @Story
    @Spec(rfc = 6121, section = "2.3.3", id = "6121-2.3.3-3", says = "the same group twice is a bad request")
    void a_group_named_twice_is_refused(Client alice) {
        assertThat(alice.request(setContact("kate@example.org", "Kate", "Tea", "Tea")))
                .matches(iqError("bad-request"));
    }

    @Story
    @Spec(rfc = 6121, section = "2.3.3", id = "6121-2.3.3-4", says = "a group without a name is not acceptable")
    void a_group_without_a_name_is_refused(Client alice) {
        assertThat(alice.request(setContact("kate@example.org", "Kate", ""))).matches(iqError("not-acceptable"));
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "2.3.3",
            id = {"6121-2.3.3-2", "6121-2.1.5-2", "6121-2-2"},
            says = "nobody changes somebody else's roster")
    void another_persons_roster_is_forbidden(Client alice, Client bob) {
        Element theirs =
                setContact("kate@example.org", "Kate").with("to", bob.account().toString());

        assertThat(alice.request(theirs)).matches(iqError("forbidden"));
        bob.expectNothing();
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "2.6.3",
            id = "6121-2.6.3-1",
            says = "who knows the latest version gets an empty result instead of the roster")
    @RequiresFeature("urn:xmpp:features:rosterver")
    void a_known_version_is_not_sent_again(Client alice) {
        alice.iq(getRoster());
        alice.iq(setContact("kate@example.org", "Kate"));
        alice.expect(rosterPush("kate@example.org", "none"));
        String version = alice.iq(getRoster(""))
                .child("query", "jabber:iq:roster")
                .orElseThrow()
                .attribute("ver", "");

        Element again = alice.iq(getRoster(version));

        assertThat(again).matches(iqResult().withoutChild("query", "jabber:iq:roster"));
    }
}
