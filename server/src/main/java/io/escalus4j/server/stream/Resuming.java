package io.escalus4j.server.stream;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Ns;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/**
 * A client that has authenticated asks for its former session instead of a resource (XEP-0198 section 5). Confined to
 * the event loop.
 *
 * <p>The new stream claims the session first, so that of several just one has it; then the former one ends, and what
 * had come over it is dealt with; only then it goes on, with counts that are true.
 */
record Resuming(ClientStream stream, Jid account, Optional<String> language) {

    CompletionStage<State> received(Element child, State authenticated) {
        if (child.name().equals("resume")) {
            return stream.context().offersManagement()
                    ? resume(child, authenticated)
                    : told(refused("feature-not-implemented", Optional.empty()), authenticated);
        }
        return child.name().equals("enable")
                ? told(refused("unexpected-request", Optional.empty()), authenticated)
                : stream.failed(StreamErrors.unsupported(child));
    }

    private CompletionStage<State> resume(Element resume, State authenticated) {
        return stream.then(attempt(resume, (session, resumed) -> resumed), outcome -> told(outcome, authenticated));
    }

    private CompletionStage<State> told(Outcome outcome, State authenticated) {
        if (outcome instanceof Outcome.Settled settled) {
            return ClientStream.next(settled.state());
        }
        stream.send(((Outcome.Refused) outcome).failed());
        return ClientStream.next(authenticated);
    }

    /** What came of it. */
    sealed interface Outcome {
        /** The client may go on otherwise. */
        record Refused(Element failed) implements Outcome {}

        record Settled(State state) implements Outcome {}
    }

    /** @param announcement makes what the client gets first of {@code <resumed/>} */
    CompletionStage<Outcome> attempt(Element resume, BiFunction<ClientSession, Element, Element> announcement) {
        var h = Management.count(resume);
        if (h.isEmpty()) {
            return CompletableFuture.completedFuture(refused("bad-request", Optional.empty()));
        }
        String id = resume.attribute("previd", "");
        return stream.context()
                .resumption()
                .find(id, account)
                .map(session -> resume(id, h.get(), session, announcement))
                .orElseGet(() -> CompletableFuture.completedFuture(notFound(id)));
    }

    private Outcome notFound(String id) {
        return refused("item-not-found", stream.context().resumption().pastCount(id, account));
    }

    private Outcome refused(String condition, Optional<Long> h) {
        stream.context().metrics().resume(condition);
        return new Outcome.Refused(Management.failed(condition).with("h", h.map(Object::toString)));
    }

    private CompletionStage<Outcome> resume(
            String id, long h, ClientSession session, BiFunction<ClientSession, Element, Element> announcement) {
        var tooMany = session.delivery().acknowledge(h);
        if (tooMany.isPresent()) {
            stream.context().metrics().resume("handled-count-too-high");
            return CompletableFuture.completedFuture(
                    new Outcome.Settled(stream.end(StreamErrors.handledTooMany(h, tooMany.get()))));
        }
        var former = session.delivery().claim(stream);
        if (former.isEmpty()) {
            return CompletableFuture.completedFuture(notFound(id));
        }
        stream.bound(session);
        stream.context().resumption().attached(session);
        var released = stream.context().hops().pass("resume", session.jid(), former.get()::release);
        return stream.after(released, done -> new Outcome.Settled(attached(id, session, announcement)));
    }

    private State attached(String id, ClientSession session, BiFunction<ClientSession, Element, Element> announcement) {
        Element resumed = Element.of("resumed", Ns.SM).with("previd", id).with("h", Long.toString(session.h()));
        boolean attached = session.delivery().attach(stream, announcement.apply(session, resumed));
        stream.context().metrics().resume(attached ? "resumed" : "overtaken");
        return attached ? new Bound(session, stream, language) : stream.end(StreamErrors.overtaken());
    }
}
