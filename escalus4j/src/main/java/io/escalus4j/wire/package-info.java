/**
 * How a client reaches its server: wires, TLS, and the steps from an open socket to a bound resource (RFC 6120 sections 4
 * to 7). Knows no stories and no JUnit.
 */
@NullMarked
package io.escalus4j.wire;

import org.jspecify.annotations.NullMarked;
