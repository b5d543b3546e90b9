package io.escalus4j.server.xep.mam;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The wish that something said is taken back: by what its sender has called it (XEP-0424), or by its id in the archive
 * that is asked, which is how rooms are asked.
 *
 * @param kind in whose words it is said
 * @param target which message
 * @param id of the retraction itself
 * @param about what else it says
 */
record Retraction(Kind kind, String target, String id, List<Element> about) {
    static final String NS = "urn:xmpp:message-retract:1";
    static final String BY_STANZA_ID = "urn:esl:message-retract-by-stanza-id:0";
    private static final String FASTEN = "urn:xmpp:fasten:0";
    private static final String NAME = "retract";

    enum Kind {
        /** By the id of the stanza. */
        BY_REFERENCE,
        /** By the id that the room has given it (XEP-0424 section 5.1). */
        BY_ROOM,
        /** By the id that the archive has given it, in elder words. */
        BY_ARCHIVE_ID
    }

    /** Without an id of its own a retraction leaves no tombstone, which would have to name it (XEP-0424 section 4). */
    static Optional<Retraction> of(Message message) {
        Element element = message.element();
        String own = message.id().orElse("");
        var kind = message.type() == Message.Type.GROUPCHAT ? Kind.BY_ROOM : Kind.BY_REFERENCE;
        return element.child(NAME, NS)
                .filter(retract -> retract.attribute("id").isPresent())
                .map(retract -> new Retraction(kind, retract.attribute("id", ""), own, retract.elements()))
                .or(() -> element.child("apply-to", FASTEN)
                        .filter(fastened -> fastened.has(NAME, BY_STANZA_ID))
                        .flatMap(fastened -> fastened.attribute("id"))
                        .map(target -> new Retraction(Kind.BY_ARCHIVE_ID, target, own, List.of())));
    }

    static boolean isTombstone(Element stanza) {
        return stanza.has("retracted", NS) || stanza.has("retracted", BY_STANZA_ID);
    }

    /**
     * What is left of {@code retracted}: its attributes, who has said it, and when it was taken back by what; if that was a
     * moderator, what was said about it (XEP-0425 section 4).
     */
    Element tombstone(Element retracted, Jid archive, Instant now) {
        Element mark = kind != Kind.BY_ARCHIVE_ID
                ? Element.of("retracted", NS).with("id", id)
                : Element.of("retracted", BY_STANZA_ID)
                        .with(Element.of("stanza-id", StanzaIds.NS)
                                .with("by", archive.toString())
                                .with("id", target));
        var left = retracted.elements().stream().filter(Author::isTold).toList();
        return retracted.withOnly(left).with(mark.with("stamp", now.toString()).with(about));
    }
}
