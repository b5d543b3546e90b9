package io.escalus4j.server.module;

/** Whom a request is for. */
public enum To {
    /** The server itself: its domain. */
    SERVER,
    /** The sender's own account: its bare JID, or no address at all (RFC 6120 section 10.3.3). */
    OWN_ACCOUNT,
    /** An account's bare JID, whoever asks; the handler decides what that entity may know. */
    ACCOUNT
}
