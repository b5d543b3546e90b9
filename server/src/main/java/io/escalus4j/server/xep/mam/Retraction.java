package io.escalus4j.server.xep.mam;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import java.time.Instant;
import java.util.Optional;

/**
 * The wish that something said is taken back: by what its sender has called it (XEP-0424), or by its id in the archive
 * that is asked, which is how rooms are asked.
 *
 * @param kind in whose words it is said
 * @param target which message
 * @param id of the retraction itself
 */
record Retraction(Kind kind, String target, String id) {
    static final String NS = "urn:xmpp:message-retract:1";
    static final String BY_STANZA_ID = "urn:esl:message-retract-by-stanza-id:0";
    private static final String FASTEN = "urn:xmpp:fasten:0";
    private static final String NAME = "retract";

    enum Kind {
        BY_REFERENCE,
        BY_ARCHIVE_ID
    }

    /** Without an id of its own a retraction leaves no tombstone, which would have to name it (XEP-0424 section 4). */
    static Optional<Retraction> of(Message message) {
        Element element = message.element();
        String own = message.id().orElse("");
        var plain = element.child(NAME, NS).flatMap(retract -> retract.attribute("id"));
        return plain.map(target -> new Retraction(Kind.BY_REFERENCE, target, own))
                .or(() -> element.child("apply-to", FASTEN)
                        .filter(fastened -> fastened.has(NAME, BY_STANZA_ID))
                        .flatMap(fastened -> fastened.attribute("id"))
                        .map(target -> new Retraction(Kind.BY_ARCHIVE_ID, target, own)));
    }

    /** What is left of {@code retracted}: its attributes, and when it was taken back by what. */
    Element tombstone(Element retracted, Jid archive, Instant now) {
        Element mark = kind == Kind.BY_REFERENCE
                ? Element.of("retracted", NS).with("id", id)
                : Element.of("retracted", BY_STANZA_ID)
                        .with(Element.of("stanza-id", StanzaIds.NS)
                                .with("by", archive.toString())
                                .with("id", target));
        return retracted.withOnly(java.util.List.of()).with(mark.with("stamp", now.toString()));
    }
}
