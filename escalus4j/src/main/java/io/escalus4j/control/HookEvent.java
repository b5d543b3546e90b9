package io.escalus4j.control;

import java.time.Instant;
import java.util.List;

/**
 * Something that happened at one of the server's hooks. Immutable.
 *
 * @param hook for example {@code sent}, {@code received}, {@code bound}, {@code closed}
 * @param subject what it was about: {@code message}, {@code iq}, {@code presence}, {@code session}, {@code account}, or empty
 * @param jids whom it concerns, sender first
 */
public record HookEvent(long number, Instant at, String hook, String subject, List<String> jids) {
    public HookEvent {
        jids = List.copyOf(jids);
    }
}
