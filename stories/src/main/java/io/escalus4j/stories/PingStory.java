package io.escalus4j.stories;

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

/** Is anybody there? XEP-0199. */
@RequiresFeature("urn:xmpp:ping")
class PingStory {
    @Story
    @Spec(xep = 199, section = "4.2", says = "a server answers a ping with an empty result")
    void the_server_answers_a_ping(Client alice) {
        Element pong = alice.iq(ping(alice.jid().domain()));

        assertThat(pong).matches(iqResult().from(alice.jid().domain()));
    }

    @Story
    @Spec(xep = 199, section = "4.4", says = "a ping to another client is answered by that client")
    void two_clients_ping_each_other(Client alice, Client bob) {
        Element ping = ping(bob);
        alice.send(ping);

        Element asked = bob.expect(iqGet("urn:xmpp:ping").from(alice));
        bob.send(iqResult(asked));

        alice.expect(iqResultOf(ping).from(bob));
    }
}
