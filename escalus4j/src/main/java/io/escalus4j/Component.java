package io.escalus4j;

import io.escalus4j.exml.Element;
import io.escalus4j.match.Addressed;
import io.escalus4j.match.Matcher;
import io.escalus4j.wire.ConnectionSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A component that serves a domain of its own in a story (XEP-0114). Thread-safe.
 *
 * <pre>{@code
 * @Story
 * void an_echo(Client alice, Component echo) {
 *     echo.answers(chatMessage(), message -> chat(message.attribute("from", ""), message.childText("body").orElse("")));
 *     alice.send(chat(echo, "Hi"));
 *     alice.expect(chatMessage("Hi").from(echo));
 * }
 * }</pre>
 *
 * <p>What it sends is from its domain, unless the stanza says which of its addresses it is from. What arrives and no
 * handler takes waits in an inbox, as with a {@link Client}; stanzas are in {@code jabber:client} on both ways, the wire
 * sees to the component's namespace.
 */
public final class Component implements Addressed, AutoCloseable {
    private final Client client;
    private final String domain;

    private Component(Client client, String domain) {
        this.client = client;
        this.domain = domain;
    }

    static Component connect(String name, ConnectionSettings settings, Telling telling) {
        return new Component(Client.connect(name, settings, telling), settings.domain());
    }

    /**
     * A component outside of any story.
     *
     * @param settings those of {@link ConnectionSettings#asComponent}
     */
    public static Component connect(String name, ConnectionSettings settings) {
        return new Component(Client.connect(name, settings), settings.domain());
    }

    /** What it serves, for example {@code echo-k3f9x2q1.components.localhost}. */
    public String domain() {
        return domain;
    }

    @Override
    public String address() {
        return domain;
    }

    @Override
    public String nickname() {
        return client.name();
    }

    // ---- handlers

    /**
     * From now on what matches is answered, as soon as it comes, and not put into the inbox; the first handler that matches
     * counts. The answer goes to whom the stanza came from if it names nobody.
     */
    public Component answers(Matcher wanted, Function<Element, Element> answer) {
        client.handle(element -> {
            boolean matches = wanted.matches(element);
            if (matches) {
                send(addressed(answer.apply(element), element));
            }
            return matches;
        });
        return this;
    }

    private static Element addressed(Element answer, Element asked) {
        Element to = answer.attribute("to").isPresent() ? answer : answer.with("to", asked.attribute("from"));
        return to.attribute("from").isPresent() ? to : to.with("from", asked.attribute("to"));
    }

    /** From now on what matches is dropped. */
    public Component ignore(Matcher unwanted) {
        client.ignore(unwanted);
        return this;
    }

    // ---- stanzas

    public void send(Element stanza) {
        client.send(stamped(stanza));
    }

    /** Sends the text as bytes, whatever they are. */
    public void sendRaw(String text) {
        client.sendRaw(text);
    }

    /** Takes the first stanza that matches, see {@link Client#expect(Matcher)}. */
    public Element expect(Matcher wanted) {
        return client.expect(wanted);
    }

    /** Takes one stanza for each, in whatever order they come. */
    public List<Element> expectAll(Matcher... wanted) {
        return client.expectAll(wanted);
    }

    /** Asks, and takes the result. */
    public Element iq(Element request) {
        return client.iq(stamped(request));
    }

    /** Fails if anything is unread, or arrives within a quiet period. */
    public void expectNothingFor(Duration quiet) {
        client.expectNothingFor(quiet);
    }

    private Element stamped(Element stanza) {
        return Optional.of(stanza)
                .filter(one -> one.attribute("from").isEmpty())
                .map(one -> one.with("from", domain))
                .orElse(stanza);
    }

    // ---- the end

    /** Waits until the server has ended the stream with this error, for example {@code invalid-from}. */
    public Element expectStreamError(String condition) {
        return client.expectStreamError(condition);
    }

    @Override
    public void close() {
        client.close();
    }

    /** Drops the connection without a word. */
    public void kill() {
        client.kill();
    }

    @Override
    public String toString() {
        return "%s (%s)".formatted(nickname(), domain);
    }
}
