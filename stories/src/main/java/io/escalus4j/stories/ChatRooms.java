package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.message;
import static io.escalus4j.match.MucMatchers.configured;
import static io.escalus4j.match.MucMatchers.item;
import static io.escalus4j.match.MucMatchers.said;
import static io.escalus4j.match.MucMatchers.self;
import static io.escalus4j.match.MucMatchers.withItem;
import static io.escalus4j.match.ServiceMatchers.occupant;
import static io.escalus4j.match.ServiceMatchers.roomSubject;
import static io.escalus4j.stanza.Builders.groupchat;
import static io.escalus4j.stanza.FormBuilders.field;
import static io.escalus4j.stanza.MucBuilders.acceptRoomDefaults;
import static io.escalus4j.stanza.MucBuilders.enterRoom;
import static io.escalus4j.stanza.MucBuilders.setAffiliation;
import static io.escalus4j.stanza.MucBuilders.setRoomConfiguration;

import io.escalus4j.Client;
import io.escalus4j.exml.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Rooms of multi-user chat as stories find them. */
final class ChatRooms {
    static final String INFO = "http://jabber.org/protocol/disco#info";
    static final String USER = "http://jabber.org/protocol/muc#user";
    static final String ADMIN = "http://jabber.org/protocol/muc#admin";
    static final String OWNER = "http://jabber.org/protocol/muc#owner";

    private ChatRooms() {}

    /** Where the rooms are. */
    static String service(Client near) {
        return "muc." + near.jid().domain();
    }

    /** An address that no room has. */
    static String noRoom(Client near) {
        return "room-" + UUID.randomUUID() + "@" + service(near);
    }

    /** A room of {@code owner} with these in it, each under the name of the client; they have been told all that is due. */
    static String room(Client owner, Client... others) {
        return room(owner, List.of(), others);
    }

    /** The same with these options. */
    static String room(Client owner, List<Element> options, Client... others) {
        String room = newRoom(owner);
        owner.iq(
                options.isEmpty()
                        ? acceptRoomDefaults(room)
                        : setRoomConfiguration(room, options.toArray(Element[]::new)));
        var present = new ArrayList<>(List.of(owner));
        for (Client other : others) {
            enter(room, other, present.toArray(Client[]::new));
            present.add(other);
        }
        return room;
    }

    /** A room that its owner has not made up yet. */
    static String newRoom(Client owner) {
        String room = noRoom(owner);
        owner.send(enterRoom(room, owner.name()));
        owner.expect(self(room, owner.name(), 201));
        owner.expect(roomSubject(room, ""));
        return room;
    }

    /** {@code client} enters, and these others see it. */
    static void enter(String room, Client client, Client... present) {
        client.send(enterRoom(room, client.name()));
        entered(room, client, present);
    }

    /** What {@code client}, who enters, and these others are told. */
    static void entered(String room, Client client, Client... present) {
        for (Client other : present) {
            client.expect(occupant(room, other.name()));
            other.expect(occupant(room, client.name()));
        }
        client.expect(self(room, client.name()));
        client.expect(roomSubject(room, ""));
    }

    static List<Element> option(String name, Object... values) {
        return List.of(
                field(name.startsWith("muc#") || name.startsWith("x-") ? name : "muc#roomconfig_" + name, values));
    }

    @SafeVarargs
    static List<Element> options(List<Element>... several) {
        return List.of(several).stream().flatMap(List::stream).toList();
    }

    /** Changes options, and these in the room hear of it. */
    static void configure(String room, Client owner, List<Element> options, int code, Client... present) {
        owner.iq(setRoomConfiguration(room, options.toArray(Element[]::new)));
        for (Client client : present) {
            client.expect(configured(room, code));
        }
    }

    /** Makes {@code client}, who is in the room, something else, and these, among them the client, see it. */
    static void affiliate(String room, Client by, Client client, String affiliation, String role, Client... present) {
        by.iq(setAffiliation(room, client.account(), affiliation));
        for (Client other : present) {
            other.expect(occupant(room, client.name(), affiliation, role));
        }
    }

    /** Makes {@code client}, who is not in the room, something else; both are told. */
    static void affiliateAbsent(String room, Client by, Client client, String affiliation) {
        by.iq(setAffiliation(room, client.account(), affiliation));
        by.expect(message().from(room).that(withItem(item().withAttribute("affiliation", affiliation))));
        client.expect(message().from(room));
    }

    /** What {@code speaker} says reaches all of these. */
    static void heard(String room, Client speaker, String body, Client... listeners) {
        speaker.send(groupchat(room, body));
        for (Client listener : listeners) {
            listener.expect(said(room, speaker.name(), body));
        }
    }
}
