/** Message archives of accounts and rooms: XEP-0313 and what has grown around it. */
@NullMarked
package io.escalus4j.server.xep.mam;

import org.jspecify.annotations.NullMarked;
