package io.escalus4j.server.module;

import java.net.InetAddress;

/**
 * Who has opened a stream and not authenticated yet (RFC 6120 section 1.2): there is no JID to know it by.
 *
 * @param domain that the stream was opened to
 * @param address that it comes from
 * @param secure whether TLS protects the stream
 */
public record InitiatingEntity(String domain, InetAddress address, boolean secure) {}
