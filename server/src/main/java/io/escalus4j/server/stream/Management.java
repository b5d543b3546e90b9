package io.escalus4j.server.stream;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.Ns;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** What a client that is bound says about its stream (XEP-0198 sections 3 and 4). Confined to the event loop. */
record Management(ClientSession session, ClientStream stream) {
    private static final Pattern UNSIGNED = Pattern.compile("[0-9]{1,10}");

    CompletionStage<State> received(Element child, State bound) {
        return switch (child.name()) {
            case "enable" -> enable(child, bound);
            case "resume" -> refused(bound);
            case "r" -> session.delivery().isManaged() ? answered(bound) : unasked(child);
            case "a" -> session.delivery().isManaged() ? acknowledged(child, bound) : unasked(child);
            default -> unasked(child);
        };
    }

    private CompletionStage<State> unasked(Element child) {
        return stream.failed(StreamErrors.unsupported(child));
    }

    private CompletionStage<State> refused(State bound) {
        stream.send(failed("unexpected-request"));
        return ClientStream.next(bound);
    }

    /** {@code <failed xmlns='urn:xmpp:sm:3'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></failed>}. */
    static Element failed(String condition) {
        return Element.of("failed", Ns.SM).with(Element.of(condition, Ns.STANZA_ERRORS));
    }

    private CompletionStage<State> enable(Element enable, State bound) {
        if (session.delivery().isManaged()) {
            return refused(bound);
        }
        enable(enable, enabled -> enabled);
        return ClientStream.next(bound);
    }

    /** @param announcement makes what goes out ahead of the first stanza that counts of {@code <enabled/>} */
    void enable(Element enable, UnaryOperator<Element> announcement) {
        String id = stream.context().randomId();
        boolean resumable = isTrue(enable.attribute("resume", "false"));
        if (resumable) {
            stream.context().resumption().register(id, session);
        }
        session.countFromZero();
        session.delivery()
                .manage(stream.context().resumption().queue(), resumable, announcement.apply(enabled(id, resumable)));
    }

    private static boolean isTrue(String text) {
        return text.equals("true") || text.equals("1");
    }

    private Element enabled(String id, boolean resumable) {
        Element enabled = Element.of("enabled", Ns.SM);
        Duration time = stream.context().resumption().config().resumeTime();
        return resumable
                ? enabled.with("id", id)
                        .with("resume", "true")
                        .with("max", Long.toString(Math.max(1, time.toSeconds())))
                : enabled;
    }

    private CompletionStage<State> answered(State bound) {
        stream.send(Element.of("a", Ns.SM).with("h", Long.toString(session.h())));
        return ClientStream.next(bound);
    }

    private CompletionStage<State> acknowledged(Element a, State bound) {
        var h = count(a);
        if (h.isEmpty()) {
            return stream.failed(StreamErrors.noCount(a));
        }
        return session.delivery()
                .acknowledge(h.get())
                .map(sent -> stream.failed(StreamErrors.handledTooMany(h.get(), sent)))
                .orElseGet(() -> ClientStream.next(bound));
    }

    /** The {@code h} of an element, an unsigned number of 32 bits. */
    static Optional<Long> count(Element element) {
        return element.attribute("h")
                .filter(text -> UNSIGNED.matcher(text).matches())
                .map(Long::parseLong)
                .filter(h -> h < Unacked.WRAP);
    }
}
