/** What time it is, and what is due when. Nothing else in a server asks the machine for the time. */
@NullMarked
package io.escalus4j.server.time;

import org.jspecify.annotations.NullMarked;
