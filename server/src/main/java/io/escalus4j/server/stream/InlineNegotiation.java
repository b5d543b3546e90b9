package io.escalus4j.server.stream;

import io.escalus4j.exml.Element;
import io.escalus4j.server.auth.Principal;
import io.escalus4j.server.module.StreamOption;
import io.escalus4j.server.xmpp.Ns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What comes with a successful authentication: first a former session is looked for (XEP-0198 section 9.2), and if there is
 * none a resource is bound with all that was asked for with it (XEP-0386). Confined to the event loop.
 */
record InlineNegotiation(ClientStream stream, Principal principal, StreamHeader header, AuthenticationRequest request) {

    /** @param success goes out with all that has come of it */
    CompletionStage<State> negotiate(Element success) {
        if (request.resume().isEmpty() || !stream.context().offersManagement()) {
            return bind(success);
        }
        var resuming = new Resuming(stream, principal.account(), header.language());
        return stream.then(
                resuming.attempt(
                        request.resume().get(),
                        (session, resumed) ->
                                identified(success, session.jid().toString()).with(resumed)),
                outcome -> outcome instanceof Resuming.Outcome.Refused refused
                        ? bind(success.with(refused.failed()))
                        : ClientStream.next(((Resuming.Outcome.Settled) outcome).state()));
    }

    /** The elements of a success are in the order of its schema. */
    private static Element identified(Element success, String jid) {
        var children = new ArrayList<>(success.elements("additional-data", Ns.SASL2));
        children.add(Element.text("authorization-identifier", Ns.SASL2, jid));
        success.elements().stream()
                .filter(child -> !child.is("additional-data", Ns.SASL2))
                .forEach(children::add);
        return success.withOnly(List.copyOf(children));
    }

    private CompletionStage<State> bind(Element success) {
        boolean wanted =
                request.bind().isPresent() && stream.context().modules().allows(StreamOption.BIND2);
        return wanted ? bound(success, request.bind().get()).orElseGet(() -> unbound(success)) : unbound(success);
    }

    /** The resource is bound later, as RFC 6120 section 7 has it. */
    private CompletionStage<State> unbound(Element success) {
        stream.send(identified(success, principal.account().toString()));
        return ClientStream.next(Authenticated.offered(stream, principal, header));
    }

    private Optional<CompletionStage<State>> bound(Element success, Element bind) {
        var start = new SessionStart(stream, principal, header.language());
        var session = session(start, bind.childText("tag").orElse(""));
        return start.bind(session, request.agent(), () -> announce(success, bind, session));
    }

    /** {@code TAG/RANDOM}; a tag that can be in no resource is left out. */
    private ClientSession session(SessionStart start, String tag) {
        String random = stream.context().randomId();
        try {
            return start.session(tag.isEmpty() ? random : tag + '/' + random);
        } catch (IllegalArgumentException noTag) {
            return start.session(random);
        }
    }

    private void announce(Element success, Element bind, ClientSession session) {
        var enabled = stream.context().modules().enableInline(session, bind.elements());
        Element bound = Element.of("bound", Ns.BIND2).with(enabled);
        Element identified = identified(success, session.jid().toString());
        var manage = bind.child("enable", Ns.SM).filter(any -> stream.context().offersManagement());
        if (manage.isPresent()) {
            new Management(session, stream).enable(manage.get(), managed -> identified.with(bound.with(managed)));
        } else {
            stream.send(identified.with(bound));
        }
        stream.send(StreamFeatures.ofSession(stream.context()));
    }
}
