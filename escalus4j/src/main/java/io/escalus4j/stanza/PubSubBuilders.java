package io.escalus4j.stanza;

import static io.escalus4j.stanza.Builders.iqGet;
import static io.escalus4j.stanza.Builders.iqSet;
import static io.escalus4j.stanza.Builders.jid;

import io.escalus4j.exml.Element;
import io.escalus4j.match.Addressed;

/**
 * Publish and subscribe (XEP-0060), for static import. The service is an address; for nodes of one's own account
 * (XEP-0163) it is the account.
 *
 * <pre>{@code
 * alice.iq(createNode("pubsub.localhost", "tea"));
 * bob.iq(subscribeNode("pubsub.localhost", "tea", bob));
 * alice.iq(publish("pubsub.localhost", "tea", "1", Element.of("cup", "urn:x:tea")));
 * }</pre>
 */
public final class PubSubBuilders {
    private static final String NS = "http://jabber.org/protocol/pubsub";
    private static final String OWNER = NS + "#owner";
    private static final String CONFIG = NS + "#node_config";
    private static final String OPTIONS = NS + "#publish-options";

    private PubSubBuilders() {}

    // ---- nodes (section 8)

    public static Element createNode(Object service, String node) {
        return iqSet(service, pubsub(named("create", node)));
    }

    /** @param fields of the configuration, as {@link FormBuilders#field} makes them */
    public static Element createNode(Object service, String node, Element... fields) {
        return iqSet(
                service,
                pubsub(named("create", node), Element.of("configure", NS).with(FormBuilders.form(CONFIG, fields))));
    }

    /** The service names it. */
    public static Element createInstantNode(Object service) {
        return iqSet(service, pubsub(Element.of("create", NS)));
    }

    public static Element deleteNode(Object service, String node) {
        return iqSet(service, owner("delete", node));
    }

    public static Element purgeNode(Object service, String node) {
        return iqSet(service, owner("purge", node));
    }

    public static Element getNodeConfiguration(Object service, String node) {
        return iqGet(service, owner("configure", node));
    }

    public static Element setNodeConfiguration(Object service, String node, Element... fields) {
        return iqSet(service, owner("configure", node, FormBuilders.form(CONFIG, fields)));
    }

    public static Element getDefaultConfiguration(Object service) {
        return iqGet(service, Element.of("pubsub", OWNER).with(Element.of("default", OWNER)));
    }

    // ---- subscriptions (section 6)

    public static Element subscribeNode(Object service, String node, Object who) {
        return iqSet(service, pubsub(named("subscribe", node).with("jid", jid(who))));
    }

    public static Element unsubscribeNode(Object service, String node, Object who) {
        return iqSet(service, pubsub(named("unsubscribe", node).with("jid", jid(who))));
    }

    /** The own ones, at all nodes. */
    public static Element getSubscriptions(Object service) {
        return iqGet(service, pubsub(Element.of("subscriptions", NS)));
    }

    public static Element getSubscriptionOptions(Object service, String node, Object who) {
        return iqGet(service, pubsub(named("options", node).with("jid", jid(who))));
    }

    public static Element setSubscriptionOptions(Object service, String node, Object who, Element... fields) {
        return iqSet(
                service,
                pubsub(named("options", node)
                        .with("jid", jid(who))
                        .with(FormBuilders.form(NS + "#subscribe_options", fields))));
    }

    /** Everybody's, for the owner (section 8.8). */
    public static Element getNodeSubscriptions(Object service, String node) {
        return iqGet(service, owner("subscriptions", node));
    }

    /** @param state {@code none}, {@code pending}, {@code subscribed} or {@code unconfigured} */
    public static Element setNodeSubscription(Object service, String node, Object who, String state) {
        return iqSet(
                service,
                owner(
                        "subscriptions",
                        node,
                        Element.of("subscription", OWNER).with("jid", jid(who)).with("subscription", state)));
    }

    /** Answers a request to subscribe (section 8.6). */
    public static Element answerSubscription(Object service, String node, Object who, boolean allow) {
        return Element.of("message", Builders.CLIENT)
                .with("to", jid(service))
                .with("id", Ids.random())
                .with(FormBuilders.form(
                        NS + "#subscribe_authorization",
                        FormBuilders.field("pubsub#node", node),
                        FormBuilders.field("pubsub#subscriber_jid", plain(who)),
                        FormBuilders.field("pubsub#allow", allow)));
    }

    // ---- affiliations (sections 5.7 and 8.9)

    public static Element getAffiliations(Object service) {
        return iqGet(service, pubsub(Element.of("affiliations", NS)));
    }

    public static Element getNodeAffiliations(Object service, String node) {
        return iqGet(service, owner("affiliations", node));
    }

    /** @param affiliation {@code owner}, {@code publisher}, {@code publish-only}, {@code member}, {@code none} or {@code outcast} */
    public static Element setNodeAffiliation(Object service, String node, Object who, String affiliation) {
        return iqSet(
                service,
                owner(
                        "affiliations",
                        node,
                        Element.of("affiliation", OWNER).with("jid", plain(who)).with("affiliation", affiliation)));
    }

    // ---- items (sections 6.5 and 7)

    /** The service names the item. */
    public static Element publish(Object service, String node, Element payload) {
        return iqSet(
                service,
                pubsub(named("publish", node).with(Element.of("item", NS).with(payload))));
    }

    public static Element publish(Object service, String node, String id, Element payload) {
        return iqSet(service, pubsub(named("publish", node).with(item(id).with(payload))));
    }

    /** Only if the node is, or can be made, as these fields say (section 7.1.5). */
    public static Element publishWithOptions(
            Object service, String node, String id, Element payload, Element... fields) {
        return iqSet(
                service,
                pubsub(
                        named("publish", node).with(item(id).with(payload)),
                        Element.of("publish-options", NS).with(FormBuilders.form(OPTIONS, fields))));
    }

    /** Tells the subscribers. */
    public static Element retract(Object service, String node, String id) {
        return iqSet(
                service, pubsub(named("retract", node).with("notify", "true").with(item(id))));
    }

    public static Element getItems(Object service, String node) {
        return iqGet(service, pubsub(named("items", node)));
    }

    /** The newest so many. */
    public static Element getItems(Object service, String node, int max) {
        return iqGet(service, pubsub(named("items", node).with("max_items", Integer.toString(max))));
    }

    public static Element getItem(Object service, String node, String id) {
        return iqGet(service, pubsub(named("items", node).with(item(id))));
    }

    // ---- parts

    private static Element item(String id) {
        return Element.of("item", NS).with("id", id);
    }

    private static Element named(String name, String node) {
        return Element.of(name, NS).with("node", node);
    }

    private static Element pubsub(Element... children) {
        return Element.of("pubsub", NS).with(children);
    }

    private static Element owner(String name, String node, Element... children) {
        return Element.of("pubsub", OWNER)
                .with(Element.of(name, OWNER).with("node", node).with(children));
    }

    /** Affiliations belong to accounts. */
    private static String plain(Object who) {
        return who instanceof Addressed ? jid(who).replaceFirst("/.*", "") : jid(who);
    }
}
