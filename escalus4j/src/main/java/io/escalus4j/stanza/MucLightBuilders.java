package io.escalus4j.stanza;

import static io.escalus4j.stanza.Builders.iqGet;
import static io.escalus4j.stanza.Builders.iqSet;
import static io.escalus4j.stanza.Builders.jid;

import io.escalus4j.Jid;
import io.escalus4j.exml.Element;
import java.util.Arrays;

/**
 * The stanzas of MUC Light, for static import. Recipients are as in {@link Builders}; who is in a room is there by the bare
 * JID, whatever is given.
 *
 * <pre>{@code
 * alice.iq(createLightRoom(room, setting("roomname", "Chess"), member(bob)));
 * alice.send(groupchat(room, "Your move"));
 * alice.iq(setLightAffiliations(room, member(kate), none(bob)));
 * }</pre>
 */
public final class MucLightBuilders {
    public static final String MUC_LIGHT = "urn:xmpp:muclight:0";
    private static final String CREATE = MUC_LIGHT + "#create";
    private static final String CONFIGURATION = MUC_LIGHT + "#configuration";
    private static final String AFFILIATIONS = MUC_LIGHT + "#affiliations";
    private static final String INFO = MUC_LIGHT + "#info";
    private static final String BLOCKING = MUC_LIGHT + "#blocking";
    private static final String DESTROY = MUC_LIGHT + "#destroy";
    private static final String USER = "user";

    private MucLightBuilders() {}

    private static Element query(String namespace) {
        return Element.of("query", namespace);
    }

    // ---- parts

    public static Element setting(String field, String value) {
        return Element.of(field).withText(value);
    }

    public static Element member(Object user) {
        return affiliation(user, "member");
    }

    public static Element owner(Object user) {
        return affiliation(user, "owner");
    }

    /** Who is to be in the room no more. */
    public static Element none(Object user) {
        return affiliation(user, "none");
    }

    private static Element affiliation(Object user, String affiliation) {
        return Element.of(USER).with("affiliation", affiliation).withText(bare(user));
    }

    private static String bare(Object party) {
        return Jid.of(jid(party)).bare().toString();
    }

    // ---- rooms

    /** @param parts settings and affiliations; the creator is not among them */
    public static Element createLightRoom(Object to, Element... parts) {
        var users =
                Arrays.stream(parts).filter(part -> part.name().equals(USER)).toList();
        var settings =
                Arrays.stream(parts).filter(part -> !part.name().equals(USER)).toList();
        return iqSet(
                to,
                query(CREATE)
                        .with(
                                Element.of("configuration", CREATE).with(settings),
                                Element.of("occupants", CREATE).with(users)));
    }

    public static Element destroyLightRoom(Object room) {
        return iqSet(room, query(DESTROY));
    }

    public static Element getLightConfiguration(Object room) {
        return getLightConfiguration(room, "");
    }

    /** The configuration, or nothing if it is still that of {@code version}. */
    public static Element getLightConfiguration(Object room, String version) {
        return read(room, CONFIGURATION, version);
    }

    public static Element getLightAffiliations(Object room) {
        return getLightAffiliations(room, "");
    }

    public static Element getLightAffiliations(Object room, String version) {
        return read(room, AFFILIATIONS, version);
    }

    public static Element getLightInfo(Object room) {
        return getLightInfo(room, "");
    }

    public static Element getLightInfo(Object room, String version) {
        return read(room, INFO, version);
    }

    private static Element read(Object room, String namespace, String version) {
        return iqGet(room, query(namespace).with(Element.of("version").withText(version)));
    }

    public static Element setLightConfiguration(Object room, Element... settings) {
        return iqSet(room, query(CONFIGURATION).with(settings));
    }

    public static Element setLightAffiliations(Object room, Element... affiliations) {
        return iqSet(room, query(AFFILIATIONS).with(affiliations));
    }

    public static Element leaveLightRoom(Object room, Object user) {
        return setLightAffiliations(room, none(user));
    }

    // ---- blocking

    public static Element getLightBlocking(Object service) {
        return iqGet(service, query(BLOCKING));
    }

    /** @param items of {@link #denyRoom}, {@link #denyUser}, {@link #allowRoom} and {@link #allowUser} */
    public static Element setLightBlocking(Object service, Element... items) {
        return iqSet(service, query(BLOCKING).with(items));
    }

    public static Element denyRoom(Object room) {
        return blocking("room", "deny", room);
    }

    public static Element denyUser(Object user) {
        return blocking(USER, "deny", user);
    }

    public static Element allowRoom(Object room) {
        return blocking("room", "allow", room);
    }

    public static Element allowUser(Object user) {
        return blocking(USER, "allow", user);
    }

    private static Element blocking(String kind, String action, Object party) {
        return Element.of(kind).with("action", action).withText(bare(party));
    }
}
