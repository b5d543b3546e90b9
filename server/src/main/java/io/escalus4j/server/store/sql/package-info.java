/** Storage in H2 or PostgreSQL, by one SQL dialect over JDBC. */
@NullMarked
package io.escalus4j.server.store.sql;

import org.jspecify.annotations.NullMarked;
