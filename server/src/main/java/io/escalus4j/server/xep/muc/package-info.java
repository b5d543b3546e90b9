/** Multi-user chat: rooms that people enter and leave (XEP-0045). */
@NullMarked
package io.escalus4j.server.xep.muc;

import org.jspecify.annotations.NullMarked;
