package io.escalus4j.server.xep.mam;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xep.mam.Retraction.Kind;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What takes back what, what is left of it, and whose it was. */
class RetractionTest {
    private static final String RETRACT = "<retract xmlns='urn:xmpp:message-retract:1' id='said'/>";
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    private static Element stanza(String attributes, String children) {
        return Element.parse("<message xmlns='jabber:client' " + attributes + ">" + children + "</message>");
    }

    private static Message message(Message.Type type, String attributes, String children) {
        Element element = stanza(attributes, children).with("type", type.wire());
        return new Message(element, Jid.of("bob@localhost/x"), Optional.empty(), type);
    }

    @ParameterizedTest
    @CsvSource({"CHAT, BY_REFERENCE", "NORMAL, BY_REFERENCE", "GROUPCHAT, BY_ROOM"})
    void a_room_calls_what_was_said_by_its_own_name(Message.Type type, Kind kind) {
        assertThat(Retraction.of(message(type, "id='own'", RETRACT))).hasValueSatisfying(retraction -> {
            assertThat(retraction.kind()).isEqualTo(kind);
            assertThat(retraction.target()).isEqualTo("said");
            assertThat(retraction.id()).isEqualTo("own");
        });
    }

    @Test
    void elder_words_name_what_the_archive_calls_it() {
        String fastened = "<apply-to xmlns='urn:xmpp:fasten:0' id='said'>"
                + "<retract xmlns='urn:esl:message-retract-by-stanza-id:0'/></apply-to>";

        assertThat(Retraction.of(message(Message.Type.CHAT, "id='own'", fastened)))
                .hasValueSatisfying(retraction -> assertThat(retraction.kind()).isEqualTo(Kind.BY_ARCHIVE_ID));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<body>Hi</body>",
                "<retract xmlns='urn:xmpp:message-retract:1'/>",
                "<retract xmlns='urn:none' id='said'/>",
                "<retracted xmlns='urn:xmpp:message-retract:1' id='said'/>",
                "<apply-to xmlns='urn:xmpp:fasten:0' id='said'/>",
                "<apply-to xmlns='urn:xmpp:fasten:0'><retract xmlns='urn:esl:message-retract-by-stanza-id:0'/></apply-to>"
            })
    void what_names_nothing_takes_back_nothing(String children) {
        assertThat(Retraction.of(message(Message.Type.CHAT, "id='own'", children)))
                .isEmpty();
    }

    @Test
    void of_what_was_said_only_who_and_when_is_left() {
        var retraction = Retraction.of(message(Message.Type.GROUPCHAT, "id='own'", RETRACT))
                .orElseThrow();
        Element said = stanza(
                "id='said' from='club@muc.localhost/bob'",
                "<body>secret</body><subject>secret</subject><x xmlns='jabber:x:oob'><url>secret</url></x>text"
                        + "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='o'/>");

        Element left = retraction.tombstone(said, Jid.of("club@muc.localhost"), NOW);

        assertThat(left.toXml()).doesNotContain("secret").doesNotContain("text");
        assertThat(left.attribute("from")).contains("club@muc.localhost/bob");
        assertThat(left.has("occupant-id", "urn:xmpp:occupant-id:0")).isTrue();
        assertThat(left.child("retracted", Retraction.NS).orElseThrow().attribute("stamp"))
                .contains(NOW.toString());
        assertThat(Retraction.isTombstone(left)).isTrue();
        assertThat(Retraction.isTombstone(said)).isFalse();
    }

    // ---- whose it is

    private static final String OCCUPANT = "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='o'/>";
    private static final String BOBS =
            "<x xmlns='http://jabber.org/protocol/muc#user'><item jid='bob@localhost/x'/></x>";
    private static final String PRIVATE = "<x xmlns='http://jabber.org/protocol/muc#user'/>";

    @Test
    void in_a_conversation_it_is_the_accounts_whatever_the_device() {
        assertThat(Author.of(stanza("from='bob@localhost/x'", "")))
                .contains("bob@localhost")
                .isEqualTo(Author.of(stanza("from='bob@localhost/y' type='chat'", "")));
    }

    @Test
    void in_a_room_it_is_the_accounts_or_the_occupants_but_never_the_nicknames() {
        var nickname = Author.of(stanza("from='club@muc/bob' type='groupchat'", OCCUPANT));

        assertThat(Author.of(stanza("from='club@muc/robert' type='groupchat'", OCCUPANT)))
                .isEqualTo(nickname);
        assertThat(Author.of(stanza("from='other@muc/bob' type='groupchat'", OCCUPANT)))
                .isNotEqualTo(nickname);
        assertThat(Author.of(stanza("from='club@muc/a' type='groupchat'", BOBS)))
                .isEqualTo(Author.of(stanza("from='club@muc/b' type='groupchat'", BOBS + OCCUPANT)));
    }

    @Test
    void who_says_to_be_somebody_else_is_not() {
        var bob = Author.of(stanza("from='bob@localhost/x' type='chat'", ""));

        assertThat(Author.of(stanza("from='kate@localhost/x' type='chat'", BOBS)))
                .isNotEqualTo(bob);
        assertThat(Author.of(stanza("from='kate@localhost/x' type='groupchat'", BOBS)))
                .isNotEqualTo(bob);
        assertThat(Author.of(stanza("from='club@muc/kate' type='chat'", PRIVATE + OCCUPANT)))
                .isNotEqualTo(Author.of(stanza("from='club@muc/kate' type='chat'", PRIVATE)));
    }

    @Test
    void nobody_is_the_author_of_what_comes_from_nowhere() {
        assertThat(Author.of(stanza("type='chat'", BOBS))).isEmpty();
    }
}
