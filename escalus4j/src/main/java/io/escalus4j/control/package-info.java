/** The inside of a server, for stories that look at it beside what its clients see: the port, and what a story makes of it. */
@NullMarked
package io.escalus4j.control;

import org.jspecify.annotations.NullMarked;
