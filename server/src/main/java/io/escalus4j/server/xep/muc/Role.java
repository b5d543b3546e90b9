package io.escalus4j.server.xep.muc;

import java.util.Locale;

/** What somebody is while in a room (section 5.1), the mightier the later. */
enum Role {
    NONE,
    VISITOR,
    PARTICIPANT,
    MODERATOR;

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isAtLeast(Role other) {
        return compareTo(other) >= 0;
    }
}
