/** The thin layer that lets JUnit tell stories; the only package that needs JUnit. */
@NullMarked
package io.escalus4j.junit;

import org.jspecify.annotations.NullMarked;
