package io.escalus4j.exml;

/** What the next bytes are, known from the first few of them. */
enum Token {
    /** Too few bytes to say. */
    UNDECIDED,
    TEXT,
    START_TAG,
    END_TAG,
    CDATA,
    COMMENT,
    INSTRUCTION,
    /** {@code <?xml …?>}. */
    DECLARATION,
    DOCTYPE
}
