/** Storage that is gone when the server closes: the default of stories, and the yardstick of the other storages. */
@NullMarked
package io.escalus4j.server.store.memory;

import org.jspecify.annotations.NullMarked;
