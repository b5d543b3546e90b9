/** The stories: what an XMPP server promises, told by clients that use it. */
@NullMarked
package io.escalus4j.stories;

import org.jspecify.annotations.NullMarked;
