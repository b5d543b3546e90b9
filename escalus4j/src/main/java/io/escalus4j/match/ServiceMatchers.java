package io.escalus4j.match;

import static io.escalus4j.match.Matchers.element;
import static io.escalus4j.match.Matchers.iqResult;
import static io.escalus4j.match.Matchers.iqSet;
import static io.escalus4j.match.Matchers.message;
import static io.escalus4j.match.Matchers.presence;

/**
 * The matchers of rooms, nodes and the smaller services, for static import.
 *
 * <pre>{@code
 * alice.expect(occupant(room, "alice").that(roomStatus(110)));
 * bob.expect(published("tea", element("cup", "urn:x:tea")));
 * alice.expect(blockPush(bob.account()));
 * }</pre>
 */
public final class ServiceMatchers {
    private static final String MUC = "http://jabber.org/protocol/muc#user";
    private static final String PUBSUB = "http://jabber.org/protocol/pubsub";
    private static final String EVENT = PUBSUB + "#event";
    private static final String BLOCKING = "urn:xmpp:blocking";
    private static final String UPLOAD = "urn:xmpp:http:upload:0";

    private ServiceMatchers() {}

    // ---- rooms (XEP-0045)

    /** The presence of somebody in a room. */
    public static StanzaMatcher occupant(Object room, String nick) {
        return presence().from(room + "/" + nick).withChild("x", MUC);
    }

    /** With this affiliation and role, for example {@code member} and {@code participant}. */
    public static StanzaMatcher occupant(Object room, String nick, String affiliation, String role) {
        return presence()
                .from(room + "/" + nick)
                .withChild(element("x", MUC)
                        .withChild(element("item", MUC)
                                .withAttribute("affiliation", affiliation)
                                .withAttribute("role", role)));
    }

    /** With this code, for example 110 for one's own presence (section 15.6). */
    public static StanzaMatcher roomStatus(int code) {
        return Matchers.anyStanza()
                .withChild(element("x", MUC)
                        .withChild(element("status", MUC).withAttribute("code", Integer.toString(code))));
    }

    /** The subject of a room, which comes last on entering (section 7.2.15). */
    public static StanzaMatcher roomSubject(Object room, String subject) {
        return message()
                .ofType("groupchat")
                .withSubject(subject)
                .withoutChild("body", Checks.CLIENT)
                .fromAnyResourceOf(room);
    }

    /** By way of the room (section 7.8.2). */
    public static StanzaMatcher invitation(Object room) {
        return message().from(room).withChild(element("x", MUC).withChild("invite", MUC));
    }

    /** Past the room (XEP-0249). */
    public static StanzaMatcher directInvitation(Object room) {
        return message().withChild(element("x", "jabber:x:conference").withJid(room));
    }

    // ---- nodes (XEP-0060)

    /** The news that this was published at the node (section 7.1.2.1). */
    public static StanzaMatcher published(String node, Matcher payload) {
        return event(node, element("item", EVENT).withChild(payload));
    }

    /** The news that the item is gone. */
    public static StanzaMatcher retracted(String node, String id) {
        return event(node, element("retract", EVENT).withId(id));
    }

    private static StanzaMatcher event(String node, Matcher item) {
        return message()
                .withChild(element("event", EVENT)
                        .withChild(element("items", EVENT)
                                .withAttribute("node", node)
                                .withChild(item)));
    }

    /** The news that all items of the node are gone, or the node itself: {@code purge} or {@code delete}. */
    public static StanzaMatcher nodeGone(String what, String node) {
        return message()
                .withChild(
                        element("event", EVENT).withChild(element(what, EVENT).withAttribute("node", node)));
    }

    /** Items of the node, each matched by one of these. */
    public static StanzaMatcher nodeItems(String node, Matcher... items) {
        StanzaMatcher list = element("items", PUBSUB).withAttribute("node", node);
        for (Matcher item : items) {
            list = list.withChild(item);
        }
        return iqResult().withChild(element("pubsub", PUBSUB).withChild(list));
    }

    /** An item inside of {@link #nodeItems}. */
    public static StanzaMatcher nodeItem(String id) {
        return element("item", PUBSUB).withId(id);
    }

    /** The answer to a subscription, for example with state {@code subscribed}. */
    public static StanzaMatcher subscription(String node, String state) {
        return iqResult()
                .withChild(element("pubsub", PUBSUB)
                        .withChild(element("subscription", PUBSUB)
                                .withAttribute("node", node)
                                .withAttribute("subscription", state)));
    }

    /** An error with a condition of pubsub's own beside the general one, for example {@code closed-node}. */
    public static StanzaMatcher pubSubError(String condition, String own) {
        return Matchers.iqError(condition)
                .withChild(element("error", Checks.CLIENT).withChild(own, PUBSUB + "#errors"));
    }

    // ---- blocking (XEP-0191)

    public static StanzaMatcher blockPush(Object party) {
        return iqSet().withChild(element("block", BLOCKING).withChild(blocked(party)));
    }

    public static StanzaMatcher unblockPush(Object party) {
        return iqSet().withChild(element("unblock", BLOCKING).withChild(blocked(party)));
    }

    public static StanzaMatcher blockList(Object... parties) {
        StanzaMatcher list = element("blocklist", BLOCKING);
        for (Object party : parties) {
            list = list.withChild(blocked(party));
        }
        return iqResult().withChild(list);
    }

    private static StanzaMatcher blocked(Object party) {
        return element("item", BLOCKING).withJid(party);
    }

    // ---- upload (XEP-0363), push (XEP-0357), capabilities (XEP-0115)

    /** A place to put a file, and one to get it from. */
    public static StanzaMatcher uploadSlot() {
        return iqResult()
                .withChild(element("slot", UPLOAD)
                        .withChild(element("put", UPLOAD).withAttribute("url"))
                        .withChild(element("get", UPLOAD).withAttribute("url")));
    }

    /** What a server tells a push service. */
    public static StanzaMatcher pushNotification(String node) {
        return iqSet().withChild(element("pubsub", PUBSUB)
                .withChild(element("publish", PUBSUB)
                        .withAttribute("node", node)
                        .withChild(element("item", PUBSUB).withChild("notification", "urn:xmpp:push:0"))));
    }

    public static StanzaMatcher caps(String node, String ver) {
        return presence()
                .withChild(element("c", "http://jabber.org/protocol/caps")
                        .withAttribute("node", node)
                        .withAttribute("ver", ver));
    }
}
