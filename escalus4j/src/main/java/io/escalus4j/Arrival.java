package io.escalus4j;

import io.escalus4j.match.Matchers;
import io.escalus4j.stanza.Builders;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Makes connected clients available. Whatever a server sends at a login (welcome messages, roster pushes, presence of the
 * own other resources) is no part of the story: it is set aside, however much of it there is.
 */
record Arrival(Telling telling) {

    void of(Collection<Client> clients) {
        if (clients.isEmpty()) {
            return;
        }
        Together.all(clients.stream().map(this::appearance).toList());
        Fence.between(telling, clients, clients);
        clients.forEach(this::setAside);
    }

    /** The server tells a resource its own presence too (RFC 6121 section 4.2.2). */
    private Callable<Client> appearance(Client client) {
        return () -> {
            client.send(Builders.initialPresence(), telling.step());
            client.expect(Matchers.available().from(client.jid()), telling.step());
            return client;
        };
    }

    private void setAside(Client client) {
        List<?> noise = client.drain();
        if (!noise.isEmpty()) {
            telling.history().note(client.name(), "%d stanzas of the login are set aside".formatted(noise.size()));
        }
    }
}
