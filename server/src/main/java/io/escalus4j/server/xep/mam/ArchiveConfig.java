package io.escalus4j.server.xep.mam;

import java.time.Duration;

/**
 * What archives are like here.
 *
 * @param standard what is archived of who has not said it (XEP-0441): {@code always}, {@code roster} or {@code never}
 * @param page messages on a page of who does not say how many
 * @param maxPage messages on a page, whatever is wanted
 * @param pageBytes what a page may weigh; a message that weighs more is a page of its own
 * @param retention how long a message is kept; 0: for ever
 * @param maxMessages of one archive, the newest; 0: any number
 * @param groupchats whether what an account hears in rooms is in its archive, too
 * @param chatMarkers whether chat markers (XEP-0333) are archived
 * @param maxPreferences entities in the preferences of one archive
 */
public record ArchiveConfig(
        String standard,
        int page,
        int maxPage,
        int pageBytes,
        Duration retention,
        int maxMessages,
        boolean groupchats,
        boolean chatMarkers,
        int maxPreferences) {
    public static final ArchiveConfig STANDARD =
            new ArchiveConfig("always", 50, 100, 256 * 1024, Duration.ZERO, 0, false, false, 1000);

    public ArchiveConfig {
        require(Policy.of(standard).isPresent(), "standard is '%s', allowed are always, roster and never", standard);
        require(maxPage >= 1, "max_page must be at least 1, was %d", maxPage);
        require(page >= 1 && page <= maxPage, "page must be 1 to max_page, was %d", page);
        require(pageBytes >= 1, "page_bytes must be at least 1, was %d", pageBytes);
        require(!retention.isNegative(), "retention must not be below 0, was %dms", retention.toMillis());
        require(maxMessages >= 0, "max_messages must not be below 0, was %d", maxMessages);
        require(maxPreferences >= 1, "max_preferences must be at least 1, was %d", maxPreferences);
    }

    private static void require(boolean holds, String rule, Object... args) {
        if (!holds) {
            throw new IllegalArgumentException(rule.formatted(args));
        }
    }

    Policy policy() {
        return Policy.of(standard).orElseThrow();
    }
}
