package io.escalus4j.server.stream;

import io.escalus4j.exml.Element;
import io.escalus4j.server.auth.Principal;
import io.escalus4j.server.xmpp.StreamError;
import io.escalus4j.server.xmpp.StreamError.Condition;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A stream header is due: at first, and again when TLS or SASL has succeeded. */
record Opening(ClientStream stream, Optional<Principal> user) implements State {

    @Override
    public CompletionStage<State> opened(StreamHeader header) {
        var fault = header.fault(stream.context().config().domains()).or(() -> hostFault(header));
        stream.answer(header);
        return fault.map(stream::failed).orElseGet(() -> ClientStream.next(negotiation(header)));
    }

    /** Who has authenticated to one host does not get to another by opening the stream anew. */
    private Optional<StreamError> hostFault(StreamHeader header) {
        return user.map(principal -> principal.account().domain())
                .filter(domain -> !domain.equals(header.to()))
                .map(domain -> StreamError.of(
                        Condition.NOT_AUTHORIZED, "authenticated to '%s', the stream is to '%s'", domain, header.to()));
    }

    private State negotiation(StreamHeader header) {
        return user.<State>map(principal -> Authenticated.offered(stream, principal, header))
                .orElseGet(() -> Negotiating.offered(stream, header));
    }

    @Override
    public CompletionStage<State> received(Element child) {
        return stream.failed(StreamError.of(Condition.BAD_FORMAT, "'%s' before the stream header", child.name()));
    }
}
