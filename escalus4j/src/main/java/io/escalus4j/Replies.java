package io.escalus4j;

import io.escalus4j.exml.Element;
import io.escalus4j.history.Address;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The answers that a client waits for, told apart by id and by sender: an answer of somebody else is none, it could be
 * forged (RFC 6120 section 8.1.2.1). Thread-safe.
 */
final class Replies {
    private final Map<String, Awaited> awaited = new ConcurrentHashMap<>();

    private record Awaited(Set<Address> senders, boolean unstamped, CompletableFuture<Element> answer) {
        boolean accepts(Element element) {
            return element.attribute("from")
                    .map(from -> senders.contains(Address.of(from)))
                    .orElse(unstamped);
        }
    }

    /** @param self the full JID of who asks */
    CompletableFuture<Element> await(Element request, Jid self) {
        var answer = new CompletableFuture<Element>();
        awaited.put(request.attribute("id", ""), awaited(request.attribute("to"), self, answer));
        return answer;
    }

    /** A question to nobody, and one to the own account, is answered on behalf of the account (RFC 6120 section 10.3.3). */
    private static Awaited awaited(Optional<String> to, Jid self, CompletableFuture<Element> answer) {
        Address full = Address.of(self.toString());
        Address server = Address.of(self.domain());
        if (to.isEmpty()) {
            return new Awaited(Set.of(full, full.bare(), server), true, answer);
        }
        Address recipient = Address.of(to.get());
        return new Awaited(Set.of(recipient), recipient.equals(full.bare()), answer);
    }

    void forget(Element request) {
        awaited.remove(request.attribute("id", ""));
    }

    /** Whether {@code element} was waited for. */
    boolean take(Element element) {
        String type = element.attribute("type", "");
        if (!element.is("iq", "jabber:client") || !(type.equals("result") || type.equals("error"))) {
            return false;
        }
        return element.attribute("id")
                .map(awaited::get)
                .filter(one -> one.accepts(element))
                .map(one -> one.answer().complete(element))
                .orElse(false);
    }
}
