package io.escalus4j.server.xep.muclight;

import io.escalus4j.exml.Element;
import io.escalus4j.server.module.Reply;
import io.escalus4j.server.store.LightRooms;
import io.escalus4j.server.store.LightRooms.Denial;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Who does not want to be added by whom, or to which room (MUC Light section 4.5). Thread-safe. */
final class Blocking {
    private final LightRooms store;
    private final boolean isOn;
    private final int maxDenials;

    Blocking(LightRooms store, boolean isOn, int maxDenials) {
        this.store = store;
        this.isOn = isOn;
        this.maxDenials = maxDenials;
    }

    Reply answer(Iq iq) {
        if (!isOn) {
            return Reply.refused(Condition.BAD_REQUEST, "nothing can be blocked here");
        }
        if (!iq.payload().name().equals("query")) {
            return Reply.refused(
                    Condition.BAD_REQUEST,
                    "'%s' is unknown, allowed is query",
                    iq.payload().name());
        }
        return iq.type() == Iq.Type.GET
                ? list(iq.from().bare())
                : change(iq.from().bare(), iq.payload());
    }

    /** Those of {@code users} who do not let {@code requester} add them, or do not want to be in {@code room}. */
    CompletionStage<Set<Jid>> unwilling(Jid requester, Optional<Jid> room, Collection<Jid> users) {
        if (!isOn) {
            return CompletableFuture.completedFuture(Set.of());
        }
        var requested = new Denial(Denial.Kind.USER, requester);
        return store.denying(
                room.map(jid -> Set.of(requested, new Denial(Denial.Kind.ROOM, jid)))
                        .orElse(Set.of(requested)),
                users);
    }

    private Reply list(Jid user) {
        return Reply.later(denials(user)
                .thenApply(denials -> Reply.result(Element.of("query", RoomXml.BLOCKING)
                        .with(denials.stream().map(Blocking::item).toList()))));
    }

    /** In the order of a list. */
    CompletionStage<List<Denial>> denials(Jid user) {
        return store.denials(user)
                .thenApply(denials -> denials.stream()
                        .sorted(Comparator.comparing(Denial::kind)
                                .thenComparing(denial -> denial.jid().toString()))
                        .toList());
    }

    private static Element item(Denial denial) {
        return Element.text(name(denial.kind()), RoomXml.BLOCKING, denial.jid().toString())
                .with("action", "deny");
    }

    private static String name(Denial.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private Reply change(Jid user, Element query) {
        var wanted = new LinkedHashMap<Denial, Boolean>();
        for (Element item : query.elements()) {
            var denial = denial(item);
            var denied = denied(item);
            if (denial.isEmpty() || denied.isEmpty()) {
                return Reply.refused(
                        Condition.BAD_REQUEST,
                        "'%s' is no item, allowed are user and room with a bare JID and an action of allow or deny",
                        item);
            }
            wanted.put(denial.get(), denied.get());
        }
        return change(user, wanted);
    }

    /** @param wanted whether each is denied from now on */
    Reply change(Jid user, Map<Denial, Boolean> wanted) {
        return wanted.isEmpty()
                ? Reply.refused(Condition.BAD_REQUEST, "nothing to block or unblock")
                : Reply.later(changed(user, wanted));
    }

    private static Optional<Denial> denial(Element item) {
        return List.of(Denial.Kind.values()).stream()
                .filter(kind -> item.is(name(kind), RoomXml.BLOCKING))
                .findFirst()
                .flatMap(kind -> RoomRequests.bareAccount(item.text().strip()).map(jid -> new Denial(kind, jid)));
    }

    private static Optional<Boolean> denied(Element item) {
        return switch (item.attribute("action", "")) {
            case "deny" -> Optional.of(true);
            case "allow" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private CompletionStage<Reply> changed(Jid user, Map<Denial, Boolean> wanted) {
        return store.updateDenials(user, denials -> changed(denials, wanted))
                .thenApply(denials ->
                        wanted.keySet().stream().allMatch(denial -> denials.contains(denial) == wanted.get(denial))
                                ? Reply.done()
                                : Reply.refused(Condition.POLICY_VIOLATION, "at most %d can be blocked", maxDenials));
    }

    /** All of it, or where that is too much nothing. */
    private Set<Denial> changed(Set<Denial> denials, Map<Denial, Boolean> wanted) {
        var changed = new HashSet<>(denials);
        wanted.forEach((denial, denied) -> {
            if (denied) {
                changed.add(denial);
            } else {
                changed.remove(denial);
            }
        });
        return changed.size() > maxDenials && changed.size() > denials.size() ? denials : changed;
    }
}
