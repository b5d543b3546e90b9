package io.escalus4j.match;

import io.escalus4j.exml.Element;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Says of any element whether it is the wanted one, and explains itself. Never throws. Implementations are immutable.
 *
 * <pre>{@code
 * bob.expect(chatMessage("Hi!").from(alice).or(headline("News")));
 * }</pre>
 */
public interface Matcher extends Predicate<Element> {
    /** A noun phrase, for example {@code chat message "Hi!" from alice}. */
    String describe();

    Match match(Element stanza);

    /** An element that shows what is wanted, for the difference in a failure text; empty where no single one would do. */
    default Optional<Element> example() {
        return Optional.empty();
    }

    /** Where {@code stanza} differs from what is wanted, one line each; empty if it matches or nothing can be compared. */
    default List<String> differences(Element stanza) {
        return example().map(example -> Difference.words(example, stanza)).orElse(List.of());
    }

    default boolean matches(Element stanza) {
        return match(stanza).matches();
    }

    @Override
    default boolean test(Element stanza) {
        return matches(stanza);
    }

    /** Both must match. */
    default Matcher and(Matcher other) {
        return Combined.both(this, other);
    }

    /** At least one must match. */
    default Matcher or(Matcher other) {
        return Combined.either(this, other);
    }

    /** Matches whatever this does not. */
    default Matcher not() {
        return Combined.not(this);
    }

    /** All must match. */
    static Matcher allOf(Matcher first, Matcher... more) {
        return Arrays.stream(more).reduce(first, Matcher::and);
    }

    /** At least one must match. */
    static Matcher anyOf(Matcher first, Matcher... more) {
        return Arrays.stream(more).reduce(first, Matcher::or);
    }

    /**
     * A matcher of one claim of your own.
     *
     * @param claim what holds when it matches, for example {@code has a stamp}; a test that throws is a claim that fails
     */
    static Matcher that(String claim, Predicate<Element> test) {
        return new Custom(claim, test);
    }
}
