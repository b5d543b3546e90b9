package io.escalus4j.server.xep.muclight;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xep.muclight.Notice.Affiliated;
import io.escalus4j.server.xep.muclight.Notice.Configured;
import io.escalus4j.server.xep.muclight.Notice.Created;
import io.escalus4j.server.xep.muclight.Notice.Joined;
import io.escalus4j.server.xep.muclight.Notice.Left;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Stanza;
import java.util.List;

/** The words of MUC Light itself. Immutable. */
final class Modern implements Language {
    private final RoomSchema schema;
    private final RoomRequests requests;

    Modern(RoomSchema schema) {
        this.schema = schema;
        this.requests = new RoomRequests(schema);
    }

    @Override
    public String namespace() {
        return RoomXml.NS;
    }

    @Override
    public RoomRequest read(Iq iq) {
        return requests.read(iq);
    }

    @Override
    public Element answer(Outcome.Told told, Element query) {
        return switch (told.section()) {
            case CONFIGURATION -> RoomXml.configuration(told.room(), schema);
            case AFFILIATIONS -> RoomXml.affiliations(told.room());
            case INFO -> RoomXml.info(told.room(), schema);
        };
    }

    @Override
    public List<Stanza> tell(Jid room, Notice notice, Notice.Cause cause, List<Element> name) {
        boolean mayRead = !(notice instanceof Left) && !(notice instanceof Notice.Destroyed);
        return List.of(RoomXml.notice(room, cause.id(), payload(notice), mayRead ? name : List.of()));
    }

    /** {@code <x/>}, or two where a room is no more. */
    static List<Element> payload(Notice notice) {
        if (notice instanceof Configured configured) {
            return List.of(RoomXml.configured(configured.before(), configured.after(), configured.fields()));
        }
        if (notice instanceof Affiliated affiliated) {
            return List.of(RoomXml.changed(affiliated.before(), affiliated.after(), affiliated.changes()));
        }
        if (notice instanceof Created created) {
            return List.of(RoomXml.joined(created.room(), created.user()));
        }
        if (notice instanceof Joined joined) {
            return List.of(RoomXml.joined(joined.room(), joined.user()));
        }
        return notice instanceof Left left
                ? List.of(RoomXml.left(left.user()))
                : List.of(RoomXml.destroyed(), RoomXml.left(((Notice.Destroyed) notice).user()));
    }
}
