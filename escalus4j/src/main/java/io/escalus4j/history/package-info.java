/** What happened in a story: every stanza with its time, drawn as a sequence diagram. Depends on exml4j only. */
@NullMarked
package io.escalus4j.history;

import org.jspecify.annotations.NullMarked;
