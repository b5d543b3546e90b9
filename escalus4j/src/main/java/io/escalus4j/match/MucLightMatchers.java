package io.escalus4j.match;

import static io.escalus4j.match.Matchers.element;
import static io.escalus4j.match.Matchers.groupchat;

import io.escalus4j.Jid;

/**
 * What the rooms of MUC Light say, for static import.
 *
 * <pre>{@code
 * bob.expect(affiliationNotice(room, lightUser(bob, "member")));
 * bob.expect(groupchat("Your move").from(room + "/" + alice.account()));
 * }</pre>
 */
public final class MucLightMatchers {
    private static final String MUC_LIGHT = "urn:xmpp:muclight:0";
    private static final String CONFIGURATION = MUC_LIGHT + "#configuration";
    private static final String AFFILIATIONS = MUC_LIGHT + "#affiliations";
    private static final String DESTROY = MUC_LIGHT + "#destroy";

    private MucLightMatchers() {}

    /** {@code room} says who has become what: just these, in any order. */
    public static StanzaMatcher affiliationNotice(Object room, Matcher... users) {
        return notice(room, changes(users));
    }

    /** {@code room} says which settings have changed. */
    public static StanzaMatcher configurationNotice(Object room, Matcher... settings) {
        var x = element("x", CONFIGURATION);
        for (Matcher setting : settings) {
            x = x.withChild(setting);
        }
        return notice(room, x);
    }

    /** {@code room} says that it is gone, and {@code user} with it. */
    public static StanzaMatcher destructionNotice(Object room, Object user) {
        return notice(room, changes(lightUser(user, "none"))).withChild("x", DESTROY);
    }

    private static StanzaMatcher notice(Object room, Matcher payload) {
        return groupchat("").from(room).withChild(payload);
    }

    private static StanzaMatcher changes(Matcher... users) {
        var x = element("x", AFFILIATIONS).withChildren(users.length, element("user", AFFILIATIONS));
        for (Matcher user : users) {
            x = x.withChild(user);
        }
        return x;
    }

    /** An item for {@code user}'s account. */
    public static StanzaMatcher lightUser(Object user, String affiliation) {
        return element("user", AFFILIATIONS)
                .withAttribute("affiliation", affiliation)
                .withText(Jid.of(user instanceof Addressed some ? some.address() : user.toString())
                        .bare()
                        .toString());
    }

    /** A setting in a notice or an answer. */
    public static StanzaMatcher lightSetting(String field, String value) {
        return element(field, CONFIGURATION).withText(value);
    }
}
