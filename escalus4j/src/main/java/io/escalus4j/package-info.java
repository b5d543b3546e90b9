/** Stories about XMPP clients. This package and all but {@code io.escalus4j.junit} work without JUnit. */
@NullMarked
package io.escalus4j;

import org.jspecify.annotations.NullMarked;
