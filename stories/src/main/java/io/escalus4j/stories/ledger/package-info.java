/** What the specifications demand, which stories claim to prove it, and the matrix of both. */
@NullMarked
package io.escalus4j.stories.ledger;

import org.jspecify.annotations.NullMarked;
