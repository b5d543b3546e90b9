package io.escalus4j.server.stream;

import io.escalus4j.exml.Element;
import io.escalus4j.server.module.Hook.Late;
import io.escalus4j.server.xmpp.Ns;
import io.escalus4j.server.xmpp.Stanza;
import java.util.List;
import java.util.Optional;

/**
 * How stanzas get to the client of a session: over the stream that owns the session now, and, where the stream is
 * managed (XEP-0198), by way of the stanzas that are not acknowledged. Thread-safe: whatever counts is done under one
 * lock, so that stanzas are counted in the order in which they are on the wire.
 *
 * <pre>
 * ATTACHED --lost--> DETACHED --claim--> CLAIMED --attach--> ATTACHED
 *     `---------------claim------------------^     each of them --end--> OVER
 * </pre>
 */
final class Delivery {
    private static final Element REQUEST = Element.of("r", Ns.SM);

    private enum Link {
        ATTACHED,
        DETACHED,
        CLAIMED,
        OVER
    }

    /** What became of a stanza; it is late if nobody will get it here. */
    enum Fate {
        TAKEN,
        TOO_MUCH,
        LATE
    }

    private Link link = Link.ATTACHED;
    private ClientStream owner;
    private Optional<Unacked> unacked = Optional.empty();
    private boolean resumable;
    private boolean closing;
    private boolean asked;
    private long losses;

    Delivery(ClientStream owner) {
        this.owner = owner;
    }

    /** From here on stanzas are counted; {@code enabled} goes out ahead of the first. */
    synchronized void manage(Unacked queue, boolean mayResume, Element enabled) {
        unacked = Optional.of(queue);
        resumable = mayResume;
        owner.send(enabled);
    }

    synchronized boolean isAttached() {
        return link == Link.ATTACHED;
    }

    /** Whether the session outlives its stream. */
    synchronized boolean isResumable() {
        return resumable && !closing;
    }

    synchronized boolean isManaged() {
        return unacked.isPresent();
    }

    // ---- stanzas

    synchronized Fate deliver(Stanza stanza, boolean copy) {
        if (unacked.isEmpty()) {
            return owner.deliver(stanza) ? Fate.TAKEN : Fate.LATE;
        }
        return link == Link.OVER ? Fate.LATE : keep(unacked.get(), stanza, copy);
    }

    /** For what could also wait elsewhere: what comes from others needs room, too. */
    synchronized boolean hasRoom() {
        return unacked.map(Unacked::hasRoom).orElse(true);
    }

    private Fate keep(Unacked queue, Stanza stanza, boolean copy) {
        byte[] xml = owner.rendered(stanza);
        boolean fits = queue.add(stanza, owner.context().time().now(), copy, xml.length);
        owner.context().metrics().unacked(1);
        if (link == Link.ATTACHED) {
            owner.deliver(stanza, xml);
            ask(queue);
        }
        return fits ? Fate.TAKEN : Fate.TOO_MUCH;
    }

    /** One request at a time is on its way: who answers fast is asked often, who answers slowly seldom. */
    private void ask(Unacked queue) {
        if (!asked || queue.isAtLimit()) {
            asked = true;
            owner.send(REQUEST);
        }
    }

    /** How many were sent, if that is fewer than the client says it has handled. */
    synchronized Optional<Long> acknowledge(long h) {
        var queue = unacked.orElseThrow();
        if (!queue.allows(h)) {
            return Optional.of(queue.sentOnTheWire());
        }
        owner.context().metrics().unacked(-queue.acknowledge(h));
        asked = false;
        if (queue.size() > 0 && link == Link.ATTACHED) {
            ask(queue);
        }
        return Optional.empty();
    }

    // ---- whose it is

    /** A stream is gone without a good-bye. */
    synchronized boolean lost(ClientStream gone) {
        if (gone != owner || !isResumable() || link == Link.OVER) {
            return false;
        }
        link = Link.DETACHED;
        losses++;
        return true;
    }

    synchronized boolean isOwnedBy(ClientStream stream) {
        return stream == owner;
    }

    synchronized boolean isDetached() {
        return link == Link.DETACHED;
    }

    /** Tells one loss from the next. */
    synchronized long losses() {
        return losses;
    }

    /** Makes {@code stream} the owner, as far as the session goes on; returns the one before. */
    synchronized Optional<ClientStream> claim(ClientStream stream) {
        if (!isResumable() || link == Link.OVER) {
            return Optional.empty();
        }
        var before = owner;
        owner = stream;
        link = Link.CLAIMED;
        return Optional.of(before);
    }

    /** Goes on with {@code stream} if it still is the owner: {@code resumed}, what was not acknowledged, what is new. */
    synchronized boolean attach(ClientStream stream, Element resumed) {
        if (owner != stream || link != Link.CLAIMED) {
            return false;
        }
        link = Link.ATTACHED;
        asked = false;
        owner.send(resumed);
        unacked.orElseThrow().stanzas().forEach(late -> owner.send(late.stanza().element()));
        if (unacked.get().size() > 0) {
            ask(unacked.get());
        }
        return true;
    }

    // ---- the end

    /** Nobody may resume any more; the stream that must be ended, if there is one. */
    synchronized Optional<ClientStream> closing() {
        closing = true;
        return link == Link.DETACHED || link == Link.OVER ? Optional.empty() : Optional.of(owner);
    }

    synchronized ClientStream owner() {
        return owner;
    }

    /** What was not acknowledged; empty if that has been told before. */
    synchronized Optional<List<Late>> end() {
        if (link == Link.OVER) {
            return Optional.empty();
        }
        link = Link.OVER;
        var left = unacked.map(Unacked::stanzas).orElse(List.of());
        owner.context().metrics().unacked(-left.size());
        return Optional.of(left);
    }

    /** Whether the session still waits after its loss of this number. */
    synchronized boolean isLost(long loss) {
        return link == Link.DETACHED && losses == loss;
    }

    /** Nobody may resume any more, if the session still waits after its loss of this number. */
    synchronized boolean giveUp(long loss) {
        closing = closing || isLost(loss);
        return isLost(loss);
    }
}
