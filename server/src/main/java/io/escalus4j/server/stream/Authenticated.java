package io.escalus4j.server.stream;

import io.escalus4j.exml.Element;
import io.escalus4j.server.module.Hook;
import io.escalus4j.server.stream.ResourceBinder.Binding;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Ns;
import io.escalus4j.server.xmpp.Stanza;
import io.escalus4j.server.xmpp.StanzaError;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import io.escalus4j.server.xmpp.Stanzas;
import io.escalus4j.server.xmpp.Stanzas.Reading;
import io.escalus4j.server.xmpp.StreamError;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The client is to bind a resource (RFC 6120 section 7). */
record Authenticated(ClientStream stream, Jid account, StreamHeader header) implements State {

    static State offered(ClientStream stream, Jid account, StreamHeader header) {
        stream.send(StreamFeatures.toBind(stream.context()));
        return new Authenticated(stream, account, header);
    }

    @Override
    public CompletionStage<State> opened(StreamHeader header) {
        return stream.failed(StreamErrors.streamInStream());
    }

    @Override
    public CompletionStage<State> received(Element child) {
        if (child.namespace().equals(Ns.SM)) {
            return new Resuming(stream, account, header.language()).received(child, this);
        }
        var reading = Stanzas.read(child, account);
        if (reading instanceof Reading.Accepted accepted && accepted.stanza() instanceof Iq iq && isBind(iq)) {
            return bind(iq);
        }
        return stream.failed(
                reading instanceof Reading.NoStanza none
                        ? none.error()
                        : StreamError.of(
                                StreamError.Condition.NOT_AUTHORIZED,
                                "'%s' before a resource is bound (RFC 6120 section 7.1)",
                                child.name()));
    }

    private static boolean isBind(Iq iq) {
        return iq.type() == Iq.Type.SET && iq.payload().is("bind", Ns.BIND);
    }

    private CompletionStage<State> bind(Iq iq) {
        String wanted = iq.payload().childText("resource").orElse("");
        try {
            Jid full = account.withResource(wanted.isEmpty() ? stream.context().randomId() : wanted);
            return bind(iq, new ClientSession(full, stream));
        } catch (IllegalArgumentException notAResource) {
            return refused(
                    iq, StanzaError.of(Condition.BAD_REQUEST, "'%s' is no resource (RFC 7622 section 3.4)", wanted));
        }
    }

    private CompletionStage<State> bind(Iq iq, ClientSession session) {
        var binding = stream.context().binder().bind(session, () -> stream.send(result(iq, session.jid())));
        if (binding instanceof Binding.Bound bound) {
            stream.bound(session);
            return stream.after(
                    settled(session, bound.displaced()), told -> new Bound(session, stream, header.language()));
        }
        stream.context().metrics().limitHit("sessions-per-account");
        return refused(
                iq, StanzaError.of(Condition.RESOURCE_CONSTRAINT, "%s has as many resources as it may", account));
    }

    private static Element result(Iq iq, Jid full) {
        return iq.result(Element.of("bind", Ns.BIND).with(Element.text("jid", Ns.BIND, full.toString())))
                .element();
    }

    /** All modules know that the old session has gone before they hear of the new one. */
    private CompletionStage<Void> settled(
            ClientSession session, Optional<io.escalus4j.server.route.Session> displaced) {
        displaced.ifPresent(old -> old.close(StreamError.of(
                StreamError.Condition.CONFLICT, "%s was bound anew (RFC 6120 section 7.7.2.2)", old.jid())));
        return displaced
                .filter(ClientSession.class::isInstance)
                .map(old -> ((ClientSession) old).ended())
                .orElse(CompletableFuture.completedFuture(null))
                .thenCompose(gone -> stream.context().modules().tell(Hook.BOUND, session));
    }

    private CompletionStage<State> refused(Stanza bind, StanzaError error) {
        stream.send(bind.refusedWith(error).element());
        return ClientStream.next(this);
    }
}
