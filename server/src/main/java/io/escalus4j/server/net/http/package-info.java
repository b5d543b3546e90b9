/** Streams over HTTP: WebSocket (RFC 7395), BOSH (XEP-0124, XEP-0206), and where to find them (XEP-0156). */
@NullMarked
package io.escalus4j.server.net.http;

import org.jspecify.annotations.NullMarked;
