package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.Stanzas.assertThat;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.ExtensionBuilders.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.escalus4j.Client;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.Friends;
import io.escalus4j.junit.RequiresFeature;
import io.escalus4j.junit.Story;
import java.time.Duration;

/** Since when? XEP-0012. */
@RequiresFeature("jabber:iq:last")
class LastActivityStory {
    @Story
    @Spec(xep = 12, section = "5", says = "a server tells how long it has been up")
    void the_server_tells_its_uptime(Client alice) {
        Element last = alice.iq(getLastActivity(alice.jid().domain()))
                .child("query", "jabber:iq:last")
                .orElseThrow();

        assertThat(Long.parseLong(last.attribute("seconds", ""))).isNotNegative();
    }

    @Story
    @Friends({"alice", "bob"})
    @Spec(xep = 12, section = "3", says = "an account tells its friends how long it has been away, and its last words")
    void a_friend_learns_since_when_somebody_is_away(Client alice, Client bob) {
        bob.send(unavailablePresence().with(Element.text("status", "jabber:client", "Gone home")));
        alice.expect(unavailable().from(bob));
        bob.drain();
        bob.close();

        // the server closes the stream first, and takes the account for gone a moment later
        await().pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> {
                    Element last = alice.iq(getLastActivity(bob.account()))
                            .child("query", "jabber:iq:last")
                            .orElseThrow();
                    assertThat(Long.parseLong(last.attribute("seconds", ""))).isBetween(0L, 60L);
                    assertThat(last.text()).isEqualTo("Gone home");
                });
    }

    @Story
    @Friends({"alice", "bob"})
    @Spec(xep = 12, section = "3", says = "an account that is online has been idle for 0 seconds")
    void a_friend_who_is_there_has_been_away_for_no_time(Client alice, Client bob) {
        assertThat(alice.iq(getLastActivity(bob.account())))
                .matches(iqResult().withChild(element("query", "jabber:iq:last").withAttribute("seconds", "0")));
    }

    @Story
    @Spec(xep = 12, section = "3", says = "who is not subscribed to an account's presence is forbidden to ask")
    void a_stranger_learns_nothing(Client alice, Client bob) {
        assertThat(alice.request(getLastActivity(bob.account()))).matches(iqError("forbidden"));
        bob.expectNothing();
    }
}
