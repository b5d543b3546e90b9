/** An XMPP server (RFC 6120, RFC 6121) that starts in a test or on its own. */
@NullMarked
package io.escalus4j.server;

import org.jspecify.annotations.NullMarked;
