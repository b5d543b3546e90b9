package io.escalus4j.history;

/** What an entry of the history tells. */
public enum Direction {
    /** Somebody sent a stanza. */
    OUT,
    /** A stanza arrived at somebody. */
    IN,
    /** The story took an arrived stanza. */
    CONSUMED,
    /** Words, for example of a fault or of a clock that jumped. */
    NOTE,
    /** Somebody made sure that nothing more is due. */
    FENCE,
    /** An expectation was not met. */
    FAILURE
}
