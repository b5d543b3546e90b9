package io.escalus4j.server.module;

import io.escalus4j.exml.Element;
import io.escalus4j.server.module.PreAuthHandler.Request;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Ns;
import io.escalus4j.server.xmpp.StanzaError;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The few requests that a server answers before authentication (XEP-0077 section 3.1.1). Thread-safe.
 *
 * <p>An answer does not repeat the request: it holds a password (section 3.3).
 */
final class PreAuth {
    private static final Logger LOG = LoggerFactory.getLogger(PreAuth.class);

    final ConcurrentHashMap<String, PreAuthHandler> handlers = new ConcurrentHashMap<>();

    /** The answer to {@code sent}, or empty if nobody may ask this before authentication. The stage never fails. */
    Optional<CompletionStage<Element>> answer(Element sent, InitiatingEntity from) {
        return request(sent, from)
                .flatMap(request -> Optional.ofNullable(
                                handlers.get(request.payload().namespace()))
                        .map(handler -> settled(ask(handler, request))
                                .thenApply(reply -> element(reply, sent, from))
                                .exceptionally(bug -> failed(bug, sent, from))));
    }

    private static Optional<Request> request(Element sent, InitiatingEntity from) {
        boolean asksUs = sent.is("iq", Ns.CLIENT)
                && sent.attribute("id").isPresent()
                && sent.elements().size() == 1
                && Jid.parse(sent.attribute("to", from.domain())).equals(Jid.parse(from.domain()));
        return asksUs ? type(sent).map(type -> new Request(type, sent.elements().get(0), from)) : Optional.empty();
    }

    private static Optional<Iq.Type> type(Element sent) {
        return switch (sent.attribute("type", "")) {
            case "get" -> Optional.of(Iq.Type.GET);
            case "set" -> Optional.of(Iq.Type.SET);
            default -> Optional.empty();
        };
    }

    private static CompletionStage<Reply> ask(PreAuthHandler handler, Request request) {
        try {
            return CompletableFuture.completedStage(handler.handle(request));
        } catch (RuntimeException bug) {
            return CompletableFuture.failedStage(bug);
        }
    }

    private static CompletionStage<Reply> settled(CompletionStage<Reply> reply) {
        return reply.thenCompose(PreAuth::settled);
    }

    private static CompletionStage<Reply> settled(Reply reply) {
        if (reply instanceof Reply.Later later) {
            return settled(later.reply());
        }
        return reply instanceof Reply.AndThen last
                ? settled(last.first())
                        .whenComplete((answer, bug) -> last.then().run())
                : CompletableFuture.completedStage(reply);
    }

    private static Element element(Reply reply, Element sent, InitiatingEntity from) {
        if (reply instanceof Reply.Result result) {
            Element done = answer("result", sent, from);
            return result.payload().map(done::with).orElse(done);
        }
        if (reply instanceof Reply.Refused refused) {
            return refused(refused.error(), sent, from);
        }
        throw new IllegalStateException("%s is no answer before authentication".formatted(reply));
    }

    private static Element failed(Throwable bug, Element sent, InitiatingEntity from) {
        LOG.error("event=pre-auth-request-failed", bug);
        return refused(StanzaError.ofFailure(bug), sent, from);
    }

    private static Element refused(StanzaError error, Element sent, InitiatingEntity from) {
        return answer("error", sent, from).with(error.toElement());
    }

    private static Element answer(String type, Element sent, InitiatingEntity from) {
        return Element.of("iq", Ns.CLIENT)
                .with("type", type)
                .with("id", sent.attribute("id"))
                .with("from", from.domain());
    }
}
