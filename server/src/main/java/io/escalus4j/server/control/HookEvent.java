package io.escalus4j.server.control;

import java.time.Instant;
import java.util.List;

/**
 * Something that happened at a hook. Immutable.
 *
 * @param subject {@code message}, {@code iq}, {@code presence}, {@code session}, {@code account}, or empty
 * @param jids whom it concerns, the sender first
 */
public record HookEvent(long number, Instant at, String hook, String subject, List<String> jids) {}
