/** The ports of storage: all of it asynchronous, since some storages are far away. */
@NullMarked
package io.escalus4j.server.store;

import org.jspecify.annotations.NullMarked;
