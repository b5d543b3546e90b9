package io.escalus4j.server.xep;

import io.escalus4j.server.xmpp.DataForm;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.StanzaError;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A command that {@link AdHoc} offers: each step says what comes after it, so that a session is just the steps so far.
 * Immutable.
 *
 * @param node that it is known by
 * @param name for the person who picks it from a list
 * @param allowed who sees it and may run it
 */
record Command(
        String node, String name, Predicate<Invocation> allowed, Function<Invocation, CompletionStage<Step>> start) {

    /** @param responder the domain that was asked */
    record Invocation(Jid requester, Jid responder) {}

    /** What comes of executing. */
    sealed interface Step {
        /**
         * The form is to be filled; an answer comes to {@code submit} only if it is one to this form.
         *
         * @param last whether nothing is asked after it
         */
        record Asking(DataForm form, boolean last, Function<DataForm, CompletionStage<Step>> submit) implements Step {}

        /** @param afterwards runs when the requester has been answered */
        record Completed(Optional<DataForm> result, Optional<String> note, Runnable afterwards) implements Step {}

        /** The session goes on: the requester may submit something else. */
        record Refused(StanzaError error) implements Step {}
    }

    static CompletionStage<Step> ask(DataForm form, Function<DataForm, CompletionStage<Step>> submit) {
        return now(new Step.Asking(form, true, submit));
    }

    static Step done() {
        return done(() -> {});
    }

    static Step done(Runnable afterwards) {
        return new Step.Completed(Optional.empty(), Optional.empty(), afterwards);
    }

    static Step result(DataForm result) {
        return new Step.Completed(Optional.of(result), Optional.empty(), () -> {});
    }

    static Step noted(String text, Object... args) {
        return new Step.Completed(Optional.empty(), Optional.of(text.formatted(args)), () -> {});
    }

    static Step refused(Condition condition, String text, Object... args) {
        return new Step.Refused(StanzaError.of(condition, text, args));
    }

    static CompletionStage<Step> now(Step step) {
        return CompletableFuture.completedFuture(step);
    }
}
