package io.escalus4j.match;

import io.escalus4j.exml.Element;
import java.util.function.Predicate;

/** A matcher made of somebody's predicate; what that throws is caught, since matchers never throw. */
record Custom(String claim, Predicate<Element> test) implements Matcher {

    @Override
    public String describe() {
        return "stanza that " + claim;
    }

    @Override
    public Match match(Element stanza) {
        try {
            return Match.of(Claim.of(test.test(stanza), claim, "it does not hold"));
        } catch (RuntimeException thrown) {
            return Match.of(Claim.of(false, claim, "the test threw " + thrown));
        }
    }

    @Override
    public String toString() {
        return describe();
    }
}
