package io.escalus4j.stanza;

import static io.escalus4j.stanza.Builders.iqGet;
import static io.escalus4j.stanza.Builders.iqSet;
import static io.escalus4j.stanza.Builders.jid;

import io.escalus4j.exml.Element;

/**
 * Privacy lists (XEP-0016), for static import; new software blocks by XEP-0191, see {@link ExtensionBuilders#block}.
 *
 * <pre>{@code
 * alice.iq(setPrivacyList("quiet", privacyItem(1, "deny", "jid", bob.account(), "message")));
 * alice.iq(activatePrivacyList("quiet"));
 * }</pre>
 */
public final class PrivacyBuilders {
    private static final String NS = "jabber:iq:privacy";

    private PrivacyBuilders() {}

    /** The names of all lists, and which are active and default. */
    public static Element getPrivacyLists() {
        return iqGet(query());
    }

    public static Element getPrivacyList(String name) {
        return iqGet(query(list(name)));
    }

    /** Makes or replaces the list; one without items is removed. */
    public static Element setPrivacyList(String name, Element... items) {
        return iqSet(query(list(name).with(items)));
    }

    /** For this session. */
    public static Element activatePrivacyList(String name) {
        return iqSet(query(Element.of("active", NS).with("name", name)));
    }

    public static Element deactivatePrivacyList() {
        return iqSet(query(Element.of("active", NS)));
    }

    /** For all sessions without an active one. */
    public static Element setDefaultPrivacyList(String name) {
        return iqSet(query(Element.of("default", NS).with("name", name)));
    }

    public static Element noDefaultPrivacyList() {
        return iqSet(query(Element.of("default", NS)));
    }

    /**
     * A rule about some.
     *
     * @param action {@code allow} or {@code deny}
     * @param type {@code jid}, {@code group} or {@code subscription}
     * @param kinds {@code message}, {@code iq}, {@code presence-in}, {@code presence-out}; none is all
     */
    public static Element privacyItem(int order, String action, String type, Object value, String... kinds) {
        return item(order, action, kinds).with("type", type).with("value", jid(value));
    }

    /** A rule about everybody. */
    public static Element privacyItemForAll(int order, String action, String... kinds) {
        return item(order, action, kinds);
    }

    private static Element item(int order, String action, String... kinds) {
        Element item = Element.of("item", NS).with("action", action).with("order", Integer.toString(order));
        for (String kind : kinds) {
            item = item.with(Element.of(kind, NS));
        }
        return item;
    }

    private static Element list(String name) {
        return Element.of("list", NS).with("name", name);
    }

    private static Element query(Element... children) {
        return Element.of("query", NS).with(children);
    }
}
