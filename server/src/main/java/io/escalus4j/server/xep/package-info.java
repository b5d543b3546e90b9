/** The modules, one file per specification, and the catalogue of all of them. */
@NullMarked
package io.escalus4j.server.xep;

import org.jspecify.annotations.NullMarked;
