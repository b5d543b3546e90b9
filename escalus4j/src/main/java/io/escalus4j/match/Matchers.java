package io.escalus4j.match;

import io.escalus4j.exml.Element;

/**
 * The matchers of RFC 6120, RFC 6121 and XEP-0030, for static import.
 *
 * <pre>{@code
 * bob.expect(chatMessage("Tea at five").from(alice));
 * bob.expect(presenceOfType("subscribe").from(alice));
 * alice.expect(iqError("item-not-found"));
 * }</pre>
 */
public final class Matchers {
    private static final String STANZAS = "urn:ietf:params:xml:ns:xmpp-stanzas";
    private static final String ROSTER = "jabber:iq:roster";
    private static final String DISCO_INFO = "http://jabber.org/protocol/disco#info";
    private static final String DISCO_ITEMS = "http://jabber.org/protocol/disco#items";

    private Matchers() {}

    /** Any element at all. */
    public static StanzaMatcher anyStanza() {
        return StanzaMatcher.any("any stanza");
    }

    /** Any element of this name and namespace, for children and for nonzas. */
    public static StanzaMatcher element(String name, String namespace) {
        return StanzaMatcher.of(Checks.tag(name, namespace), name, namespace);
    }

    // ---- messages

    public static StanzaMatcher message() {
        return stanza("message", "message");
    }

    public static StanzaMatcher chatMessage() {
        return stanza("chat message", "message").typed("", "chat");
    }

    public static StanzaMatcher chatMessage(String body) {
        return said(chatMessage(), body);
    }

    public static StanzaMatcher groupchat() {
        return stanza("groupchat message", "message").typed("", "groupchat");
    }

    public static StanzaMatcher groupchat(String body) {
        return said(groupchat(), body);
    }

    public static StanzaMatcher headline() {
        return stanza("headline", "message").typed("", "headline");
    }

    public static StanzaMatcher headline(String body) {
        return said(headline(), body);
    }

    private static StanzaMatcher said(StanzaMatcher message, String body) {
        return message.text("\"%s\"".formatted(body), body, "body");
    }

    // ---- presence

    public static StanzaMatcher presence() {
        return stanza("presence", "presence");
    }

    /** Presence without a type (RFC 6121 section 4.7.1). */
    public static StanzaMatcher available() {
        return stanza("available presence", "presence").typed("", "available");
    }

    public static StanzaMatcher unavailable() {
        return presenceOfType("unavailable");
    }

    /** For example {@code subscribe}, {@code subscribed}, {@code unsubscribe}, {@code unsubscribed}, {@code error}. */
    public static StanzaMatcher presenceOfType(String type) {
        return stanza(type + " presence", "presence").typed("", type);
    }

    // ---- IQ

    public static StanzaMatcher iq() {
        return stanza("iq", "iq");
    }

    public static StanzaMatcher iqGet() {
        return iq("get");
    }

    /** With a child of this namespace, whatever its name. */
    public static StanzaMatcher iqGet(String namespace) {
        return iqGet().withPayload(namespace);
    }

    public static StanzaMatcher iqSet() {
        return iq("set");
    }

    /** With a child of this namespace, whatever its name. */
    public static StanzaMatcher iqSet(String namespace) {
        return iqSet().withPayload(namespace);
    }

    public static StanzaMatcher iqResult() {
        return iq("result");
    }

    public static StanzaMatcher iqResult(String id) {
        return iqResult().withId(id);
    }

    /** The result of this request: with its id. */
    public static StanzaMatcher iqResultOf(Element request) {
        return iqResult(request.attribute("id", ""));
    }

    public static StanzaMatcher iqError() {
        return iq("error");
    }

    /** With this defined condition, for example {@code item-not-found} (RFC 6120 section 8.3.3). */
    public static StanzaMatcher iqError(String condition) {
        return condition(iqError(), condition);
    }

