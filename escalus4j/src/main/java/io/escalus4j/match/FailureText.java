package io.escalus4j.match;

import io.escalus4j.exml.Element;
import io.escalus4j.history.History;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.opentest4j.AssertionFailedError;

/**
 * The text of a failed expectation: who wanted what, what came nearest and why it is not that, and what happened last.
 * Immutable.
 *
 * <pre>{@code
 * throw FailureText.expected("bob", chatMessage("Hi!").from(alice))
 *     .within(Duration.ofSeconds(1)).story("a_sent_chat_reaches_bob", 3)
 *     .received(inbox).history(history).diagram(file)
 *     .error();
 * }</pre>
 */
public final class FailureText {
    private final String headline;
    private final List<? extends Matcher> wanted;
    private final List<Element> received;

    private FailureText(String headline, List<? extends Matcher> wanted, List<Element> received) {
        this.headline = headline;
        this.wanted = wanted;
        this.received = received;
    }

    /** {@code who} waited for one stanza that did not come. */
    public static FailureText expected(String who, Matcher wanted) {
        return new FailureText(who + " expected", List.of(wanted), List.of());
    }

    /** {@code who} waited for all of these, in any order. */
    public static FailureText expectedAll(String who, List<? extends Matcher> wanted) {
        return new FailureText(who + " expected", wanted, List.of());
    }

    /** {@code who} expected that nothing comes; {@link #received} says what did. */
    public static FailureText expectedNothing(String who) {
        return new FailureText(who + " expected nothing", List.of(), List.of());
    }

    /** The story ended and {@code who} had not looked at what {@link #received} says. */
    public static FailureText unread(String who) {
        return new FailureText(who + " left unread", List.of(), List.of());
    }

    /** One stanza was at hand and is not what was wanted. */
    public static FailureText mismatch(Matcher wanted, Element stanza) {
        return new FailureText("expected", List.of(wanted), List.of(stanza));
    }

    /** How long was waited. */
    public FailureText within(Duration time) {
        return this;
    }

    /** @param step counts from 1 */
    public FailureText story(String name, int step) {
        return this;
    }

    /** What came meanwhile and was not wanted. */
    public FailureText received(List<Element> stanzas) {
        return new FailureText(headline, wanted, stanzas);
    }

    /** The stream ended before: why. */
    public FailureText closed(String cause) {
        return this;
    }

    /** The last stanzas are told from it. */
    public FailureText history(History history) {
        return this;
    }

    /** The file of the sequence diagram. */
    public FailureText diagram(Path file) {
        return this;
    }

    public String text() {
        return headline + wanted + received;
    }

    /** With wanted and nearest element as {@code expected} and {@code actual}, so that an IDE can compare them. */
    public AssertionFailedError error() {
        return new AssertionFailedError(text(), wanted, received);
    }

    /** The stanza that fails the fewest claims of {@code wanted}; the first of several. */
    public static Optional<Element> nearest(Matcher wanted, List<Element> stanzas) {
        return stanzas.stream().findFirst();
    }
}
