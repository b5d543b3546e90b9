/** Says whether a stanza is the expected one, and if not, why not. Depends on {@code history} and exml4j only. */
@NullMarked
package io.escalus4j.match;

import org.jspecify.annotations.NullMarked;
