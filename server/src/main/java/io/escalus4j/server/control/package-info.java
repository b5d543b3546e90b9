/** A server's inside for tests: what it is like, what happens and what it logs, and changes of that; never in production. */
@NullMarked
package io.escalus4j.server.control;

import org.jspecify.annotations.NullMarked;
