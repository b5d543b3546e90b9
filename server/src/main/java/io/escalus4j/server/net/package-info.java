/** Connections by Netty: listeners, TLS, and the bytes of streams. */
@NullMarked
package io.escalus4j.server.net;

import org.jspecify.annotations.NullMarked;
