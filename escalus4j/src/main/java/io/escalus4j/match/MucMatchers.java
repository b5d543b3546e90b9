package io.escalus4j.match;

import static io.escalus4j.match.Matchers.element;
import static io.escalus4j.match.Matchers.groupchat;
import static io.escalus4j.match.Matchers.message;
import static io.escalus4j.match.Matchers.unavailable;

/**
 * What the rooms of multi-user chat say (XEP-0045), for static import, beside those of {@link ServiceMatchers}.
 *
 * <pre>{@code
 * bob.expect(goneFrom(room, "kate", 307));
 * alice.expect(said(room, "bob", "Check"));
 * }</pre>
 */
public final class MucMatchers {
    private static final String USER = "http://jabber.org/protocol/muc#user";

    private MucMatchers() {}

    /** Somebody is not in the room any more, with all of these codes (section 16.6.2). */
    public static StanzaMatcher goneFrom(Object room, String nick, int... codes) {
        return unavailable().from(room + "/" + nick).withChild(x(codes));
    }

    /** One's own presence, or the end of it (110), with these codes beside. */
    public static StanzaMatcher self(Object room, String nick, int... codes) {
        return Matchers.presence().from(room + "/" + nick).withChild(x(codes).withChild(status(110)));
    }

    /** What an occupant says to all. */
    public static StanzaMatcher said(Object room, String nick, String body) {
        return groupchat(body).from(room + "/" + nick);
    }

    /** What the room itself says of what it is like now (section 10.2.1). */
    public static StanzaMatcher configured(Object room, int... codes) {
        return message().ofType("groupchat").from(room).withChild(x(codes));
    }

    /** The element that the room adds, with these codes. */
    public static StanzaMatcher x(int... codes) {
        var x = element("x", USER);
        for (int code : codes) {
            x = x.withChild(status(code));
        }
        return x;
    }

    /** The item in it. */
    public static StanzaMatcher item() {
        return element("item", USER);
    }

    public static StanzaMatcher status(int code) {
        return element("status", USER).withAttribute("code", Integer.toString(code));
    }

    /** That has no such code. */
    public static StanzaMatcher withoutStatus(int code) {
        return Matchers.anyStanza().withChild(element("x", USER).withoutChild(status(code)));
    }

    /** That carries this item. */
    public static StanzaMatcher withItem(Matcher item) {
        return Matchers.anyStanza().withChild(element("x", USER).withChild(item));
    }
}
