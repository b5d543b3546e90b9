package io.escalus4j.server.stream;

import io.escalus4j.exml.Element;
import io.escalus4j.server.auth.Principal;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Ns;
import io.escalus4j.server.xmpp.Stanza;
import io.escalus4j.server.xmpp.StanzaError;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import io.escalus4j.server.xmpp.Stanzas;
import io.escalus4j.server.xmpp.Stanzas.Reading;
import io.escalus4j.server.xmpp.StreamError;
import java.util.concurrent.CompletionStage;

/**
 * The client is to bind a resource (RFC 6120 section 7).
 *
 * @param refusals how often it has tried in vain
 */
record Authenticated(ClientStream stream, Principal principal, StreamHeader header, int refusals) implements State {
    /** Section 7.7.3 wants 5 to 10. */
    private static final int TRIES = 10;

    static State offered(ClientStream stream, Principal principal, StreamHeader header) {
        stream.send(StreamFeatures.toBind(stream.context()));
        return new Authenticated(stream, principal, header, 0);
    }

    @Override
    public CompletionStage<State> opened(StreamHeader header) {
        return stream.failed(StreamErrors.streamInStream());
    }

    @Override
    public CompletionStage<State> received(Element child) {
        if (child.namespace().equals(Ns.SM)) {
            return new Resuming(stream, principal.account(), header.language()).received(child, this);
        }
        var reading = Stanzas.read(child, principal.account());
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
        var start = new SessionStart(stream, principal, header.language());
        String wanted = iq.payload().childText("resource").orElse("");
        try {
            var session = start.session(wanted.isEmpty() ? stream.context().randomId() : wanted);
            return start.bind(session, "", () -> stream.send(result(iq, session.jid())))
                    .orElseGet(() -> full(iq));
        } catch (IllegalArgumentException notAResource) {
            return refused(
                    iq, StanzaError.of(Condition.BAD_REQUEST, "'%s' is no resource (RFC 7622 section 3.4)", wanted));
        }
    }

    private CompletionStage<State> full(Iq iq) {
        return refused(
                iq,
                StanzaError.of(
                        Condition.RESOURCE_CONSTRAINT, "%s has as many resources as it may", principal.account()));
    }

    private static Element result(Iq iq, Jid full) {
        return iq.result(Element.of("bind", Ns.BIND).with(Element.text("jid", Ns.BIND, full.toString())))
                .element();
    }

    private CompletionStage<State> refused(Stanza bind, StanzaError error) {
        stream.send(bind.refusedWith(error).element());
        if (refusals + 1 < TRIES) {
            return ClientStream.next(new Authenticated(stream, principal, header, refusals + 1));
        }
        stream.context().metrics().limitHit("bind-tries");
        return stream.failed(StreamError.of(
                StreamError.Condition.POLICY_VIOLATION,
                "%d resources refused, no more tries are allowed (RFC 6120 section 7.7.3)",
                TRIES));
    }
}
