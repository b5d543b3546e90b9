/** Bytes to elements and back: the restricted XML of RFC 6120 section 11. Knows no XMPP semantics. */
@NullMarked
package io.escalus4j.exml;

import org.jspecify.annotations.NullMarked;
