package io.escalus4j.match;

/**
 * Somebody with an address and a name for people, for example the client {@code alice}.
 *
 * <p>A matcher that is given one compares with {@link #address()} and speaks of {@link #nickname()}.
 */
public interface Addressed {
    /** The full JID, or the bare one of somebody who has no resource. */
    String address();

    /** What the story calls it, for example {@code alice}. */
    String nickname();
}
