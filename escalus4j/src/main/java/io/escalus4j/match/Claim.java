package io.escalus4j.match;

/**
 * One thing that a matcher says of a stanza, and whether it holds.
 *
 * @param text for example {@code body is 'Hi!'}, or when it fails {@code body is 'Hi!', but was 'Hi'}
 */
public record Claim(boolean ok, String text) {

    /** {@code claim} if it holds, else with what was seen: {@code claim, but was …}. */
    static Claim of(boolean ok, String claim, String seen) {
        return new Claim(ok, ok ? claim : claim + ", but " + seen);
    }

    /** As it stands in a failure text: {@code ok   is a message} or {@code FAIL is a message, but was a presence}. */
    @Override
    public String toString() {
        return (ok ? "ok   " : "FAIL ") + text;
    }
}
