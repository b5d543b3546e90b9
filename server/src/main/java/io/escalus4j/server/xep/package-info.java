/** The modules: one XEP, one file. */
@NullMarked
package io.escalus4j.server.xep;

import org.jspecify.annotations.NullMarked;
