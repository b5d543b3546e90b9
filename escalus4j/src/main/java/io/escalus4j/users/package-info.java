/** Who plays in a story: users with fresh names, and the ports that make and remove their accounts. */
@NullMarked
package io.escalus4j.users;

import org.jspecify.annotations.NullMarked;
