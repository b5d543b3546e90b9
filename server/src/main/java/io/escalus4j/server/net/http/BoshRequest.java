package io.escalus4j.server.net.http;

import java.net.InetAddress;

/**
 * One request of a BOSH client (XEP-0124 section 5). Immutable.
 *
 * @param address where it came from
 * @param secure whether it came over TLS
 */
record BoshRequest(BoshBody body, InetAddress address, boolean secure, HttpAnswer answer) {
    static final String CONTENT_TYPE = "text/xml; charset=utf-8";

    /** For whom there is no session, or no longer. */
    void refuse(String condition) {
        answer.ok(CONTENT_TYPE, BoshBody.terminate(condition).element().toBytes());
    }

    /** To be called where it is known that there is one. */
    long rid() {
        return body.rid().orElseThrow();
    }
}
