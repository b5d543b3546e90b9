package io.escalus4j.server.xep.muc;

import io.escalus4j.exml.Element;
import io.escalus4j.server.TestSession;
import io.escalus4j.server.World;
import io.escalus4j.server.store.Stores;
import io.escalus4j.server.xep.im.ImConfig;
import io.escalus4j.server.xep.im.InstantMessaging;
import io.escalus4j.server.xep.muc.MucConfig.Creators;
import java.time.Duration;
import java.util.List;

/** A room, and what tests send to it. */
final class Club {
    static final String ROOM = "club@muc.localhost";

    private Club() {}

    static World world(Stores stores, MucConfig config) {
        return World.of(
                stores,
                List.of(
                        context -> new InstantMessaging(context, ImConfig.STANDARD),
                        context -> new Muc(context, config)));
    }

    static MucConfig with(Creators creators, int rooms, int occupants, int affiliations) {
        return new MucConfig(
                "muc", creators, rooms, 10, occupants, affiliations, 1000, 100, Duration.ofMinutes(10), 100, 1000);
    }

    static void enter(TestSession session, String nick) {
        session.sends("<presence to='%s/%s'><x xmlns='%s'/></presence>".formatted(ROOM, nick, MucXml.NS));
    }

    static void configure(TestSession owner, String fields) {
        configure(owner, ROOM, fields);
    }

    static String persistent() {
        return "<field var='muc#roomconfig_persistentroom'><value>1</value></field>";
    }

    static void say(TestSession speaker, String body) {
        speaker.sends("<message type='groupchat' to='%s'><body>%s</body></message>".formatted(ROOM, body));
    }

    static String last(TestSession session) {
        List<Element> received = session.received();
        return received.get(received.size() - 1).toXml();
    }

    static String all(TestSession session) {
        return session.received().toString();
    }

    static void configure(TestSession owner, String room, String fields) {
        owner.sends(("<iq type='set' id='c' to='%s'><query xmlns='%s'><x xmlns='jabber:x:data' type='submit'>"
                        + "<field var='FORM_TYPE'><value>%s</value></field>%s</x></query></iq>")
                .formatted(room, MucXml.OWNER, MucXml.CONFIG, fields));
    }

    static void register(TestSession user, String nick) {
        user.sends(("<iq type='set' id='r' to='%s'><query xmlns='jabber:iq:register'>"
                        + "<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>%s</value></field>"
                        + "<field var='muc#register_roomnick'><value>%s</value></field></x></query></iq>")
                .formatted(ROOM, MucXml.REGISTER, nick));
    }

    static String membersOnly() {
        return "<field var='muc#roomconfig_membersonly'><value>1</value></field>";
    }
}
