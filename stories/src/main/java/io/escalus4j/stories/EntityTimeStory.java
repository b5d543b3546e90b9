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

/** What time is it there? XEP-0202. */
@RequiresFeature("urn:xmpp:time")
class EntityTimeStory {
    @Story
    @Spec(xep = 202, section = "3", says = "tzo is an offset and utc a time of XEP-0082 that ends in Z")
    void the_server_tells_its_time(Client alice) {
        Element time = alice.iq(getTime(alice.jid().domain()))
                .child("time", "urn:xmpp:time")
                .orElseThrow();

        assertThat(time.childText("tzo").orElseThrow()).satisfies(java.time.ZoneOffset::of);
        assertThat(time.childText("utc").orElseThrow()).endsWith("Z").satisfies(java.time.Instant::parse);
    }
}
