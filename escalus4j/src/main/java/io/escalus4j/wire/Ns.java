package io.escalus4j.wire;

/** The namespaces of RFC 6120, and of what may take the place of its parts. */
final class Ns {
    static final String CLIENT = "jabber:client";
    static final String SERVER = "jabber:server";
    static final String STREAMS = "http://etherx.jabber.org/streams";
    static final String STREAM_ERRORS = "urn:ietf:params:xml:ns:xmpp-streams";
    static final String STANZA_ERRORS = "urn:ietf:params:xml:ns:xmpp-stanzas";
    static final String TLS = "urn:ietf:params:xml:ns:xmpp-tls";
    static final String SASL = "urn:ietf:params:xml:ns:xmpp-sasl";
    static final String SASL2 = "urn:xmpp:sasl:2";
    static final String BIND2 = "urn:xmpp:bind:0";
    static final String FAST = "urn:xmpp:fast:0";
    static final String BIND = "urn:ietf:params:xml:ns:xmpp-bind";
    static final String SESSION = "urn:ietf:params:xml:ns:xmpp-session";

    private Ns() {}
}
