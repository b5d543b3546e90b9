package io.escalus4j.server.xep.muc;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Stanza;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a room has to say when it has dealt with a stanza, in order; nobody hears it before what must be kept is kept.
 * Confined to the room's lane.
 */
final class Says {
    /**
     * One stanza for many, each of whom gets it under the own address.
     *
     * @param event what modules hear of it first, if it was said by an occupant
     */
    record Saying(Stanza stanza, List<Jid> recipients, Optional<RoomMessage> event) {}

    private final List<Saying> sayings = new ArrayList<>();
    private Optional<RoomQuery> asked = Optional.empty();
    private boolean changed;

    List<Saying> sayings() {
        return sayings;
    }

    void each(Stanza stanza, Collection<Jid> recipients) {
        if (!recipients.isEmpty()) {
            sayings.add(new Saying(stanza, List.copyOf(recipients), Optional.empty()));
        }
    }

    void said(RoomMessage event, List<Jid> recipients) {
        sayings.add(new Saying(event.message(), recipients, Optional.of(event)));
    }

    /** What {@code other} says comes behind. */
    void add(Says other) {
        sayings.addAll(other.sayings);
        changed |= other.changed;
    }

    void one(Stanza stanza, Jid recipient) {
        each(stanza, List.of(recipient));
    }

    void result(Iq request) {
        one(request.result(), request.from());
    }

    void result(Iq request, Element payload) {
        one(request.result(payload), request.from());
    }

    void refuse(Stanza stanza, Refused refused) {
        if (!stanza.isError()) {
            one(stanza.refusedWith(refused.error()), stanza.from());
        }
    }

    /** Somebody else is to answer this. */
    void ask(RoomQuery query) {
        asked = Optional.of(query);
    }

    Optional<RoomQuery> asked() {
        return asked;
    }

    /** The room is another from now on, and must be kept so before anybody hears of it. */
    void change() {
        changed = true;
    }

    boolean isChanged() {
        return changed;
    }
}
