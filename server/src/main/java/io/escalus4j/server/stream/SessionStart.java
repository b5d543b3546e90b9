package io.escalus4j.server.stream;

import io.escalus4j.server.auth.Principal;
import io.escalus4j.server.module.Hook;
import io.escalus4j.server.route.Session;
import io.escalus4j.server.route.SessionKey;
import io.escalus4j.server.stream.ResourceBinder.Binding;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.StreamError;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Makes a session of a stream whose client has authenticated (RFC 6120 section 7). Confined to the event loop. */
record SessionStart(ClientStream stream, Principal principal, Optional<String> language) {
    /** What the client calls its installation (XEP-0388 section 2.3), empty if it says nothing. */
    private static final SessionKey<String> AGENT = new SessionKey<>("user-agent", "");

    /** @throws IllegalArgumentException if there is no such resource (RFC 7622 section 3.4) */
    ClientSession session(String resource) {
        Jid full = principal.account().withResource(resource);
        var session = new ClientSession(full, stream);
        session.update(Principal.TEMPORARY, any -> principal.temporary());
        return session;
    }

    /**
     * Gives the resource to the session. Earlier sessions of the same installation have to go (XEP-0386 section 3.2).
     *
     * @param agent identifies the installation, empty if the client does not say
     * @param announce runs before anybody can deliver to the session
     * @return empty if the account has as many resources as it may
     */
    Optional<CompletionStage<State>> bind(ClientSession session, String agent, Runnable announce) {
        session.update(AGENT, any -> agent);
        var binding = stream.context()
                .binder()
                .bind(session, other -> !agent.isEmpty() && other.get(AGENT).equals(agent), announce);
        if (binding instanceof Binding.Bound bound) {
            stream.bound(session);
            var settled =
                    stream.context().hops().pass("bind", session.jid(), () -> settled(session, bound.displaced()));
            return Optional.of(stream.after(settled, told -> new Bound(session, stream, language)));
        }
        stream.context().metrics().limitHit("sessions-per-account");
        return Optional.empty();
    }

    /** All modules know that the old sessions have gone before they hear of the new one. */
    private CompletionStage<Void> settled(ClientSession session, List<Session> displaced) {
        displaced.forEach(old -> old.close(StreamError.of(
                StreamError.Condition.CONFLICT, "%s was bound anew (RFC 6120 section 7.7.2.2)", old.jid())));
        return CompletableFuture.allOf(displaced.stream()
                        .filter(ClientSession.class::isInstance)
                        .map(old -> ((ClientSession) old).ended().toCompletableFuture())
                        .toArray(CompletableFuture[]::new))
                .thenCompose(gone -> stream.context().modules().tell(Hook.BOUND, session));
    }
}
