package io.escalus4j.stanza;

import static io.escalus4j.stanza.Builders.iqGet;
import static io.escalus4j.stanza.Builders.iqSet;
import static io.escalus4j.stanza.Builders.jid;

import io.escalus4j.exml.Element;
import java.util.Map;

/**
 * The stanzas of XMPP extensions, for static import. Recipients are as in {@link Builders}.
 *
 * <pre>{@code
 * alice.iq(ping("localhost"));
 * alice.iq(block(bob.account()));
 * alice.iq(getDiscoInfo("muc.localhost"));
 * }</pre>
 */
public final class ExtensionBuilders {
    private static final String DISCO_INFO = "http://jabber.org/protocol/disco#info";
    private static final String DISCO_ITEMS = "http://jabber.org/protocol/disco#items";
    private static final String PRIVATE = "jabber:iq:private";
    private static final String VCARD = "vcard-temp";
    private static final String BLOCKING = "urn:xmpp:blocking";
    private static final String REGISTER = "jabber:iq:register";
    private static final String COMMANDS = "http://jabber.org/protocol/commands";
    private static final String CARBONS = "urn:xmpp:carbons:2";

    private ExtensionBuilders() {}

    // ---- service discovery (XEP-0030)

    public static Element getDiscoInfo(Object to) {
        return iqGet(to, Element.of("query", DISCO_INFO));
    }

    public static Element getDiscoInfo(Object to, String node) {
        return iqGet(to, Element.of("query", DISCO_INFO).with("node", node));
    }

    public static Element getDiscoItems(Object to) {
        return iqGet(to, Element.of("query", DISCO_ITEMS));
    }

    public static Element getDiscoItems(Object to, String node) {
        return iqGet(to, Element.of("query", DISCO_ITEMS).with("node", node));
    }

    // ---- small questions

    /** XEP-0199. */
    public static Element ping(Object to) {
        return iqGet(to, Element.of("ping", "urn:xmpp:ping"));
    }

    /** XEP-0092. */
    public static Element getVersion(Object to) {
        return iqGet(to, Element.of("query", "jabber:iq:version"));
    }

    /** XEP-0202. */
    public static Element getTime(Object to) {
        return iqGet(to, Element.of("time", "urn:xmpp:time"));
    }

    /** XEP-0012. */
    public static Element getLastActivity(Object to) {
        return iqGet(to, Element.of("query", "jabber:iq:last"));
    }

    // ---- private storage (XEP-0049)

    /** @param data names what is wanted, for example {@code Element.of("storage", "storage:bookmarks")} */
    public static Element getPrivate(Element data) {
        return iqGet(Element.of("query", PRIVATE).with(data));
    }

    public static Element setPrivate(Element data) {
        return iqSet(Element.of("query", PRIVATE).with(data));
    }

    // ---- vCard (XEP-0054)

    /** The own one. */
    public static Element getVCard() {
        return iqGet(Element.of("vCard", VCARD));
    }

    public static Element getVCard(Object to) {
        return iqGet(to, Element.of("vCard", VCARD));
    }

    /** The own one, of these fields; a field without a namespace gets that of the vCard. */
    public static Element setVCard(Element... fields) {
        return iqSet(Element.of("vCard", VCARD).with(fields));
    }

    // ---- blocking (XEP-0191)

    public static Element block(Object... parties) {
        return iqSet(blocking("block", parties));
    }

    /** Nobody named is everybody. */
    public static Element unblock(Object... parties) {
        return iqSet(blocking("unblock", parties));
    }

    public static Element getBlockList() {
        return iqGet(Element.of("blocklist", BLOCKING));
    }

    private static Element blocking(String name, Object... parties) {
        Element blocking = Element.of(name, BLOCKING);
        for (Object party : parties) {
            blocking = blocking.with(Element.of("item", BLOCKING).with("jid", jid(party)));
        }
        return blocking;
    }

    // ---- in-band registration (XEP-0077)

    public static Element getRegistration() {
        return iqGet(Element.of("query", REGISTER));
    }

    /** With these fields, for example {@code username} and {@code password}. */
    public static Element register(Map<String, String> fields) {
        Element query = Element.of("query", REGISTER);
        for (var field : fields.entrySet()) {
            query = query.with(Element.text(field.getKey(), REGISTER, field.getValue()));
        }
        return iqSet(query);
    }

    public static Element changePassword(String username, String password) {
        return iqSet(Element.of("query", REGISTER)
                .with(Element.text("username", REGISTER, username), Element.text("password", REGISTER, password)));
    }

    /** Removes the own account. */
    public static Element unregister() {
        return iqSet(Element.of("query", REGISTER).with(Element.of("remove", REGISTER)));
    }

    // ---- ad-hoc commands (XEP-0050)

    /** Starts a command. */
    public static Element execute(Object to, String node) {
        return iqSet(to, Element.of("command", COMMANDS).with("node", node).with("action", "execute"));
    }

    /** Goes on with a command that has answered with a session id. */
    public static Element submit(Object to, String node, String session, Element form) {
        return iqSet(
                to,
                Element.of("command", COMMANDS)
                        .with("node", node)
                        .with("sessionid", session)
                        .with("action", "complete")
                        .with(form));
    }

    // ---- carbons (XEP-0280)

    public static Element enableCarbons() {
        return iqSet(Element.of("enable", CARBONS));
    }

    public static Element disableCarbons() {
        return iqSet(Element.of("disable", CARBONS));
    }
}
