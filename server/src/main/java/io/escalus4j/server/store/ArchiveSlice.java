package io.escalus4j.server.store;

import java.util.Optional;

/**
 * Which part of what a query chooses (XEP-0059).
 *
 * @param max messages, 0 to have them only counted
 * @param after begins behind this message
 * @param before ends in front of this message
 * @param backwards the last {@code max} of them, not the first
 * @param index how many are left out at the beginning, going forwards
 * @param counted whether to say how many there are in all, which costs time in long archives
 */
public record ArchiveSlice(
        int max, Optional<ArchiveId> after, Optional<ArchiveId> before, boolean backwards, int index, boolean counted) {

    /** Section 2.1: {@code <max/>} alone. */
    public static ArchiveSlice first(int max) {
        return new ArchiveSlice(max, Optional.empty(), Optional.empty(), false, 0, false);
    }

    /** Section 2.2. */
    public static ArchiveSlice after(ArchiveId id, int max) {
        return new ArchiveSlice(max, Optional.of(id), Optional.empty(), false, 0, false);
    }

    /** Section 2.3. */
    public static ArchiveSlice before(ArchiveId id, int max) {
        return new ArchiveSlice(max, Optional.empty(), Optional.of(id), true, 0, false);
    }

    /** Section 2.5: an empty {@code <before/>}. */
    public static ArchiveSlice last(int max) {
        return new ArchiveSlice(max, Optional.empty(), Optional.empty(), true, 0, false);
    }

    /** Section 2.6. */
    public static ArchiveSlice from(int index, int max) {
        return new ArchiveSlice(max, Optional.empty(), Optional.empty(), false, index, false);
    }

    public ArchiveSlice counting() {
        return new ArchiveSlice(max, after, before, backwards, index, true);
    }
}
