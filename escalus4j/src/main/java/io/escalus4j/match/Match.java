package io.escalus4j.match;

import java.util.List;

/** What a matcher found out about one stanza, claim by claim. */
public record Match(List<Claim> claims) {
    public Match {
        claims = List.copyOf(claims);
    }

    static Match of(Claim... claims) {
        return new Match(List.of(claims));
    }

    /** Whether every claim holds. */
    public boolean matches() {
        return failures() == 0;
    }

    /** How many claims fail: the nearest stanza is the one with the fewest. */
    public long failures() {
        return claims.stream().filter(claim -> !claim.ok()).count();
    }
}
