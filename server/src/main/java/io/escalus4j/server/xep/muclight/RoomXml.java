package io.escalus4j.server.xep.muclight;

import io.escalus4j.exml.Element;
import io.escalus4j.exml.Node;
import io.escalus4j.server.store.LightRoom;
import io.escalus4j.server.store.LightRoom.Affiliation;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import io.escalus4j.server.xmpp.Ns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rooms as they are on the wire. */
final class RoomXml {
    static final String NS = "urn:xmpp:muclight:0";
    static final String CONFIGURATION = NS + "#configuration";
    static final String AFFILIATIONS = NS + "#affiliations";
    static final String INFO = NS + "#info";
    static final String BLOCKING = NS + "#blocking";
    static final String CREATE = NS + "#create";
    static final String DESTROY = NS + "#destroy";
    /** What rooms of either kind say of those in them. */
    private static final Set<String> ROOMS_OWN =
            Set.of("http://jabber.org/protocol/muc#user", "urn:xmpp:occupant-id:0");

    private static final Element EMPTY_BODY = Element.of("body", Ns.CLIENT);

    private RoomXml() {}

    // ---- answers to reads

    static Element configuration(LightRoom room, RoomSchema schema) {
        return query(CONFIGURATION)
                .with(version(CONFIGURATION, room))
                .with(fields(CONFIGURATION, schema.complete(room.configuration())));
    }

    static Element affiliations(LightRoom room) {
        return query(AFFILIATIONS).with(version(AFFILIATIONS, room)).with(users(AFFILIATIONS, room));
    }

    static Element info(LightRoom room, RoomSchema schema) {
        return query(INFO)
                .with(version(INFO, room))
                .with(Element.of("configuration", INFO).with(fields(INFO, schema.complete(room.configuration()))))
                .with(Element.of("occupants", INFO).with(users(INFO, room)));
    }

    private static Element query(String namespace) {
        return Element.of("query", namespace);
    }

    private static Element version(String namespace, LightRoom room) {
        return Element.text("version", namespace, room.version());
    }

    private static List<Element> fields(String namespace, Map<String, String> configuration) {
        var fields = new ArrayList<Element>();
        configuration.forEach((name, value) -> fields.add(Element.text(name, namespace, value)));
        return fields;
    }

    private static List<Element> users(String namespace, LightRoom room) {
        var users = new ArrayList<Element>();
        room.occupants().forEach((jid, affiliation) -> users.add(user(namespace, jid, Optional.of(affiliation))));
        return users;
    }

    private static Element user(String namespace, Jid jid, Optional<Affiliation> affiliation) {
        return Element.text("user", namespace, jid.toString())
                .with("affiliation", affiliation.map(Affiliation::wire).orElse("none"));
    }

    // ---- notices

    /** {@code <x xmlns='…#configuration'>} with what has changed. */
    static Element configured(LightRoom before, LightRoom after, Map<String, String> changed) {
        return Element.of("x", CONFIGURATION)
                .with(Element.text("prev-version", CONFIGURATION, before.version()))
                .with(version(CONFIGURATION, after))
                .with(fields(CONFIGURATION, changed));
    }

    /** For those who have stayed: all changes, and the step from one version to the next. */
    static Element changed(LightRoom before, LightRoom after, Map<Jid, Optional<Affiliation>> changes) {
        return Element.of("x", AFFILIATIONS)
                .with(Element.text("prev-version", AFFILIATIONS, before.version()))
                .with(version(AFFILIATIONS, after))
                .with(users(changes));
    }

    /** For the archive, which has no step before it. */
    static Element archived(LightRoom after, Map<Jid, Optional<Affiliation>> changes) {
        return Element.of("x", AFFILIATIONS).with(version(AFFILIATIONS, after)).with(users(changes));
    }

    /** For one who has just joined. */
    static Element joined(LightRoom room, Jid user) {
        return Element.of("x", AFFILIATIONS)
                .with(version(AFFILIATIONS, room))
                .with(user(AFFILIATIONS, user, room.affiliation(user)));
    }

    /** For one who is not in the room any more, and thus is told nothing of it. */
    static Element left(Jid user) {
        return Element.of("x", AFFILIATIONS).with(user(AFFILIATIONS, user, Optional.empty()));
    }

    static Element destroyed() {
        return Element.of("x", DESTROY);
    }

    private static List<Element> users(Map<Jid, Optional<Affiliation>> changes) {
        var users = new ArrayList<Element>();
        changes.forEach((jid, affiliation) -> users.add(user(AFFILIATIONS, jid, affiliation)));
        return users;
    }

    /** What the room itself says; the id is that of the request that caused it. */
    static Message notice(Jid room, String id, List<Element> payload) {
        return notice(room, id, payload, List.of());
    }

    /** @param name what the archive calls it */
    static Message notice(Jid room, String id, List<Element> payload, List<Element> name) {
        Element element = groupchat(room, id).with(payload).with(EMPTY_BODY).with(name);
        return new Message(element, room, Optional.empty(), Message.Type.GROUPCHAT);
    }

    /**
     * What an occupant said, as all occupants get it: all children in their order, but for what only rooms say; of the
     * attributes just the id.
     */
    static Message said(Jid room, Message sent, String id) {
        Jid speaker = room.withResource(sent.from().bare().toString());
        Element element = groupchat(speaker, id).with(said(sent.element()));
        return new Message(element, speaker, Optional.empty(), Message.Type.GROUPCHAT);
    }

    private static List<Node> said(Element sent) {
        var children = sent.children();
        return children.stream().noneMatch(RoomXml::isForged)
                ? children
                : children.stream().filter(node -> !isForged(node)).toList();
    }

    private static boolean isForged(Node node) {
        return node instanceof Element child
                && (ROOMS_OWN.contains(child.namespace()) || child.namespace().startsWith(NS + '#'));
    }

    private static Element groupchat(Jid from, String id) {
        return Element.of("message", Ns.CLIENT)
                .with("type", Message.Type.GROUPCHAT.wire())
                .with("id", id)
                .with("from", from.toString());
    }
}
