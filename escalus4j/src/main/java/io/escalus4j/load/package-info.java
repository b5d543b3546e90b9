/**
 * Many light clients on one thread, for load: they read every stanza and check nothing else. Knows no stories and no JUnit;
 * what is told as a story is told by {@link io.escalus4j.Client}.
 */
@NullMarked
package io.escalus4j.load;

import org.jspecify.annotations.NullMarked;
