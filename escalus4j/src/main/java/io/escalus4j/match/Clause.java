package io.escalus4j.match;

import io.escalus4j.exml.Element;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * One refinement of a {@link StanzaMatcher}.
 *
 * @param phrase what it adds to the description, for example {@code from alice}; may be empty
 * @param draw puts what is wanted into an example
 * @param check the claims
 */
record Clause(String phrase, UnaryOperator<Element> draw, Function<Element, List<Claim>> check) {

    static Clause of(String phrase, UnaryOperator<Element> draw, Function<Element, Claim> check) {
        return new Clause(phrase, draw, stanza -> List.of(check.apply(stanza)));
    }

    /** For what no example can show. */
    static Clause of(String phrase, Function<Element, Claim> check) {
        return of(phrase, UnaryOperator.identity(), check);
    }

    boolean holds(Element stanza) {
        return check.apply(stanza).stream().allMatch(Claim::ok);
    }
}
