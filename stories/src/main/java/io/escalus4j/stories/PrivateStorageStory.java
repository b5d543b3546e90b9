package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.Stanzas.assertThat;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.ExtensionBuilders.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.Story;

/** What a client keeps on its server: XEP-0049. */
class PrivateStorageStory {
    private static final Element NOTE = Element.of("note", "urn:example:notes").withText("milk & honey");

    @Story
    @Spec(xep = 49, section = "2.1", says = "what was stored is retrieved unchanged")
    void what_was_stored_comes_back(Client alice, Client alice2) {
        alice.iq(setPrivate(NOTE));

        Element kept = alice2.iq(getPrivate(Element.of("note", "urn:example:notes")));

        assertThat(kept)
                .matches(iqResult()
                        .withChild(element("query", "jabber:iq:private")
                                .withChild(element("note", "urn:example:notes").exactly(NOTE))));
    }

    @Story
    @Spec(xep = 49, section = "2.2", says = "what was never stored comes back empty")
    void what_was_never_stored_comes_back_empty(Client alice) {
        Element empty = alice.iq(getPrivate(Element.of("note", "urn:example:notes")));

        assertThat(empty)
                .matches(iqResult()
                        .withChild(element("query", "jabber:iq:private")
                                .withChild(element("note", "urn:example:notes")
                                        .exactly(Element.of("note", "urn:example:notes")))));
    }

    @Story
    @Spec(xep = 49, section = "2.1", says = "a second set replaces the first")
    void a_second_note_replaces_the_first(Client alice) {
        alice.iq(setPrivate(NOTE));
        alice.iq(setPrivate(Element.of("note", "urn:example:notes").withText("tea")));

        assertThat(alice.iq(getPrivate(Element.of("note", "urn:example:notes"))))
                .matches(iqResult()
                        .withChild(element("query", "jabber:iq:private")
                                .withChild(element("note", "urn:example:notes").withText("tea"))));
    }

    @Story
    @Spec(xep = 49, section = "2.3", says = "nobody reads somebody else's private storage")
    void another_persons_notes_are_forbidden(Client alice, Client bob) {
        bob.iq(setPrivate(NOTE));

        Element answer = alice.request(getPrivate(Element.of("note", "urn:example:notes"))
                .with("to", bob.account().toString()));

        assertThat(answer).matches(iqError("forbidden"));
    }
}