    private static StanzaMatcher iq(String type) {
        return stanza("iq " + type, "iq").typed("", type);
    }

    // ---- errors

    /** A stanza of any kind and type {@code error}. */
    public static StanzaMatcher error() {
        return StanzaMatcher.any("error").with(Clause.of("", Checks::isStanza)).typed("", "error");
    }

    /** With this defined condition, for example {@code service-unavailable} (RFC 6120 section 8.3.3). */
    public static StanzaMatcher error(String condition) {
        return condition(error(), condition);
    }

    /** With this defined condition and error type, for example {@code cancel} (RFC 6120 section 8.3.2). */
    public static StanzaMatcher error(String condition, String type) {
        return error(condition).with(Clause.of("of error type " + type, element -> Checks.errorType(element, type)));
    }

    private static StanzaMatcher condition(StanzaMatcher stanza, String condition) {
        return stanza.with(Clause.of(
                condition,
                element -> element.with(Element.of("error").with(Element.of(condition, STANZAS))),
                element -> Checks.condition(element, condition, STANZAS)));
    }

    // ---- roster (RFC 6121 section 2)

    public static StanzaMatcher rosterResult() {
        return iqResult().holding("with a roster", element("query", ROSTER));
    }

    /** A roster push of this contact, for example {@code rosterPush(bob, "both")}. */
    public static StanzaMatcher rosterPush(Object contact, String subscription) {
        return rosterPush(rosterItem(contact, subscription));
    }

    public static StanzaMatcher rosterPush(Matcher item) {
        return iqSet().holding(
                        "with roster push of " + item.describe(),
                        element("query", ROSTER).withChild(item));
    }

    public static StanzaMatcher rosterResult(Matcher item) {
        return iqResult()
                .holding(
                        "with a roster that has " + item.describe(),
                        element("query", ROSTER).withChild(item));
    }

    /** An {@code <item/>} of a roster; a contact is compared by its bare JID. */
    public static StanzaMatcher rosterItem(Object contact) {
        return StanzaMatcher.of("item", "item", ROSTER).withContact(contact);
    }

    public static StanzaMatcher rosterItem(Object contact, String subscription) {
        return rosterItem(contact).withAttribute("subscription", subscription);
    }

    // ---- service discovery (XEP-0030)

    /** For example {@code discoInfo(identity("server", "im"), feature("urn:xmpp:ping"))}. */
    public static StanzaMatcher discoInfo(Matcher... parts) {
        return disco("with disco info", DISCO_INFO, parts);
    }

    public static StanzaMatcher discoItems(Matcher... parts) {
        return disco("with disco items", DISCO_ITEMS, parts);
    }

    private static StanzaMatcher disco(String phrase, String namespace, Matcher... parts) {
        StanzaMatcher query = element("query", namespace);
        var words = new StringBuilder(phrase);
        for (Matcher part : parts) {
            query = query.withChild(part);
            words.append(", ").append(part.describe());
        }
        return iqResult().holding(words.toString(), query);
    }

    /** A {@code <feature/>} inside of {@link #discoInfo}. */
    public static StanzaMatcher feature(String namespace) {
        return StanzaMatcher.of("feature", "feature", DISCO_INFO).withAttribute("var", namespace);
    }

    /** An {@code <identity/>} inside of {@link #discoInfo}, for example {@code identity("server", "im")}. */
    public static StanzaMatcher identity(String category, String type) {
        return StanzaMatcher.of("identity", "identity", DISCO_INFO)
                .withAttribute("category", category)
                .withAttribute("type", type);
    }

    /** An {@code <item/>} inside of {@link #discoItems}. */
    public static StanzaMatcher item(Object jid) {
        return StanzaMatcher.of("item", "item", DISCO_ITEMS).withJid(jid);
    }

    private static StanzaMatcher stanza(String noun, String name) {
        return StanzaMatcher.of(noun, name, Checks.CLIENT);
    }
}
