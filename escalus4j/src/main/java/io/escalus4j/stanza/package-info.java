/** Builders of stanzas, for static import. */
@NullMarked
package io.escalus4j.stanza;

import org.jspecify.annotations.NullMarked;
