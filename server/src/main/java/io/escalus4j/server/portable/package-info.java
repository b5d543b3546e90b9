/** Accounts as files that other servers read and write (XEP-0227), and as what their owners may ask for. */
@NullMarked
package io.escalus4j.server.portable;

import org.jspecify.annotations.NullMarked;
