package io.escalus4j.match;

import io.escalus4j.exml.Element;

/** Who the tests of this package speak of, and what they say. */
final class People {
    static final String CLIENT = "jabber:client";
    static final Addressed ALICE = new Person("alice", "alice-4f2a@localhost/res1");
    static final Addressed BOB = new Person("bob", "bob-91cc@localhost/res1");

    private record Person(String nickname, String address) implements Addressed {}

    private People() {}

    static Element chat(Addressed from, Addressed to, String body) {
        return Element.of("message", CLIENT)
                .with("type", "chat")
                .with("from", from.address())
                .with("to", to.address())
                .with(Element.of("body").withText(body));
    }

    static Element presence() {
        return Element.of("presence", CLIENT);
    }

    static Element iq(String type, String id) {
        return Element.of("iq", CLIENT).with("type", type).with("id", id);
    }

    static Element error(Element stanza, String condition) {
        return stanza.with("type", "error")
                .with(Element.of("error")
                        .with("type", "cancel")
                        .with(Element.of(condition, "urn:ietf:params:xml:ns:xmpp-stanzas")));
    }
}
