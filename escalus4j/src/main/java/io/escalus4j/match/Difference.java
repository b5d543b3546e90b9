package io.escalus4j.match;

import io.escalus4j.exml.Element;
import java.util.List;

/** What differs between a wanted element and one that is there, found by XMLUnit. */
final class Difference {
    private Difference() {}

    static List<Claim> like(Element wanted, Element seen) {
        return List.of(Claim.of(wanted.equals(seen), "is like " + Checks.brief(wanted), "was " + Checks.brief(seen)));
    }

    static List<Claim> exactly(Element wanted, Element seen) {
        return List.of(
                Claim.of(wanted.equals(seen), "is exactly " + Checks.brief(wanted), "was " + Checks.brief(seen)));
    }
}
