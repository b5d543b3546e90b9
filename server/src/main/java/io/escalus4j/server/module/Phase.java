package io.escalus4j.server.module;

/** In which order handlers of one hook run; within a phase in the order of installation. */
public enum Phase {
    /** May this happen at all? Blocking, limits. */
    GUARD,
    /** What must stand on the stanza before anybody keeps it: ids, delays. */
    STAMP,
    /** Archives. */
    RECORD,
    /** Carbons. */
    COPY,
    /** Who takes it: presence, offline storage. */
    DELIVER,
    /** Notifications of what has happened. */
    AFTER
}
