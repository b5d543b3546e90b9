package io.escalus4j.stories;

import static io.escalus4j.match.MucLightMatchers.affiliationNotice;
import static io.escalus4j.match.MucLightMatchers.lightUser;
import static io.escalus4j.stanza.MucLightBuilders.createLightRoom;
import static io.escalus4j.stanza.MucLightBuilders.getLightInfo;
import static io.escalus4j.stanza.MucLightBuilders.member;
import static io.escalus4j.stanza.MucLightBuilders.setting;

import io.escalus4j.Client;
import io.escalus4j.exml.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Rooms of MUC Light as stories find them. */
final class LightRooms {
    private static final String INFO = "urn:xmpp:muclight:0#info";

    private LightRooms() {}

    /** Where the rooms are. */
    static String service(Client near) {
        return "muclight." + near.jid().domain();
    }

    /** An address that no room has. */
    static String noRoom(Client near) {
        return "room-" + UUID.randomUUID() + "@" + service(near);
    }

    /** A room of {@code owner} and these members, who all have been told. */
    static String room(Client owner, Client... members) {
        String room = noRoom(owner);
        var parts = new ArrayList<Element>();
        parts.add(setting("roomname", "Chess"));
        for (Client member : members) {
            parts.add(member(member));
        }
        owner.iq(createLightRoom(room, parts.toArray(Element[]::new)));
        owner.expect(affiliationNotice(room, lightUser(owner, "owner")));
        for (Client member : members) {
            member.expect(affiliationNotice(room, lightUser(member, "member")));
        }
        return room;
    }

    /** Where what {@code speaker} says in {@code room} comes from. */
    static String seat(String room, Client speaker) {
        return room + "/" + speaker.account();
    }

    /** The version of the room as {@code occupant} gets it. */
    static String version(String room, Client occupant) {
        return info(room, occupant).childText("version").orElseThrow();
    }

    /** Who is in the room, as {@code jid=affiliation}. */
    static List<String> occupants(String room, Client occupant) {
        return info(room, occupant).child("occupants").orElseThrow().elements().stream()
                .map(user -> user.text() + "=" + user.attribute("affiliation", ""))
                .toList();
    }

    /** A setting of the room as {@code occupant} gets it. */
    static String configured(String room, Client occupant, String field) {
        return info(room, occupant)
                .child("configuration")
                .orElseThrow()
                .childText(field)
                .orElseThrow();
    }

    private static Element info(String room, Client occupant) {
        return occupant.iq(getLightInfo(room)).child("query", INFO).orElseThrow();
    }

    /** {@code jid=affiliation}, as {@link #occupants} has it. */
    static String as(Client user, String affiliation) {
        return user.account() + "=" + affiliation;
    }
}
