package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.chatMessage;
import static io.escalus4j.match.Matchers.message;
import static io.escalus4j.stanza.ArchiveBuilders.archiveQuery;
import static io.escalus4j.stanza.Builders.chat;

import io.escalus4j.ArchivePage;
import io.escalus4j.Client;
import io.escalus4j.exml.Element;
import java.util.ArrayList;
import java.util.List;

/** Conversations that leave something in archives. */
final class Talks {
    static final String HINTS = "urn:xmpp:hints";

    private Talks() {}

    /** {@code speaker} says all of it, and {@code hearer} has heard it. Returns how the archive of {@code hearer} calls each. */
    static List<String> says(Client speaker, Client hearer, String... bodies) {
        var ids = new ArrayList<String>();
        for (String body : bodies) {
            speaker.send(chat(hearer, body));
            ids.add(idBy(hearer, hearer.expect(chatMessage(body).from(speaker))));
        }
        return ids;
    }

    /** Sends it, and waits until it has come. */
    static Element delivers(Client speaker, Client hearer, Element stanza) {
        speaker.send(stanza);
        return hearer.expect(message().withId(stanza.attribute("id", "")));
    }

    /** How the archive of {@code owner} calls this message. */
    static String idBy(Client owner, Element message) {
        return idBy(owner.account().toString(), message);
    }

    static String idBy(String archive, Element message) {
        return message.elements("stanza-id", "urn:xmpp:sid:0").stream()
                .filter(id -> id.attribute("by", "").equals(archive))
                .findFirst()
                .map(id -> id.attribute("id", ""))
                .orElse("");
    }

    static ArchivePage archive(Client owner, Element... parts) {
        return ArchivePage.read(owner, archiveQuery(parts));
    }
}
