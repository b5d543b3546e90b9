package io.escalus4j.server.xmpp;

import io.escalus4j.exml.Element;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;

/**
 * Why a stanza was refused (RFC 6120 section 8.3): a value, since a peer's mistake is nothing exceptional here.
 *
 * @param text for the person who reads it: what we saw, what we allow
 * @param application an application-specific condition (section 8.3.4)
 */
public record StanzaError(Condition condition, Type type, Optional<String> text, Optional<Element> application) {

    /** What the sender may do about it (section 8.3.2). */
    public enum Type {
        AUTH,
        CANCEL,
        CONTINUE,
        MODIFY,
        WAIT;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The defined conditions with the type that section 8.3.3 suggests. */
    public enum Condition {
        BAD_REQUEST(Type.MODIFY),
        CONFLICT(Type.CANCEL),
        FEATURE_NOT_IMPLEMENTED(Type.CANCEL),
        FORBIDDEN(Type.AUTH),
        GONE(Type.CANCEL),
        INTERNAL_SERVER_ERROR(Type.CANCEL),
        ITEM_NOT_FOUND(Type.CANCEL),
        JID_MALFORMED(Type.MODIFY),
        NOT_ACCEPTABLE(Type.MODIFY),
        NOT_ALLOWED(Type.CANCEL),
        NOT_AUTHORIZED(Type.AUTH),
        POLICY_VIOLATION(Type.MODIFY),
        RECIPIENT_UNAVAILABLE(Type.WAIT),
        REDIRECT(Type.MODIFY),
        REGISTRATION_REQUIRED(Type.AUTH),
        REMOTE_SERVER_NOT_FOUND(Type.CANCEL),
        REMOTE_SERVER_TIMEOUT(Type.WAIT),
        RESOURCE_CONSTRAINT(Type.WAIT),
        SERVICE_UNAVAILABLE(Type.CANCEL),
        SUBSCRIPTION_REQUIRED(Type.AUTH),
        UNDEFINED_CONDITION(Type.CANCEL),
        UNEXPECTED_REQUEST(Type.WAIT);

        private final Type type;

        Condition(Type type) {
            this.type = type;
        }

        public String wire() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public static StanzaError of(Condition condition) {
        return new StanzaError(condition, condition.type, Optional.empty(), Optional.empty());
    }

    /** With a text made by {@link String#format}. */
    public static StanzaError of(Condition condition, String text, Object... args) {
        return new StanzaError(condition, condition.type, Optional.of(text.formatted(args)), Optional.empty());
    }

    /** Whether work failed since there is too much to do, however the stage tells it: who waits may try again. */
    public static boolean isTooMuch(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof RejectedExecutionException;
    }

    /** What to say where the server itself has failed: {@code resource-constraint} if there was too much to do. */
    public static StanzaError ofFailure(Throwable failure) {
        return isTooMuch(failure)
                ? of(Condition.RESOURCE_CONSTRAINT, "the server has too much to do, try later")
                : of(Condition.INTERNAL_SERVER_ERROR);
    }

    public StanzaError as(Type other) {
        return new StanzaError(condition, other, text, application);
    }

    public StanzaError with(Element applicationCondition) {
        return new StanzaError(condition, type, text, Optional.of(applicationCondition));
    }

    /** {@code <error type='…'>…</error>}. */
    public Element toElement() {
        var error = Element.of("error", Ns.CLIENT)
                .with("type", type.wire())
                .with(Element.of(condition.wire(), Ns.STANZA_ERRORS));
        var said = text.map(t -> error.with(Element.text("text", Ns.STANZA_ERRORS, t)))
                .orElse(error);
        return application.map(said::with).orElse(said);
    }
}
