package io.escalus4j.server.module;

import io.escalus4j.server.xmpp.StanzaError;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.concurrent.CompletionStage;

/** What a handler of a hook decides; the next handler sees the context that it passes on. */
public sealed interface Verdict<C> {
    /** On to the next handler. */
    record Proceed<C>(C context) implements Verdict<C> {}

    /** It is dealt with: nothing further happens to it, silently. */
    record Stop<C>() implements Verdict<C> {}

    /** The sender gets this error, unless what it sent was an error itself. */
    record Refuse<C>(StanzaError error) implements Verdict<C> {}

    /** Not known yet: the sender's next stanza waits for it. */
    record Later<C>(CompletionStage<Verdict<C>> verdict) implements Verdict<C> {}

    static <C> Verdict<C> proceed(C context) {
        return new Proceed<>(context);
    }

    static <C> Verdict<C> stop() {
        return new Stop<>();
    }

    static <C> Verdict<C> refuse(Condition condition, String text, Object... args) {
        return new Refuse<>(StanzaError.of(condition, text, args));
    }

    static <C> Verdict<C> refuse(StanzaError error) {
        return new Refuse<>(error);
    }

    static <C> Verdict<C> later(CompletionStage<Verdict<C>> verdict) {
        return new Later<>(verdict);
    }
}
