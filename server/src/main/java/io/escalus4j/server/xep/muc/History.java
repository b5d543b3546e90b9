package io.escalus4j.server.xep.muc;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xep.DelayedDelivery;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What was said last in a room, for those who enter (sections 7.2.13 and 7.2.14): so many messages, and no more bytes than
 * who enters can take at once. Confined to the room's lane.
 */
final class History {
    private static final int MOST_BYTES = 512 * 1024;

    /**
     * @param id the stanza id that the room gave it (XEP-0359)
     * @param message as it was said, to nobody
     * @param broughtAlong whether an owner has it from elsewhere, and says when that was (section 7.9)
     */
    record Entry(String id, Element message, Instant at, boolean broughtAlong) {
        boolean isSince(Instant start) {
            return !at.isBefore(start);
        }

        Entry with(Element other) {
            return new Entry(id, other, at, broughtAlong);
        }

        /** With the time at which it was said here, unless it was said elsewhere. */
        Element told(Jid room) {
            return broughtAlong ? message : message.with(DelayedDelivery.note(room.toString(), at, ""));
        }
    }

    /** How much of it somebody wants; the least of all counts. */
    record Wish(int stanzas, long characters, Instant since) {
        static final Wish ALL = new Wish(Integer.MAX_VALUE, Long.MAX_VALUE, Instant.MIN);

        /** What {@code <history/>} says. */
        static Wish of(Optional<Element> history, Instant now) {
            return history.map(asked -> new Wish(
                            (int) number(asked, "maxstanzas")
                                    .orElse((long) ALL.stanzas)
                                    .longValue(),
                            number(asked, "maxchars").orElse(ALL.characters),
                            since(asked, now)))
                    .orElse(ALL);
        }

        private static Instant since(Element asked, Instant now) {
            Instant start = asked.attribute("since").map(Wish::time).orElse(ALL.since);
            Instant recent = number(asked, "seconds").map(now::minusSeconds).orElse(ALL.since);
            return start.isAfter(recent) ? start : recent;
        }

        private static Optional<Long> number(Element asked, String name) {
            var text = asked.attribute(name);
            Refused.unless(
                    text.filter(value -> !value.matches("[0-9]{1,9}")).isEmpty(),
                    Condition.BAD_REQUEST,
                    "%s is '%s', a number is allowed (XEP-0045 section 7.2.14)",
                    name,
                    text.orElse(""));
            return text.map(Long::valueOf);
        }

        private static Instant time(String text) {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeParseException noTime) {
                throw Refused.because(
                        Condition.BAD_REQUEST, "since is '%s', a time is allowed (XEP-0082 section 3.2)", text);
            }
        }
    }

    private final int most;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private long bytes;

    History(int most) {
        this.most = most;
    }

    History copy() {
        var copy = new History(most);
        copy.entries.addAll(entries);
        copy.bytes = bytes;
        return copy;
    }

    List<Entry> all() {
        return List.copyOf(entries);
    }

    void add(Entry entry) {
        entries.addLast(entry);
        bytes += entry.message().size();
        while (entries.size() > most || bytes > MOST_BYTES && entries.size() > 1) {
            bytes -= entries.removeFirst().message().size();
        }
    }

    Optional<Entry> find(String id) {
        return entries.stream().filter(entry -> entry.id().equals(id)).findFirst();
    }

    /** Puts something else in the place of what was said. */
    void replace(String id, UnaryOperator<Element> change) {
        var kept = new ArrayList<>(entries);
        entries.clear();
        bytes = 0;
        kept.forEach(entry -> add(entry.id().equals(id) ? entry.with(change.apply(entry.message())) : entry));
    }

    /** The newest that keep to the wish and to the room's own limit, oldest first. */
    List<Element> told(Jid room, Jid listener, Wish wish, int roomsLimit) {
        var told = new ArrayList<Element>();
        long characters = 0;
        for (var newest = entries.descendingIterator(); newest.hasNext(); ) {
            Entry entry = newest.next();
            Element stanza = entry.told(room).with("to", listener.toString());
            characters += stanza.toXml().length();
            if (told.size() >= Math.min(wish.stanzas(), roomsLimit)
                    || characters > wish.characters()
                    || !entry.isSince(wish.since())) {
                break;
            }
            told.add(stanza);
        }
        Collections.reverse(told);
        return told;
    }
}
