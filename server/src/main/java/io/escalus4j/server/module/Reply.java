package io.escalus4j.server.module;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.StanzaError;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What a module answers to a request; the addresses are the server's business. */
public sealed interface Reply {
    record Result(Optional<Element> payload) implements Reply {}

    record Refused(StanzaError error) implements Reply {}

    /** Not known yet: the sender's next stanza waits for it. A stage that fails becomes {@code internal-server-error}. */
    record Later(CompletionStage<Reply> reply) implements Reply {}

    /** An empty result. */
    static Reply done() {
        return new Result(Optional.empty());
    }

    static Reply result(Element payload) {
        return new Result(Optional.of(payload));
    }

    static Reply refused(Condition condition) {
        return new Refused(StanzaError.of(condition));
    }

    static Reply refused(Condition condition, String text, Object... args) {
        return new Refused(StanzaError.of(condition, text, args));
    }

    static Reply refused(StanzaError error) {
        return new Refused(error);
    }

    static Reply later(CompletionStage<Reply> reply) {
        return new Later(reply);
    }
}
