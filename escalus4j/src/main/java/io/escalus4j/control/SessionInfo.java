package io.escalus4j.control;

/**
 * One session of a server. Immutable.
 *
 * @param jid the full JID
 * @param presence {@code available}, {@code unavailable}, or what {@code <show/>} says
 * @param priority of its presence, 0 without one
 * @param connected whether it has a stream; without one it waits to be resumed
 */
public record SessionInfo(String jid, String presence, int priority, boolean connected) {}
