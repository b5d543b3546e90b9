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

/** Which software is this? XEP-0092. */
@RequiresFeature("jabber:iq:version")
class SoftwareVersionStory {
    @Story
    @Spec(xep = 92, section = "2", says = "an entity tells its name and version")
    void the_server_tells_its_name_and_version(Client alice) {
        Element version = alice.iq(getVersion(alice.jid().domain()));

        assertThat(version)
                .matches(iqResult()
                        .withChild(element("query", "jabber:iq:version")
                                .withChild("name", "jabber:iq:version")
                                .withChild("version", "jabber:iq:version")));
    }
}
