/** Group chat without presence: MUC Light. */
@NullMarked
package io.escalus4j.server.xep.muclight;

import org.jspecify.annotations.NullMarked;
