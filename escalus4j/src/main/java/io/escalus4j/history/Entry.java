package io.escalus4j.history;

import io.escalus4j.exml.Element;
import java.time.Duration;
import java.util.Optional;

/**
 * One line of a history.
 *
 * @param at since the history began, by a monotonic clock
 * @param who whose stream it was, by nickname; empty for what concerns everybody
 * @param stanza the stanza without its secrets, if there is one
 * @param text for people, for example {@code chat to bob}
 */
public record Entry(Duration at, String who, Direction direction, Optional<Element> stanza, String text) {

    boolean isOnTheWire() {
        return direction == Direction.OUT || direction == Direction.IN;
    }
}
