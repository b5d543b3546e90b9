/** The reference of what stories may say, made from the sources. */
@NullMarked
package io.escalus4j.stories.reference;

import org.jspecify.annotations.NullMarked;
