package io.escalus4j.match;

import io.escalus4j.exml.Element;
import org.opentest4j.AssertionFailedError;

/**
 * Asserts one thing after the other about a stanza; the first that does not hold throws an
 * {@link AssertionFailedError} with its claims. Made by {@link Stanzas#assertThat}.
 */
public final class StanzaAssert {
    private final Element stanza;

    StanzaAssert(Element stanza) {
        this.stanza = stanza;
    }

    public StanzaAssert isMessage() {
        return matches(Matchers.message());
    }

    public StanzaAssert isChatMessage() {
        return matches(Matchers.chatMessage());
    }

    public StanzaAssert isPresence() {
        return matches(Matchers.presence());
    }

    public StanzaAssert isIq() {
        return matches(Matchers.iq());
    }

    public StanzaAssert isIqResult() {
        return matches(Matchers.iqResult());
    }

    public StanzaAssert isError(String condition) {
        return matches(Matchers.error(condition));
    }

    public StanzaAssert isOfType(String type) {
        return matches(Matchers.anyStanza().ofType(type));
    }

    /** As {@link StanzaMatcher#from}. */
    public StanzaAssert isFrom(Object sender) {
        return matches(Matchers.anyStanza().from(sender));
    }

    /** As {@link StanzaMatcher#to}. */
    public StanzaAssert isTo(Object recipient) {
        return matches(Matchers.anyStanza().to(recipient));
    }

    public StanzaAssert hasId(String id) {
        return matches(Matchers.anyStanza().withId(id));
    }

    public StanzaAssert hasAttribute(String name, String value) {
        return matches(Matchers.anyStanza().withAttribute(name, value));
    }

    public StanzaAssert hasBody(String body) {
        return matches(Matchers.anyStanza().withBody(body));
    }

    public StanzaAssert hasText(String text, String... path) {
        return matches(Matchers.anyStanza().withText(text, path));
    }

    public StanzaAssert hasChild(String name, String namespace) {
        return matches(Matchers.anyStanza().withChild(name, namespace));
    }

    public StanzaAssert hasNoChild(String name, String namespace) {
        return matches(Matchers.anyStanza().withoutChild(name, namespace));
    }

    /** As {@link StanzaMatcher#like}. */
    public StanzaAssert isLike(Element element) {
        return matches(Matchers.anyStanza().like(element));
    }

    public StanzaAssert matches(Matcher matcher) {
        Match match = matcher.match(stanza);
        if (!match.matches()) {
            throw FailureText.mismatch(matcher, stanza).error();
        }
        return this;
    }
}
