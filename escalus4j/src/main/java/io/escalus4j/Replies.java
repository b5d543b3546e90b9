package io.escalus4j;

import io.escalus4j.exml.Element;
import io.escalus4j.history.Address;
import io.escalus4j.match.ExtensionMatchers;
import io.escalus4j.match.Matcher;
import io.escalus4j.match.Matchers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The answers that a client waits for, told apart by id and by sender: an answer of somebody else is none, it could be
 * forged (RFC 6120 section 8.1.2.1). Thread-safe.
 */
final class Replies {
    private final Map<String, Awaited> awaited = new ConcurrentHashMap<>();

    private record Awaited(List<Address> senders, boolean unstamped, CompletableFuture<Element> answer) {
        boolean accepts(Element element) {
            return element.attribute("from")
                    .map(from -> senders.contains(Address.of(from)))
                    .orElse(unstamped);
        }
    }

    /** @param self the full JID of who asks, or what is known of it */
    CompletableFuture<Element> await(Element request, Address self) {
        var answer = new CompletableFuture<Element>();
        awaited.put(request.attribute("id", ""), awaited(request.attribute("to"), self, answer));
        return answer;
    }

    /**
     * A question to nobody, and one to the own account, is answered on behalf of the account (RFC 6120 section 10.3.3);
     * who has not bound a resource yet talks to the server alone.
     */
    private static Awaited awaited(Optional<String> to, Address self, CompletableFuture<Element> answer) {
        if (to.isEmpty()) {
            return new Awaited(List.of(self, self.bare(), Address.of(self.domain())), true, answer);
        }
        Address recipient = Address.of(to.get());
        return new Awaited(List.of(recipient), recipient.equals(self.bare()) || self.isBare(), answer);
    }

    /** In words: the answer to {@code request}. */
    static Matcher to(Element request) {
        Matcher answer = ExtensionMatchers.answerTo(request);
        return request.attribute("to")
                .<Matcher>map(to -> answer.and(Matchers.iq().from(to)))
                .orElse(answer);
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
