package io.escalus4j.server.xep.mam;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is archived, whatever somebody prefers. */
class ArchivingRulesTest {
    private static final String HINTS = "xmlns='urn:xmpp:hints'";
    private static final String MARKERS = "xmlns='urn:xmpp:chat-markers:0'";
    private static final String RETRACT = "<retract xmlns='urn:xmpp:message-retract:1' id='x'/>";

    private static ArchivingRules rules(boolean groupchats, boolean markers) {
        return new ArchivingRules(
                new ArchiveConfig("always", 50, 100, 1000, Duration.ZERO, 0, groupchats, markers, 1000));
    }

    private static Message message(String type, String content) {
        String children = content.replace("BODY", "<body>Hi</body>")
                .replace("NOSTORE", "<no-store " + HINTS + "/>")
                .replace("NOPERMANENT", "<no-permanent-store " + HINTS + "/>")
                .replace("STORE", "<store " + HINTS + "/>")
                .replace("DISPLAYED", "<displayed " + MARKERS + " id='x'/>")
                .replace("MARKABLE", "<markable " + MARKERS + "/>")
                .replace("RETRACT", RETRACT)
                .replace("SUBJECT", "<subject>Tea</subject>")
                .replace("NOTHING", "");
        Element element = Element.parse("<message xmlns='jabber:client'>" + children + "</message>");
        return new Message(element, Jid.of("bob@localhost"), Optional.empty(), Message.Type.valueOf(type));
    }

    @ParameterizedTest
    @CsvSource({
        "CHAT, BODY, true",
        "NORMAL, BODY, true",
        "HEADLINE, BODY, false",
        "ERROR, BODY, false",
        "GROUPCHAT, BODY, false",
        "CHAT, NOTHING, false",
        "CHAT, <body/>, true",
        "CHAT, SUBJECT, false",
        "CHAT, BODYNOSTORE, false",
        "CHAT, BODYNOPERMANENT, false",
        "CHAT, STORE, true",
        "HEADLINE, BODYSTORE, true",
        "CHAT, BODYSTORENOSTORE, false",
        "ERROR, STORE, false",
        "CHAT, RETRACTNOSTORE, true",
        "GROUPCHAT, RETRACT, false",
        "CHAT, DISPLAYED, false",
        "CHAT, BODYDISPLAYED, true"
    })
    void of_an_account(String type, String content, boolean kept) {
        assertThat(rules(false, false).keeps(message(type, content))).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource({
        "CHAT, DISPLAYED, true",
        "CHAT, MARKABLE, false",
        "CHAT, DISPLAYEDNOSTORE, false",
        "GROUPCHAT, BODY, true",
        "GROUPCHAT, DISPLAYED, true",
        "GROUPCHAT, NOTHING, false"
    })
    void of_an_account_that_is_to_have_more(String type, String content, boolean kept) {
        assertThat(rules(true, true).keeps(message(type, content))).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource({
        "GROUPCHAT, BODY, true",
        "GROUPCHAT, SUBJECT, true",
        "GROUPCHAT, SUBJECTNOSTORE, true",
        "GROUPCHAT, BODYNOSTORE, false",
        "GROUPCHAT, NOTHING, false",
        "GROUPCHAT, RETRACT, true",
        "CHAT, BODY, false",
        "NORMAL, STORE, false"
    })
    void of_a_room(String type, String content, boolean kept) {
        assertThat(rules(false, false).keepsInRoom(message(type, content))).isEqualTo(kept);
    }
}
