package io.escalus4j;

import io.escalus4j.exml.Element;
import io.escalus4j.match.Matchers;
import io.escalus4j.match.StanzaMatcher;
import io.escalus4j.stanza.Builders;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Makes users contacts of each other by the handshake of RFC 6121 section 3.1, and clears away what that sends about. They
 * are friends once they see each other's presence: of the approval itself only those are told who have asked for their
 * roster (section 3.1.6).
 */
record Friendship(Scene scene, Telling telling) {

    private record Pair(Client one, Client other) {
        Stream<Pair> bothWays() {
            return Stream.of(this, new Pair(other, one));
        }
    }

    void among(List<String> names) {
        if (names.isEmpty()) {
            return;
        }
        List<Pair> pairs = pairs(names.stream().map(this::someClient).toList());
        say(pairs, Builders::subscribe);
        hear(pairs, Matchers.presenceOfType("subscribe"));
        say(pairs, Builders::subscribed);
        hear(pairs, Matchers.available());
        Collection<Client> all = telling.clients();
        Fence.between(telling, all, all);
        all.forEach(Client::drain);
        scene.note("friends: " + String.join(", ", names));
    }

    private Client someClient(String user) {
        Jid account = scene.user(user).jid();
        return telling.clients().stream()
                .filter(client -> client.isLive() && client.account().equals(account))
                .findFirst()
                .orElseGet(() -> scene.client(user));
    }

    private static List<Pair> pairs(List<Client> clients) {
        var pairs = new ArrayList<Pair>();
        for (int i = 0; i < clients.size(); i++) {
            for (int j = 0; j < i; j++) {
                new Pair(clients.get(j), clients.get(i)).bothWays().forEach(pairs::add);
            }
        }
        return pairs;
    }

    private void say(List<Pair> pairs, Function<Object, Element> presence) {
        pairs.forEach(pair -> pair.one().send(presence.apply(pair.other().account()), telling.step()));
    }

    private void hear(List<Pair> pairs, StanzaMatcher presence) {
        pairs.forEach(pair -> pair.one().expect(presence.fromAnyResourceOf(pair.other()), telling.step()));
    }
}
