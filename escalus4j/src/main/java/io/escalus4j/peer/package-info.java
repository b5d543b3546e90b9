/** Peers that say exactly what a script says, for tests of whoever talks to them. */
@NullMarked
package io.escalus4j.peer;

import org.jspecify.annotations.NullMarked;
