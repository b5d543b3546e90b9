package io.escalus4j.wire;

/** Whether and how a stream is encrypted. */
public enum Tls {
    /** STARTTLS; a server that does not offer it is an error (RFC 6120 section 5). */
    REQUIRED,
    /** STARTTLS if the server offers it. */
    OPTIONAL,
    /** Plain text; a server that requires STARTTLS is an error. */
    OFF,
    /** TLS from the first byte (XEP-0368). */
    DIRECT
}
