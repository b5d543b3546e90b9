package io.escalus4j.server.stream;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Ns;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

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
                    : refused("feature-not-implemented", Optional.empty(), authenticated);
        }
        return child.name().equals("enable")
                ? refused("unexpected-request", Optional.empty(), authenticated)
                : stream.failed(StreamErrors.unsupported(child));
    }

    private CompletionStage<State> resume(Element resume, State authenticated) {
        var h = Management.count(resume);
        if (h.isEmpty()) {
            return refused("bad-request", Optional.empty(), authenticated);
        }
        String id = resume.attribute("previd", "");
        return stream.context()
                .resumption()
                .find(id, account)
                .map(session -> resume(id, h.get(), session, authenticated))
                .orElseGet(() -> notFound(id, authenticated));
    }

    private CompletionStage<State> notFound(String id, State authenticated) {
        return refused("item-not-found", stream.context().resumption().pastCount(id, account), authenticated);
    }

    private CompletionStage<State> refused(String condition, Optional<Long> h, State authenticated) {
        stream.context().metrics().resume(condition);
        stream.send(Management.failed(condition).with("h", h.map(Object::toString)));
        return ClientStream.next(authenticated);
    }

    private CompletionStage<State> resume(String id, long h, ClientSession session, State authenticated) {
        var tooMany = session.delivery().acknowledge(h);
        if (tooMany.isPresent()) {
            stream.context().metrics().resume("handled-count-too-high");
            return stream.failed(StreamErrors.handledTooMany(h, tooMany.get()));
        }
        var former = session.delivery().claim(stream);
        if (former.isEmpty()) {
            return notFound(id, authenticated);
        }
        stream.bound(session);
        stream.context().resumption().attached(session);
        var released = stream.context().hops().pass("resume", session.jid(), former.get()::release);
        return stream.after(released, done -> attached(id, session));
    }

    private State attached(String id, ClientSession session) {
        Element resumed = Element.of("resumed", Ns.SM).with("previd", id).with("h", Long.toString(session.h()));
        boolean attached = session.delivery().attach(stream, resumed);
        stream.context().metrics().resume(attached ? "resumed" : "overtaken");
        return attached ? new Bound(session, stream, language) : stream.end(StreamErrors.overtaken());
    }
}
