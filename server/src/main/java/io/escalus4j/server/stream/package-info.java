/** Streams of clients (RFC 6120 sections 4 to 7): from the first byte to the bound session and its end. */
@NullMarked
package io.escalus4j.server.stream;

import org.jspecify.annotations.NullMarked;
