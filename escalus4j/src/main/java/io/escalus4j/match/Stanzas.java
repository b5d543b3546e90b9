package io.escalus4j.match;

import io.escalus4j.exml.Element;

/** The fluent door to the matchers: {@code assertThat(stanza).isMessage().isFrom(alice).hasBody("hi")}. */
public final class Stanzas {
    private Stanzas() {}

    public static StanzaAssert assertThat(Element stanza) {
        return new StanzaAssert(stanza);
    }
}
