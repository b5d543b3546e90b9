package io.escalus4j.match;

import static io.escalus4j.match.Matchers.element;
import static io.escalus4j.match.Matchers.iqError;
import static io.escalus4j.match.Matchers.iqResult;
import static io.escalus4j.match.Matchers.message;

import io.escalus4j.exml.Element;

/**
 * The matchers of single extensions, for static import beside {@link Matchers}.
 *
 * <pre>{@code
 * alice2.expect(carbon("sent", chatMessage("Tea at five")));
 * alice.expect(receipt("m1").from(bob));
 * }</pre>
 */
public final class ExtensionMatchers {
    private static final String FORWARD = "urn:xmpp:forward:0";
    private static final String CARBONS = "urn:xmpp:carbons:2";
    private static final String RECEIPTS = "urn:xmpp:receipts";
    private static final String MARKERS = "urn:xmpp:chat-markers:0";
    private static final String COMMANDS = "http://jabber.org/protocol/commands";
    private static final String FORM = "jabber:x:data";
    private static final String PRIVACY = "jabber:iq:privacy";
    private static final String PRIVATE = "jabber:iq:private";
    private static final String LAST = "jabber:iq:last";
    private static final String FRAMING = "urn:ietf:params:xml:ns:xmpp-framing";

    private ExtensionMatchers() {}

    // ---- copies of messages

    /**
     * A carbon copy (XEP-0280).
     *
     * @param direction {@code sent} or {@code received}
     * @param copied the message inside
     */
    public static StanzaMatcher carbon(String direction, Matcher copied) {
        return message()
                .holding(
                        "that is a %s carbon of %s".formatted(direction, copied.describe()),
                        element(direction, CARBONS).withChild(forwarded(copied)));
    }

    /** A {@code <forwarded/>} element (XEP-0297). */
    public static StanzaMatcher forwarded(Matcher stanza) {
        return element("forwarded", FORWARD).withChild(stanza);
    }

    // ---- receipts and markers

    /** A message that asks for a receipt (XEP-0184). */
    public static StanzaMatcher receiptRequest() {
        return message().withChild("request", RECEIPTS);
    }

    /** A receipt of the message with this id (XEP-0184). */
    public static StanzaMatcher receipt(String id) {
        return message().withChild(element("received", RECEIPTS).withId(id));
    }

    /** A chat marker (XEP-0333), for example {@code chatMarker("displayed", "m1")}. */
    public static StanzaMatcher chatMarker(String marker, String id) {
        return message().withChild(element(marker, MARKERS).withId(id));
    }

    // ---- forms and commands

    /** The answer to a command (XEP-0050), for example with status {@code completed}. */
    public static StanzaMatcher commandResult(String node, String status) {
        return iqResult()
                .withChild(
                        element("command", COMMANDS).withAttribute("node", node).withAttribute("status", status));
    }

    /** A data form (XEP-0004) with these fields, as a child. */
    public static StanzaMatcher form(Matcher... fields) {
        StanzaMatcher form = element("x", FORM);
        for (Matcher field : fields) {
            form = form.withChild(field);
        }
        return form;
    }

    /** A field of a form. */
    public static StanzaMatcher field(String variable) {
        return StanzaMatcher.of("field", "field", FORM).withAttribute("var", variable);
    }

    /** A field of a form that has this value, maybe among others. */
    public static StanzaMatcher field(String variable, String value) {
        return field(variable).withText(value, "value");
    }

    // ---- results of IQ

    /** Either answer to this request: its result or its error, by id. */
    public static Matcher answerTo(Element request) {
        String id = request.attribute("id", "");
        return iqResult(id).or(iqError().withId(id));
    }

    /** The address that the server has bound (RFC 6120 section 7). */
    public static StanzaMatcher bindResult() {
        String bind = "urn:ietf:params:xml:ns:xmpp-bind";
        return iqResult().withChild(element("bind", bind).withChild("jid", bind));
    }

    /** Seconds since somebody was last there (XEP-0012). */
    public static StanzaMatcher lastActivity() {
        return iqResult().withChild(element("query", LAST).withAttribute("seconds"));
    }

    /** Private XML that holds {@code stored} (XEP-0049). */
    public static StanzaMatcher privateData(Matcher stored) {
        return iqResult().withChild(element("query", PRIVATE).withChild(stored));
    }

    /** Privacy lists (XEP-0016); {@link #activeList} and {@link #defaultList} refine them. */
    public static StanzaMatcher privacyLists(Matcher... lists) {
        StanzaMatcher query = element("query", PRIVACY);
        for (Matcher list : lists) {
            query = query.withChild(list);
        }
        return iqResult().withChild(query);
    }

    public static StanzaMatcher privacyList(String name) {
        return element("list", PRIVACY).withAttribute("name", name);
    }

    /** The push of a changed privacy list (XEP-0016 section 2.6). */
    public static StanzaMatcher privacyPush(String name) {
        return Matchers.iqSet().withChild(element("query", PRIVACY).withChild(privacyList(name)));
    }

    public static StanzaMatcher activeList(String name) {
        return element("active", PRIVACY).withAttribute("name", name);
    }

    public static StanzaMatcher defaultList(String name) {
        return element("default", PRIVACY).withAttribute("name", name);
    }

    // ---- streams

    /** A stream error (RFC 6120 section 4.9), for example {@code conflict}. */
    public static StanzaMatcher streamError(String condition) {
        return element("error", "http://etherx.jabber.org/streams")
                .withChild(condition, "urn:ietf:params:xml:ns:xmpp-streams");
    }

    public static StanzaMatcher streamError(String condition, String text) {
        return streamError(condition).withText(text, "{urn:ietf:params:xml:ns:xmpp-streams}text");
    }

    /** {@code <stream:stream>}, or {@code <open/>} of WebSocket (RFC 7395). */
    public static Matcher streamStart() {
        return element("stream", "http://etherx.jabber.org/streams").or(element("open", FRAMING));
    }

    /** {@code <close/>} of WebSocket (RFC 7395). */
    public static StanzaMatcher streamEnd() {
        return element("close", FRAMING);
    }
}
