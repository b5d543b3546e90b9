package io.escalus4j.match;

import io.escalus4j.exml.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Matchers made of matchers. */
record Combined(String describe, Optional<Element> example, Function<Element, List<Claim>> claims) implements Matcher {

    @Override
    public Match match(Element stanza) {
        return new Match(claims.apply(stanza));
    }

    static Matcher both(Matcher first, Matcher second) {
        return new Combined(
                first.describe() + " and " + second.describe(),
                first.example().or(second::example),
                stanza -> joined(
                        first.match(stanza).claims(), second.match(stanza).claims()));
    }

    static Matcher either(Matcher first, Matcher second) {
        String words = first.describe() + " or " + second.describe();
        return new Combined(
                words, Optional.empty(), stanza -> either(words, first.match(stanza), second.match(stanza)));
    }

    /** When neither matches, the claims of the nearer one tell why. */
    private static List<Claim> either(String words, Match first, Match second) {
        boolean ok = first.matches() || second.matches();
        var claim = List.of(Claim.of(ok, "is " + words, "was neither"));
        return ok ? claim : joined(claim, (first.failures() <= second.failures() ? first : second).claims());
    }

    static Matcher not(Matcher matcher) {
        String words = "not " + matcher.describe();
        return new Combined(
                words, Optional.empty(), stanza -> List.of(Claim.of(!matcher.matches(stanza), "is " + words, "was")));
    }

    private static List<Claim> joined(List<Claim> first, List<Claim> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    @Override
    public String toString() {
        return describe;
    }
}
