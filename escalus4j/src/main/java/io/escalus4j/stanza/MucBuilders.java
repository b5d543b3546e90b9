package io.escalus4j.stanza;

import static io.escalus4j.stanza.Builders.iqGet;
import static io.escalus4j.stanza.Builders.iqSet;
import static io.escalus4j.stanza.Builders.jid;

import io.escalus4j.exml.Element;

/**
 * Multi-user chat (XEP-0045), for static import. A room is its bare JID; what is said in it is
 * {@link Builders#groupchat}.
 *
 * <pre>{@code
 * alice.send(enterRoom(room, "alice"));
 * alice.iq(acceptRoomDefaults(room));
 * alice.iq(setAffiliation(room, bob.account(), "member"));
 * }</pre>
 */
public final class MucBuilders {
    private static final String MUC = "http://jabber.org/protocol/muc";
    private static final String USER = MUC + "#user";
    private static final String ADMIN = MUC + "#admin";
    private static final String OWNER = MUC + "#owner";

    private MucBuilders() {}

    // ---- occupants (section 7)

    public static Element enterRoom(Object room, String nick) {
        return enterRoom(room, nick, Element.of("x", MUC));
    }

    public static Element enterRoomWithPassword(Object room, String nick, String password) {
        return enterRoom(room, nick, Element.of("x", MUC).with(Element.text("password", MUC, password)));
    }

    /** With at most so many messages of what was said before (section 7.2.14). */
    public static Element enterRoomWithHistory(Object room, String nick, int maxStanzas) {
        return enterRoom(
                room,
                nick,
                Element.of("x", MUC).with(Element.of("history", MUC).with("maxstanzas", Integer.toString(maxStanzas))));
    }

    private static Element enterRoom(Object room, String nick, Element x) {
        return Builders.directedPresence(occupant(room, nick)).with(x);
    }

    public static Element changeNick(Object room, String nick) {
        return Builders.directedPresence(occupant(room, nick));
    }

    public static Element leaveRoom(Object room, String nick) {
        return Builders.directedUnavailable(occupant(room, nick));
    }

    private static String occupant(Object room, String nick) {
        return jid(room) + '/' + nick;
    }

    /** Of an empty text it is taken away (section 8.1). */
    public static Element setSubject(Object room, String subject) {
        return message(room)
                .with("type", "groupchat")
                .with(Element.of("subject").withText(subject));
    }

    /** Said to one occupant (section 7.5). */
    public static Element privateMessage(Object room, String nick, String body) {
        return Builders.chat(occupant(room, nick), body).with(Element.of("x", USER));
    }

    /** By way of the room (section 7.8.2). */
    public static Element invite(Object room, Object who, String reason) {
        return message(room)
                .with(Element.of("x", USER)
                        .with(Element.of("invite", USER)
                                .with("to", jid(who))
                                .with(Element.text("reason", USER, reason))));
    }

    public static Element decline(Object room, Object inviter, String reason) {
        return message(room)
                .with(Element.of("x", USER)
                        .with(Element.of("decline", USER)
                                .with("to", jid(inviter))
                                .with(Element.text("reason", USER, reason))));
    }

    /** Past the room (XEP-0249). */
    public static Element inviteDirectly(Object who, Object room, String reason) {
        return message(who)
                .with(Element.of("x", "jabber:x:conference")
                        .with("jid", jid(room))
                        .with("reason", reason));
    }

    /** A visitor asks to speak (section 7.13). */
    public static Element requestVoice(Object room) {
        return message(room).with(FormBuilders.form(MUC + "#request", FormBuilders.field("muc#role", "participant")));
    }

    private static Element message(Object to) {
        return Element.of("message", Builders.CLIENT).with("to", jid(to)).with("id", Ids.random());
    }

    // ---- moderators and administrators (sections 8 and 9)

    /** @param role {@code none} to kick, {@code visitor}, {@code participant} or {@code moderator} */
    public static Element setRole(Object room, String nick, String role) {
        return iqSet(room, admin(role(nick, role)));
    }

    /** @param affiliation {@code outcast} to ban, {@code none}, {@code member}, {@code admin} or {@code owner} */
    public static Element setAffiliation(Object room, Object who, String affiliation) {
        return iqSet(room, admin(affiliation(who, affiliation)));
    }

    public static Element getAffiliated(Object room, String affiliation) {
        return iqGet(room, admin(Element.of("item", ADMIN).with("affiliation", affiliation)));
    }

    public static Element getWithRole(Object room, String role) {
        return iqGet(room, admin(Element.of("item", ADMIN).with("role", role)));
    }

    /** Several items in one request, of {@link #role} and {@link #affiliation}: all are done or none. */
    public static Element administer(Object room, Element... changes) {
        return iqSet(room, Element.of("query", ADMIN).with(changes));
    }

    public static Element role(String nick, String role) {
        return Element.of("item", ADMIN).with("nick", nick).with("role", role);
    }

    public static Element affiliation(Object who, String affiliation) {
        return Element.of("item", ADMIN).with("jid", jid(who)).with("affiliation", affiliation);
    }

    private static Element admin(Element item) {
        return Element.of("query", ADMIN).with(item);
    }

    // ---- owners (section 10)

    /** Unlocks a room that was just made, as it is. */
    public static Element acceptRoomDefaults(Object room) {
        return iqSet(room, owner(FormBuilders.form()));
    }

    public static Element getRoomConfiguration(Object room) {
        return iqGet(room, owner());
    }

    public static Element setRoomConfiguration(Object room, Element... fields) {
        return iqSet(room, owner(FormBuilders.form(MUC + "#roomconfig", fields)));
    }

    public static Element cancelRoomConfiguration(Object room) {
        return iqSet(room, owner(FormBuilders.cancelledForm()));
    }

    public static Element destroyRoom(Object room, String reason) {
        return iqSet(room, owner(Element.of("destroy", OWNER).with(Element.text("reason", OWNER, reason))));
    }

    private static Element owner(Element... children) {
        return Element.of("query", OWNER).with(children);
    }
}
