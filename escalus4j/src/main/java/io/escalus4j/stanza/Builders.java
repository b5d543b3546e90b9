package io.escalus4j.stanza;

import io.escalus4j.exml.Element;
import io.escalus4j.match.Addressed;

/**
 * The stanzas of RFC 6120 and RFC 6121, for static import. Those of extensions are in {@link ExtensionBuilders}.
 *
 * <pre>{@code
 * alice.send(chat(bob, "Hi!"));
 * alice.send(subscribe(bob.account()));
 * alice.iq(getRoster());
 * }</pre>
 *
 * <p>A recipient is an {@link Addressed}, which stands for its full JID, or anything whose {@code toString()} is a JID.
 * Messages and requests get a random id.
 */
public final class Builders {
    static final String CLIENT = "jabber:client";
    private static final String STANZA_ERRORS = "urn:ietf:params:xml:ns:xmpp-stanzas";
    private static final String ROSTER = "jabber:iq:roster";

    private Builders() {}

    static String jid(Object party) {
        return party instanceof Addressed addressed ? addressed.address() : party.toString();
    }

    // ---- messages (RFC 6121 section 5)

    public static Element chat(Object to, String body) {
        return message("chat", to, body);
    }

    /** Of type {@code normal}, which is said by saying nothing. */
    public static Element message(Object to, String body) {
        return message("normal", to, body).without("type");
    }

    public static Element groupchat(Object room, String body) {
        return message("groupchat", room, body);
    }

    public static Element headline(Object to, String body) {
        return message("headline", to, body);
    }

    public static Element headline(Object to, String subject, String body) {
        return message("headline", to, body).with(Element.of("subject").withText(subject));
    }

    private static Element message(String type, Object to, String body) {
        return Element.of("message", CLIENT)
                .with("type", type)
                .with("to", jid(to))
                .with("id", Ids.random())
                .with(Element.of("body").withText(body));
    }

    // ---- presence (RFC 6121 section 4)

    /** Available, to everybody who is subscribed. */
    public static Element initialPresence() {
        return Element.of("presence", CLIENT);
    }

    public static Element unavailablePresence() {
        return presence("unavailable");
    }

    /** Available, and {@code away}, {@code chat}, {@code dnd} or {@code xa}. */
    public static Element presenceWithShow(String show) {
        return initialPresence().with(Element.of("show").withText(show));
    }

    public static Element presenceWithShow(String show, String status) {
        return presenceWithShow(show).with(Element.of("status").withText(status));
    }

    /** From -128 to 127; a resource below 0 gets no messages for the bare JID. */
    public static Element presenceWithPriority(int priority) {
        return initialPresence().with(Element.of("priority").withText(Integer.toString(priority)));
    }

    /** Available, to this one only. */
    public static Element directedPresence(Object to) {
        return initialPresence().with("to", jid(to));
    }

    public static Element directedUnavailable(Object to) {
        return unavailablePresence().with("to", jid(to));
    }

    /** Asks to see somebody's presence (section 3.1); ask the bare JID. */
    public static Element subscribe(Object to) {
        return presence("subscribe").with("to", jid(to));
    }

    public static Element subscribed(Object to) {
        return presence("subscribed").with("to", jid(to));
    }

    public static Element unsubscribe(Object to) {
        return presence("unsubscribe").with("to", jid(to));
    }

    public static Element unsubscribed(Object to) {
        return presence("unsubscribed").with("to", jid(to));
    }

    private static Element presence(String type) {
        return initialPresence().with("type", type);
    }

    // ---- IQ (RFC 6120 section 8.2.3)

    /** To the own account. */
    public static Element iqGet(Element payload) {
        return iq("get", payload);
    }

    public static Element iqGet(Object to, Element payload) {
        return iq("get", payload).with("to", jid(to));
    }

    /** To the own account. */
    public static Element iqSet(Element payload) {
        return iq("set", payload);
    }

    public static Element iqSet(Object to, Element payload) {
        return iq("set", payload).with("to", jid(to));
    }

    private static Element iq(String type, Element payload) {
        return Element.of("iq", CLIENT)
                .with("type", type)
                .with("id", Ids.random())
                .with(payload);
    }

    public static Element iqResult(Element request) {
        return answer(request, "result");
    }

    public static Element iqResult(Element request, Element payload) {
        return iqResult(request).with(payload);
    }

    /**
     * @param type {@code auth}, {@code cancel}, {@code continue}, {@code modify} or {@code wait} (section 8.3.2)
     * @param condition for example {@code item-not-found} (section 8.3.3)
     */
    public static Element iqError(Element request, String type, String condition) {
        return answer(request, "error")
                .with(Element.of("error").with("type", type).with(Element.of(condition, STANZA_ERRORS)));
    }

    private static Element answer(Element request, String type) {
        return Element.of("iq", CLIENT)
                .with("type", type)
                .with("id", request.attribute("id", ""))
                .with("to", request.attribute("from"));
    }

    // ---- roster (RFC 6121 section 2)

    public static Element getRoster() {
        return iqGet(Element.of("query", ROSTER));
    }

    /** The roster, or nothing if it is still that of version {@code version} (section 2.6). */
    public static Element getRoster(String version) {
        return iqGet(Element.of("query", ROSTER).with("ver", version));
    }

    /** Adds the contact, or changes its name and groups. */
    public static Element setContact(Object contact, String name, String... groups) {
        Element item = contact(contact).with("name", name);
        for (String group : groups) {
            item = item.with(Element.text("group", ROSTER, group));
        }
        return roster(item);
    }

    public static Element removeContact(Object contact) {
        return roster(contact(contact).with("subscription", "remove"));
    }

    private static Element contact(Object contact) {
        return Element.of("item", ROSTER).with("jid", jid(contact));
    }

    private static Element roster(Element item) {
        return iqSet(Element.of("query", ROSTER).with(item));
    }
}
