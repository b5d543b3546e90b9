package io.escalus4j.server.xep.mam;

import io.escalus4j.exml.Element;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Phase;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.store.MucRoom.Affiliation;
import io.escalus4j.server.xep.mam.RoomArchives.Access;
import io.escalus4j.server.xep.mam.RoomArchives.Asked;
import io.escalus4j.server.xep.muc.Muc;
import io.escalus4j.server.xep.muc.RoomMessage;
import io.escalus4j.server.xep.muc.RoomQuery;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.List;

/**
 * The archives of rooms of multi-user chat (XEP-0313 section 6.1.2). Who said something is kept with it, and shown to who
 * may know it when asking. Thread-safe.
 */
final class MultiUserArchives {
    private static final String MUC_USER = "http://jabber.org/protocol/muc#user";

    private final RoomArchives rooms;

    MultiUserArchives(RoomArchives rooms) {
        this.rooms = rooms;
    }

    void install(Hooks hooks) {
        hooks.on(Muc.SAID, Phase.RECORD, this::said)
                .on(Muc.ASKED, Phase.DELIVER, this::asked)
                .on(Muc.CREATED, Phase.RECORD, this::forget)
                .on(Muc.DESTROYED, Phase.RECORD, this::forget);
    }

    private Verdict<RoomMessage> said(RoomMessage said) {
        var stored = said.message().with(stored(said));
        return Verdict.later(rooms.keep(said.room(), said.speaker().bare(), said.id(), stored)
                .thenApply(done -> Verdict.proceed(said)));
    }

    /** With the speaker, if it is not the room itself. */
    private static Element stored(RoomMessage said) {
        Message message = said.message();
        Element plain = StanzaIds.without(message.element(), said.room()).without("x", MUC_USER);
        if (message.from().isBare()) {
            return plain;
        }
        Element item = Element.of("item", MUC_USER).with("jid", said.speaker().toString());
        return plain.with(Element.of("x", MUC_USER).with(item))
                .with(said.nonAnonymous() ? List.of() : List.of(Author.DISCREET));
    }

    private Verdict<Jid> forget(Jid room) {
        return Verdict.later(rooms.forgotten(room).thenApply(gone -> Verdict.proceed(room)));
    }

    // ---- who may read it

    private Verdict<RoomQuery> asked(RoomQuery query) {
        if (!RoomArchives.isAbout(query.iq())) {
            return Verdict.proceed(query);
        }
        var asked = Asked.of(query.iq(), access(query), Condition.FORBIDDEN)
                .seenAs(stanza -> seen(stanza, query.moderator(), query.nonAnonymous()));
        return Verdict.proceed(query.answered(rooms.answer(asked)));
    }

    /** The lists of the preferences have real JIDs, so they are for those alone who have made them. */
    private static Access access(RoomQuery query) {
        if (query.affiliation() == Affiliation.OWNER) {
            return Access.MANAGE;
        }
        boolean mayRead = query.occupant() || mayEnter(query);
        return mayRead && !query.iq().payload().name().equals(Preferences.NAME) ? Access.READ : Access.NONE;
    }

    private static boolean mayEnter(RoomQuery query) {
        boolean belongs = query.affiliation() == Affiliation.MEMBER || query.affiliation() == Affiliation.ADMIN;
        return query.affiliation() != Affiliation.OUTCAST && !query.secret() && (belongs || !query.membersOnly());
    }

    private static Element seen(Element stanza, boolean moderator, boolean nonAnonymous) {
        boolean discreet = stanza.has(Author.DISCREET.name(), Author.DISCREET.namespace());
        Element told = stanza.without(Author.DISCREET.name(), Author.DISCREET.namespace());
        return moderator || nonAnonymous && !discreet ? told : told.without("x", MUC_USER);
    }
}
