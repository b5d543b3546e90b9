/** What can be set, one record per concern; each says what is allowed. */
@NullMarked
package io.escalus4j.server.config;

import org.jspecify.annotations.NullMarked;
