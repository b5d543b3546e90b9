package io.escalus4j.server.store;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.Jid;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A message in an archive.
 *
 * @param peer with whom it was exchanged, as the stanza says: a bare or full JID, in a room the occupant's
 * @param reference what its sender calls it, the stanza's {@code id} or its origin-id (XEP-0359)
 * @param stanza as it is given out again, or what has taken its place
 */
public record Archived(ArchiveId id, Jid peer, Optional<String> reference, Element stanza) {
    /** When it came, to the microsecond; its {@code stamp} must say all of it, or who asks from there on gets it twice. */
    public Instant time() {
        return id.time();
    }

    /** As somebody sees it who may see this much of the stanza. */
    public Archived seen(UnaryOperator<Element> view) {
        return new Archived(id, peer, reference, view.apply(stanza));
    }

    /** Whether it was said in a room. */
    public boolean isGroupchat() {
        return stanza.attribute("type").equals(Optional.of("groupchat"));
    }

    /** What a search looks into: all bodies, in small letters; empty if it has none. */
    public Optional<String> words() {
        var bodies = stanza.elements("body", stanza.namespace()).stream()
                .map(Element::text)
                .collect(Collectors.joining("\n"))
                .toLowerCase(Locale.ROOT);
        return Optional.of(bodies).filter(text -> !text.isEmpty());
    }
}
