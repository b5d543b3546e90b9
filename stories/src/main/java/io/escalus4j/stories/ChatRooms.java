package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.available;
import static io.escalus4j.match.Matchers.message;
import static io.escalus4j.match.Matchers.unavailable;
import static io.escalus4j.match.MucMatchers.configured;
import static io.escalus4j.match.MucMatchers.said;
import static io.escalus4j.match.MucMatchers.self;
import static io.escalus4j.match.ServiceMatchers.occupant;
import static io.escalus4j.match.ServiceMatchers.roomSubject;
import static io.escalus4j.stanza.Builders.groupchat;
import static io.escalus4j.stanza.ExtensionBuilders.getDiscoInfo;
import static io.escalus4j.stanza.FormBuilders.field;
import static io.escalus4j.stanza.MucBuilders.acceptRoomDefaults;
import static io.escalus4j.stanza.MucBuilders.enterRoom;
import static io.escalus4j.stanza.MucBuilders.setAffiliation;
import static io.escalus4j.stanza.MucBuilders.setRole;
import static io.escalus4j.stanza.MucBuilders.setRoomConfiguration;

import io.escalus4j.Client;
import io.escalus4j.NotApplicable;
import io.escalus4j.exml.Element;
import io.escalus4j.match.Matcher;
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
        overhear(room, owner, configured(room));
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
        enterAs(room, owner, owner.name());
        owner.expect(self(room, owner.name(), 201));
        owner.expect(roomSubject(room, ""));
        return room;
    }

    /** {@code client} enters, and these others see it. */
    static void enter(String room, Client client, Client... present) {
        enterAs(room, client, client.name());
        entered(room, client, present);
    }

    /** {@code client} wants to enter under this name. */
    static void enterAs(String room, Client client, String nick) {
        ignoresTheRoomItself(room, client);
        client.send(enterRoom(room, nick));
    }

    /** Some rooms send presence of their own, with what they can do (XEP-0115) or with their picture (XEP-0486 section 1). */
    static void ignoresTheRoomItself(String room, Client client) {
        client.ignore(available().from(room));
        client.ignore(unavailable().from(room));
    }

    /** Takes what a room may say or not, after all else that it has said to {@code client}. */
    static void overhear(String room, Client client, Matcher said) {
        client.request(getDiscoInfo(room));
        client.peek().stream().filter(said::matches).forEach(each -> client.expect(said));
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
        seesMore(room, client, present);
    }

    /** Who has become a moderator, or is none any more, may be shown the others once more: with their JIDs, or without. */
    static void seesMore(String room, Client client, Client... present) {
        for (Client other : present) {
            if (!other.equals(client)) {
                overhear(room, client, occupant(room, other.name()));
            }
        }
    }

    /** Makes {@code client} a visitor, who may have been one already (section 5.1.2 is a SHOULD), and these may see it. */
    static void silence(String room, Client by, Client client, Client... present) {
        by.iq(setRole(room, client.name(), "visitor"));
        for (Client other : present) {
            overhear(room, other, occupant(room, client.name()));
        }
    }

    /** Of accounts the server may offer it, and of rooms not. */
    static void requires(String room, Client client, String feature) {
        if (!client.iq(getDiscoInfo(room)).toXml().contains("var='" + feature + "'")) {
            throw NotApplicable.because("the rooms of this server do not offer %s", feature);
        }
    }

    /** Makes {@code client}, who is not in the room, something else; a room may tell both of it, or not. */
    static void affiliateAbsent(String room, Client by, Client client, String affiliation) {
        notToldOfAffiliations(room, by, client);
        by.iq(setAffiliation(room, client.account(), affiliation));
    }

    /** They do not hear who has become what outside of the room (section 16.6.2, code 101), and are not invited for it. */
    static void notToldOfAffiliations(String room, Client... clients) {
        for (Client client : clients) {
            client.ignore(message().ofType("normal").from(room).withChild("x", USER));
        }
    }

    /** What {@code speaker} says reaches all of these. */
    static void heard(String room, Client speaker, String body, Client... listeners) {
        speaker.send(groupchat(room, body));
        for (Client listener : listeners) {
            listener.expect(said(room, speaker.name(), body));
        }
    }
}
