/** Which lines each story reaches in every JVM of a run, and which stories a change concerns. */
@NullMarked
package io.escalus4j.stories.coverage;

import org.jspecify.annotations.NullMarked;
