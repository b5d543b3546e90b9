package io.escalus4j.server.module;

import io.escalus4j.server.route.Session;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Stanza;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is told at a hook, without its content: for logs and events. Immutable.
 *
 * @param kind {@code message}, {@code iq}, {@code presence}, {@code session}, {@code account}, or empty
 * @param jids whom it concerns, the sender first
 */
public record HookSubject(String kind, List<Jid> jids) {

    static HookSubject of(Object told) {
        if (told instanceof Hook.Sent sent) {
            return of(sent.stanza());
        }
        if (told instanceof Hook.Received received) {
            return of(received.stanza());
        }
        if (told instanceof Hook.Undelivered undelivered) {
            return of(undelivered.message());
        }
        if (told instanceof Hook.Audience audience) {
            return new HookSubject("presence", List.of(audience.owner()));
        }
        return ofEntity(told);
    }

    private static HookSubject ofEntity(Object told) {
        if (told instanceof Session session) {
            return new HookSubject("session", List.of(session.jid()));
        }
        if (told instanceof Hook.Unacknowledged left) {
            return ofEntity(left.session());
        }
        if (told instanceof Hook.Hidden hidden) {
            return new HookSubject("account", List.of(hidden.owner()));
        }
        if (told instanceof Hook.Shown shown) {
            return new HookSubject("account", List.of(shown.owner()));
        }
        return told instanceof Jid account
                ? new HookSubject("account", List.of(account))
                : new HookSubject("", List.of());
    }

    private static HookSubject of(Stanza stanza) {
        return new HookSubject(
                stanza.element().name(),
                Stream.concat(Stream.of(stanza.from()), stanza.to().stream()).toList());
    }
}
