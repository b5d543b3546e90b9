package io.escalus4j.stories;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.exml.Element;
import io.escalus4j.stanza.Builders;
import java.util.ArrayList;
import java.util.function.Supplier;

/**
 * Requests that nobody could mean, a line each, and what each is answered.
 *
 * <pre>
 * bad-request      set  &lt;query xmlns='http://jabber.org/protocol/muc#admin'/&gt;
 * </pre>
 */
final class Refusals {
    private Refusals() {}

    /**
     * Each line of {@code requests} is refused as it says, and nothing is changed by any of them.
     *
     * @param state what must be the same afterwards
     */
    static void refused(Client client, String to, String requests, Supplier<String> state) {
        String before = state.get();
        var wrong = new ArrayList<String>();
        requests.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> {
            var parts = line.split(" +", 3);
            String answer = answer(client, to, parts[1], parts[2]);
            if (!answer.equals(parts[0])) {
                wrong.add("%s was answered to %s, not %s".formatted(answer, parts[2], parts[0]));
            }
            if (!state.get().equals(before)) {
                wrong.add("something was changed by %s".formatted(parts[2]));
            }
        });
        assertThat(wrong).isEmpty();
    }

    private static String answer(Client client, String to, String type, String payload) {
        Element asked = type.equals("get")
                ? Builders.iqGet(to, Element.parse(payload))
                : Builders.iqSet(to, Element.parse(payload));
        return client.request(asked)
                .child("error", "jabber:client")
                .flatMap(Element::firstElement)
                .map(Element::name)
                .orElse("a result");
    }
}
