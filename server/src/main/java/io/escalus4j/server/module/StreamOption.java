package io.escalus4j.server.module;

/** What streams can do because a module is installed; the doing is the stream's own business. */
public enum StreamOption {
    /** SCRAM may be bound to the channel (XEP-0440). */
    CHANNEL_BINDING,
    /** SCRAM tells a hash of the offer (XEP-0474). */
    HASHED_OFFER,
    /** Certificates of clients count (XEP-0178). */
    EXTERNAL,
    /** There may be accounts that vanish with their session (XEP-0175). */
    ANONYMOUS,
    /** The extensible profile of SASL (XEP-0388). */
    EXTENSIBLE_SASL,
    /** Resources are bound together with the authentication (XEP-0386). */
    BIND2,
    /** Clients log in by tokens (XEP-0484). */
    FAST
}
