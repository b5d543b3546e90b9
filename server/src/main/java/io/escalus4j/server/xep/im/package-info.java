/** Instant messaging and presence (RFC 6121): rosters, subscriptions, presence. */
@NullMarked
package io.escalus4j.server.xep.im;

import org.jspecify.annotations.NullMarked;
