package io.escalus4j.server.module;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.StanzaError;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What a module answers to a request; the addresses are the server's business. */
public sealed interface Reply {
    record Result(Optional<Element> payload) implements Reply {}

    /** @param discreet the answer does not repeat the request, since that holds a password (XEP-0077 section 3.3) */
    record Refused(StanzaError error, boolean discreet) implements Reply {}

    /** Not known yet: the sender's next stanza waits for it. A stage that fails becomes {@code internal-server-error}. */
    record Later(CompletionStage<Reply> reply) implements Reply {}

    /** {@code then} runs when {@code first} has been handed to the sender's session. */
    record AndThen(Reply first, Runnable then) implements Reply {}

    /** The handler has delivered the answer itself, since nothing that it sends later may overtake it. */
    record Answered() implements Reply {}

    /** An empty result. */
    static Reply done() {
        return new Result(Optional.empty());
    }

    static Reply result(Element payload) {
        return new Result(Optional.of(payload));
    }

    static Reply refused(Condition condition) {
        return refused(StanzaError.of(condition));
    }

    static Reply refused(Condition condition, String text, Object... args) {
        return refused(StanzaError.of(condition, text, args));
    }

    static Reply refused(StanzaError error) {
        return new Refused(error, false);
    }

    static Reply refusedDiscreetly(StanzaError error) {
        return new Refused(error, true);
    }

    static Reply answered() {
        return new Answered();
    }

    static Reply later(CompletionStage<Reply> reply) {
        return new Later(reply);
    }
}
