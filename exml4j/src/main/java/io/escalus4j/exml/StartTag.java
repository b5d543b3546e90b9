package io.escalus4j.exml;

import java.util.List;

/** A start tag as it is written in {@code source}, its prefixes not resolved yet. */
record StartTag(byte[] source, Name name, List<Pair> attributes, boolean selfClosed, int at) {
    /**
     * One {@code name='value'}, which stands at index {@code at}.
     *
     * @param from where the value begins, behind its quote
     * @param to where its closing quote stands
     */
    record Pair(Name name, String value, int at, int from, int to) {}
}
