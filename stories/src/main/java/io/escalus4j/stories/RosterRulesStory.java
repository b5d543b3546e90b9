package io.escalus4j.stories;

import static io.escalus4j.Together.together;
import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.Stanzas.assertThat;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.ExtensionBuilders.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.Story;
import io.escalus4j.stories.server.ServerUnderTest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a roster, its items, pushes and versions look like: RFC 6121 section 2. */
class RosterRulesStory {
    private static final String ROSTER = "jabber:iq:roster";

    private static Element query(Element stanza) {
        return stanza.child("query", ROSTER).orElseThrow();
    }

    private static String version(Element stanza) {
        return query(stanza).attribute("ver", "");
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "2.1.2.5",
            id = "6121-2.1.2.5-2",
            says = "a client cannot write a subscription into its roster")
    void a_subscription_in_a_set_is_disregarded(Client alice) {
        alice.iq(iqSet(Element.of("query", ROSTER)
                .with(Element.of("item").with("jid", "kate@example.org").with("subscription", "both"))));

        assertThat(alice.iq(getRoster())).matches(rosterResult(rosterItem("kate@example.org", "none")));
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "2.6.3",
            id = {"6121-2.1.1-1", "6121-2.1.2.3-1", "6121-2.1.6-1", "6121-2.4.2-1", "6121-2.6.3-4", "6121-2.6.3-5"},
            says = "each push has one item with its jid and a version of its own, in the order of the changes")
    void pushes_come_in_order_with_versions(Client alice, Client alice2) {
        together(() -> alice.iq(getRoster("")), () -> alice2.iq(getRoster("")));
        Set<String> versions = new HashSet<>();

        for (String name : List.of("one", "two", "three")) {
            alice.iq(setContact("kate@example.org", name));
            alice.expect(rosterPush("kate@example.org", "none"));
        }

        for (String name : List.of("one", "two", "three")) {
            Element push = alice2.expect(iqSet(ROSTER));
            assertThat(query(push).elements()).hasSize(1);
            assertThat(push)
                    .matches(rosterPush(rosterItem("kate@example.org", "none").withAttribute("name", name)));
            versions.add(version(push));
        }
        assertThat(versions).hasSize(3).doesNotContain("");
        assertThat(version(alice.iq(getRoster("")))).isIn(versions);
    }

    @Story
    @Spec(rfc = 6120, section = "8.2.3", id = "6120-8.2.3-1", says = "what the server asks has an id")
    @Spec(
            rfc = 6120,
            section = "8.1.2.1",
            id = "6120-8.1.2.1-3",
            says = "what is on behalf of the account is from the account")
    void a_push_is_a_request_of_the_account(Client alice) {
        alice.iq(getRoster());
        alice.iq(setContact("kate@example.org", "Kate"));

        Element push = alice.expect(rosterPush("kate@example.org", "none"));

        assertThat(push.attribute("id", "")).isNotEmpty();
        assertThat(push.attribute("from", alice.account().toString()))
                .isEqualTo(alice.account().toString());
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "2.6.3",
            id = "6121-2.6.3-1",
            says = "who knows an older version gets the whole roster with its version")
    void an_older_version_brings_the_roster(Client alice) {
        alice.iq(setContact("kate@example.org", "Kate"));
        String older = version(alice.iq(getRoster("")));
        alice.iq(setContact("mike@example.org", "Mike"));
        alice.expect(rosterPush("mike@example.org", "none"));

        Element roster = alice.iq(getRoster(older));

        assertThat(roster).matches(rosterResult(rosterItem("mike@example.org", "none")));
        assertThat(version(roster)).isNotEmpty().isNotEqualTo(older);
    }

    @Story
    @Spec(rfc = 6121, section = "2.3.3", id = "6121-2.3.3-3", says = "a set without an item is a bad request")
    void a_set_without_an_item_is_refused(Client alice) {
        assertThat(alice.request(iqSet(Element.of("query", ROSTER)))).matches(iqError("bad-request"));
    }

    @Story
    @Spec(rfc = 6121, section = "2.3.3", id = "6121-2.3.3-4", says = "a name that is too long is not acceptable")
    void a_name_that_is_too_long_is_refused(Scene scene, Client alice) {
        ServerUnderTest.requireOurs(scene, "1023 characters of a name are");
        assertThat(alice.request(setContact("kate@example.org", "K".repeat(2000))))
                .matches(iqError("not-acceptable"));
    }
}
