package io.escalus4j.exml;

import java.util.List;

/** A start tag as it is written, its prefixes not resolved yet. */
record StartTag(Name name, List<Pair> attributes, boolean selfClosed, int at) {
    /** One {@code name='value'}, which stands at index {@code at}. */
    record Pair(Name name, String value, int at) {}
}
