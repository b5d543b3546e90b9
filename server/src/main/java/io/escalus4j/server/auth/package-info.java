/** Accounts, passwords, and how clients prove who they are. */
@NullMarked
package io.escalus4j.server.auth;

import org.jspecify.annotations.NullMarked;
