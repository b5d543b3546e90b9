package io.escalus4j;

import io.escalus4j.exml.Element;
import io.escalus4j.stanza.Ids;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The stanzas that fences send. They never reach a story: whoever receives one hands it in here. Thread-safe.
 *
 * <pre>{@code
 * <iq type='get' to='localhost' id='escalus4j-fence-…'><ping xmlns='urn:xmpp:ping'/></iq>
 * <message type='headline' to='bob@localhost/res1' id='escalus4j-fence-…'>
 *   <private xmlns='urn:xmpp:carbons:2'/><no-copy xmlns='urn:xmpp:hints'/><no-store xmlns='urn:xmpp:hints'/>
 * </message>
 * }</pre>
 */
final class Marks {
    private static final String CLIENT = "jabber:client";
    private static final String CARBONS = "urn:xmpp:carbons:2";
    private static final String HINTS = "urn:xmpp:hints";
    private static final String FORWARD = "urn:xmpp:forward:0";
    private static final String PREFIX = "escalus4j-fence-";
    private final Map<String, CompletableFuture<Element>> awaited = new ConcurrentHashMap<>();

    /** @param seen completes when it, its answer or its error arrives at anybody */
    record Mark(Element stanza, CompletableFuture<Element> seen) {}

    Mark ping(String domain) {
        return mark(Element.of("iq", CLIENT)
                .with("type", "get")
                .with("to", domain)
                .with(Element.of("ping", "urn:xmpp:ping")));
    }

    Mark headline(Jid to) {
        return mark(Element.of("message", CLIENT)
                .with("type", "headline")
                .with("to", to.toString())
                .with(Element.of("private", CARBONS), Element.of("no-copy", HINTS), Element.of("no-store", HINTS)));
    }

    private Mark mark(Element stanza) {
        String id = PREFIX + Ids.random();
        var seen = new CompletableFuture<Element>();
        awaited.put(id, seen);
        seen.whenComplete((element, error) -> awaited.remove(id));
        return new Mark(stanza.with("id", id), seen);
    }

    /** Whether {@code received} is a mark of this story or of another one, or a copy of one. */
    boolean take(Element received) {
        Optional<String> id = id(received).or(() -> copied(received).flatMap(Marks::id));
        id.map(awaited::get).ifPresent(seen -> seen.complete(received));
        return id.isPresent();
    }

    private static Optional<String> id(Element stanza) {
        return stanza.attribute("id").filter(id -> id.startsWith(PREFIX));
    }

    private static Optional<Element> copied(Element message) {
        return message.child("received", CARBONS)
                .or(() -> message.child("sent", CARBONS))
                .flatMap(copy -> copy.child("forwarded", FORWARD))
                .flatMap(forwarded -> forwarded.child("message", CLIENT));
    }
}
