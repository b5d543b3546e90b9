package io.escalus4j.match;

import static io.escalus4j.match.ArchiveMatchers.archiveFin;
import static io.escalus4j.match.ArchiveMatchers.archived;
import static io.escalus4j.match.ArchiveMatchers.stanzaId;
import static io.escalus4j.match.ArchiveMatchers.tombstone;
import static io.escalus4j.match.Matchers.chatMessage;
import static io.escalus4j.match.People.ALICE;
import static io.escalus4j.match.People.BOB;
import static io.escalus4j.match.People.CLIENT;
import static io.escalus4j.match.People.chat;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import org.junit.jupiter.api.Test;

class ArchiveMatchersTest {
    private final Element tea = chat(ALICE, BOB, "Tea at five");
    private final Element outer = Element.of("message", CLIENT);

    private static Element forwarded(Element stanza) {
        return Element.of("forwarded", "urn:xmpp:forward:0").with(stanza);
    }

    @Test
    void a_message_of_the_archive_is_inside_of_a_result() {
        var result = outer.with(
                Element.of("result", "urn:xmpp:mam:2").with("id", "1").with(forwarded(tea)));
        var old = outer.with(Element.of("result", "urn:xmpp:mam:0").with(forwarded(tea)));

        assertThat(archived(chatMessage("Tea at five")).matches(result)).isTrue();
        assertThat(archived(chatMessage("Tea at five")).matches(old)).isFalse();
        assertThat(archived("1", chatMessage("Tea at five")).matches(result)).isTrue();
        assertThat(archived("2", chatMessage("Tea at five")).matches(result)).isFalse();
        assertThat(archiveFin().matches(People.iq("result", "1").with(Element.of("fin", "urn:xmpp:mam:2"))))
                .isTrue();
        assertThat(archiveFin().matches(People.iq("result", "1"))).isFalse();
    }

    @Test
    void an_id_is_that_of_one_archive() {
        Element id = Element.of("stanza-id", "urn:xmpp:sid:0").with("by", "bob@localhost");

        assertThat(stanzaId("bob@localhost").matches(tea.with(id.with("id", "7"))))
                .isTrue();
        assertThat(stanzaId("kate@localhost").matches(tea.with(id.with("id", "7"))))
                .isFalse();
        assertThat(stanzaId("bob@localhost").matches(tea.with(id))).isFalse();
        assertThat(stanzaId("bob@localhost").matches(tea)).isFalse();
    }

    @Test
    void a_tombstone_names_the_retraction_and_says_nothing() {
        Element mark = Element.of("retracted", "urn:xmpp:message-retract:1")
                .with("id", "r1")
                .with("stamp", "2026-11-25T18:30:00Z");

        assertThat(tombstone("r1").matches(outer.with(mark))).isTrue();
        assertThat(tombstone("r2").matches(outer.with(mark))).isFalse();
        assertThat(tombstone("r1").matches(tea.with(mark))).isFalse();
    }
}
