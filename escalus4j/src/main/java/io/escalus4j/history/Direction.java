package io.escalus4j.history;

/** What an entry of the history tells. */
public enum Direction {
    /** Somebody sent a stanza. */
    OUT,
    /** A stanza arrived at somebody. */
    IN,
    /** The story took an arrived stanza. */
    CONSUMED,
    /** Words of a story. */
    NOTE,
    /** Something went wrong between somebody and the server, because the story wanted it. */
    FAULT,
    /** The server's time was moved. */
    CLOCK,
    /** Somebody made sure that nothing more is due. */
    FENCE,
    /** An expectation was not met. */
    FAILURE
}
