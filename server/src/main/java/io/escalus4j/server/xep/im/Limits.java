package io.escalus4j.server.xep.im;

import io.escalus4j.server.store.RosterItem;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Presence;
import io.escalus4j.server.xmpp.StanzaError;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what is too much, counts it and logs it. Thread-safe. */
final class Limits {
    private static final Logger LOG = LoggerFactory.getLogger(Limits.class);

    private final ImConfig config;
    private final MeterRegistry metrics;

    Limits(ImConfig config, MeterRegistry metrics) {
        this.config = config;
        this.metrics = metrics;
    }

    /** Why {@code contact} cannot be added to the roster. */
    Optional<StanzaError> contact(Jid owner, Jid contact, List<RosterItem> roster) {
        boolean known =
                roster.stream().anyMatch(item -> item.listed() && item.contact().equals(contact));
        if (known || count(roster, RosterItem::listed) < config.maxContacts()) {
            return Optional.empty();
        }
        hit("contacts", owner);
        return Optional.of(StanzaError.of(
                Condition.POLICY_VIOLATION,
                "the roster is full, at most %d contacts are allowed",
                config.maxContacts()));
    }

    /** Whether one more subscription request can wait for its answer. */
    boolean hasRoomForRequest(Jid owner, List<RosterItem> roster) {
        boolean room = count(roster, item -> item.pendingIn().isPresent()) < config.maxRequests();
        if (!room) {
            hit("subscription-requests", owner);
        }
        return room;
    }

    /** Why a request is too large to be kept until it is answered (RFC 6121 section 3.1.3). */
    Optional<StanzaError> request(Jid owner, Presence stanza) {
        int bytes = stanza.type() == Presence.Type.SUBSCRIBE ? stanza.element().toBytes().length : 0;
        if (bytes <= config.maxRequestBytes()) {
            return Optional.empty();
        }
        hit("subscription-request-bytes", owner);
        return Optional.of(StanzaError.of(
                Condition.POLICY_VIOLATION,
                "a subscription request of %d bytes, at most %d are allowed",
                bytes,
                config.maxRequestBytes()));
    }

    /** Why a session cannot send directed presence to one more entity. */
    Optional<StanzaError> directed(Jid sender, Jid to, Collection<Jid> told) {
        if (told.contains(to) || told.size() < config.maxDirected()) {
            return Optional.empty();
        }
        hit("directed-presence", sender);
        return Optional.of(StanzaError.of(
                Condition.RESOURCE_CONSTRAINT,
                "directed presence to %d entities, no more are allowed in one session",
                told.size()));
    }

    private static long count(List<RosterItem> roster, Predicate<RosterItem> counted) {
        return roster.stream().filter(counted).count();
    }

    private void hit(String limit, Jid by) {
        metrics.counter("xmpp.limits.hit", "limit", limit).increment();
        LOG.info("event=limit-hit limit={} account={}", limit, by.bare());
    }
}
