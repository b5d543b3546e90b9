package io.escalus4j.server.xep.muc;

import io.escalus4j.server.ServerContext;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import io.escalus4j.server.xmpp.Stanza;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Asks the stores what a room must know to deal with a stanza, before it is the stanza's turn. Thread-safe. */
final class Inquiry {
    private static final Set<Jid> NOBODY = Set.of();

    private final ServerContext context;

    Inquiry(ServerContext context) {
        this.context = context;
    }

    CompletionStage<Arrival> of(Stanza stanza) {
        Instant now = context.time().now();
        if (stanza instanceof Message message && !message.isError()) {
            var invitees = Invitations.invitees(message);
            return invitees.isEmpty()
                    ? CompletableFuture.completedFuture(new Arrival(stanza, now, NOBODY, false))
                    : absent(invitees).thenApply(absent -> new Arrival(stanza, now, absent, false));
        }
        return archived(stanza).thenApply(archived -> new Arrival(stanza, now, NOBODY, archived));
    }

    /** Of other servers' users nobody here knows. */
    private CompletionStage<Set<Jid>> absent(List<Jid> invitees) {
        CompletionStage<Set<Jid>> absent = CompletableFuture.completedFuture(new HashSet<>());
        for (Jid invitee : invitees) {
            if (context.router().serves(invitee.domain())) {
                absent = absent.thenCombine(context.stores().accounts().exists(invitee.bare()), (known, exists) -> {
                    if (!exists) {
                        known.add(invitee);
                    }
                    return known;
                });
            }
        }
        return absent;
    }

    private CompletionStage<Boolean> archived(Stanza stanza) {
        if (stanza instanceof Iq iq && iq.isRequest() && Moderation.isWanted(iq)) {
            return context.archiveIds()
                    .read(Moderation.id(iq))
                    .map(id -> context.stores()
                            .archive()
                            .find(iq.to().orElseThrow().bare(), id))
                    .map(found -> found.thenApply(Optional::isPresent))
                    .orElse(CompletableFuture.completedFuture(false));
        }
        return CompletableFuture.completedFuture(false);
    }
}
