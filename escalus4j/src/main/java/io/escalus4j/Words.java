package io.escalus4j;

import io.escalus4j.exml.Element;
import io.escalus4j.match.Claim;
import io.escalus4j.match.Match;
import io.escalus4j.match.Matcher;
import java.util.List;

/** What somebody wanted that is no stanza, for example the end of a stream: so that its failure reads like any other. */
record Words(String describe) implements Matcher {
    @Override
    public Match match(Element stanza) {
        return new Match(List.of(new Claim(false, "is " + describe)));
    }
}
