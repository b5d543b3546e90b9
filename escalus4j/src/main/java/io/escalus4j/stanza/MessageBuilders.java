package io.escalus4j.stanza;

import static io.escalus4j.stanza.Builders.iqGet;
import static io.escalus4j.stanza.Builders.iqSet;
import static io.escalus4j.stanza.Builders.jid;

import io.escalus4j.exml.Element;

/**
 * What extensions put into messages and presence, for static import.
 *
 * <pre>{@code
 * alice.send(withReceiptRequest(chat(bob, "Hi!")));
 * bob.send(receipt(received));
 * alice.send(withoutCarbons(chat(bob, "Just you")));
 * }</pre>
 */
public final class MessageBuilders {
    private static final String RECEIPTS = "urn:xmpp:receipts";
    private static final String MARKERS = "urn:xmpp:chat-markers:0";
    private static final String HINTS = "urn:xmpp:hints";
    private static final String CAPS = "http://jabber.org/protocol/caps";

    private MessageBuilders() {}

    // ---- receipts (XEP-0184)

    public static Element withReceiptRequest(Element message) {
        return message.with(Element.of("request", RECEIPTS));
    }

    /** The receipt for a message that was received. */
    public static Element receipt(Element received) {
        return answer(received).with(Element.of("received", RECEIPTS).with("id", received.attribute("id", "")));
    }

    // ---- markers (XEP-0333)

    public static Element withMarkable(Element message) {
        return message.with(Element.of("markable", MARKERS));
    }

    /** @param marker {@code received}, {@code displayed} or {@code acknowledged} */
    public static Element chatMarker(String marker, Element received) {
        return answer(received).with(Element.of(marker, MARKERS).with("id", received.attribute("id", "")));
    }

    private static Element answer(Element received) {
        return Element.of("message", Builders.CLIENT)
                .with("to", received.attribute("from"))
                .with("type", received.attribute("type"))
                .with("id", Ids.random());
    }

    // ---- chat states (XEP-0085)

    /** @param state {@code active}, {@code composing}, {@code paused}, {@code inactive} or {@code gone} */
    public static Element chatState(Object to, String state) {
        return Element.of("message", Builders.CLIENT)
                .with("type", "chat")
                .with("to", jid(to))
                .with("id", Ids.random())
                .with(Element.of(state, "http://jabber.org/protocol/chatstates"));
    }

    // ---- hints (XEP-0280 section 6.1, XEP-0334)

    public static Element withoutCarbons(Element message) {
        return message.with(Element.of("private", "urn:xmpp:carbons:2"), Element.of("no-copy", HINTS));
    }

    /** @param hint {@code no-permanent-store}, {@code no-store}, {@code no-copy} or {@code store} */
    public static Element withHint(String hint, Element message) {
        return message.with(Element.of(hint, HINTS));
    }

    /** An id of the sender's (XEP-0359). */
    public static Element withOriginId(String id, Element message) {
        return message.with(Element.of("origin-id", "urn:xmpp:sid:0").with("id", id));
    }

    // ---- corrections, retractions, reactions

    /** A message in place of the one with this id (XEP-0308). */
    public static Element withCorrectionOf(String id, Element message) {
        return message.with(Element.of("replace", "urn:xmpp:message-correct:0").with("id", id));
    }

    /** Takes back the message with this id (XEP-0424). */
    public static Element withRetractionOf(String id, Element message) {
        return message.with(Element.of("retract", "urn:xmpp:message-retract:1").with("id", id));
    }

    // ---- capabilities (XEP-0115)

    /** @param ver the verification string (section 5) */
    public static Element withCaps(String node, String ver, Element presence) {
        return presence.with(
                Element.of("c", CAPS).with("hash", "sha-1").with("node", node).with("ver", ver));
    }

    // ---- push (XEP-0357)

    /** Has what happens told to the push service. */
    public static Element enablePush(Object service, String node, Element... form) {
        return iqSet(push("enable", service).with("node", node).with(form));
    }

    public static Element disablePush(Object service) {
        return iqSet(push("disable", service));
    }

    public static Element disablePush(Object service, String node) {
        return iqSet(push("disable", service).with("node", node));
    }

    private static Element push(String name, Object service) {
        return Element.of(name, "urn:xmpp:push:0").with("jid", jid(service));
    }

    // ---- upload (XEP-0363)

    /** Asks for a place to put a file. */
    public static Element requestSlot(Object service, String filename, long bytes, String contentType) {
        return iqGet(
                service,
                Element.of("request", "urn:xmpp:http:upload:0")
                        .with("filename", filename)
                        .with("size", Long.toString(bytes))
                        .with("content-type", contentType));
    }
}
