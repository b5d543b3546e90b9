package io.escalus4j.stories.bench;

import io.escalus4j.load.LoadClient;
import java.util.List;
import java.util.stream.Collectors;

/** A room of either kind, and what its clients say to it, as XML that every server takes. */
record Room(Kind kind, String name) {
    static final String DOMAIN = "localhost";
    private static final String BODY = "Tea at five, as ever, in the garden if it does not rain";

    enum Kind {
        MUC,
        LIGHT
    }

    String jid() {
        return name + '@' + (kind == Kind.MUC ? "muc." : "muclight.") + DOMAIN;
    }

    String message(String id) {
        return "<message type='groupchat' to='%s' id='%s'><body>%s</body></message>".formatted(jid(), id, BODY);
    }

    // ---- multi-user chat

    String occupant(LoadClient client) {
        return jid() + '/' + client.name();
    }

    String entering(LoadClient client) {
        return "<presence to='%s'><x xmlns='http://jabber.org/protocol/muc'><history maxstanzas='0'/></x></presence>"
                .formatted(occupant(client));
    }

    String leaving(LoadClient client) {
        return "<presence type='unavailable' to='%s'/>".formatted(occupant(client));
    }

    /** The standard configuration will do, but for this. */
    String configuring(boolean persistent) {
        String kept =
                "<field var='muc#roomconfig_persistentroom'><value>%d</value></field>".formatted(persistent ? 1 : 0);
        return ("<iq type='set' to='%s' id='configure-%s'><query xmlns='http://jabber.org/protocol/muc#owner'>"
                        + "<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'>"
                        + "<value>http://jabber.org/protocol/muc#roomconfig</value></field>%s</x></query></iq>")
                .formatted(jid(), name, kept);
    }

    // ---- MUC Light

    String creating(List<LoadClient> members) {
        String occupants = members.stream()
                .map(member -> "<user affiliation='member'>%s@%s</user>".formatted(member.name(), DOMAIN))
                .collect(Collectors.joining());
        return ("<iq type='set' to='%s' id='create-%s'><query xmlns='urn:xmpp:muclight:0#create'><configuration>"
                        + "<roomname>%s</roomname></configuration><occupants>%s</occupants></query></iq>")
                .formatted(jid(), name, name, occupants);
    }
}
