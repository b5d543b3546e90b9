package io.escalus4j.exml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamespaceChangeTest {
    private static final NamespaceChange CHANGE = new NamespaceChange("jabber:client", "jabber:component:accept");

    @Test
    void elements_of_the_namespace_move_and_others_stay() {
        Element stanza = Element.parse(
                "<message xmlns='jabber:client' to='a@b' xml:lang='de'><body>Hi &amp; ho</body>"
                        + "<x xmlns='urn:x' y='z'><p:q xmlns:p='urn:p' p:r='1'/><message xmlns='jabber:client'/></x></message>");

        assertThat(CHANGE.of(stanza))
                .isEqualTo(Element.parse("<message xmlns='jabber:component:accept' to='a@b' xml:lang='de'>"
                        + "<body>Hi &amp; ho</body><x xmlns='urn:x' y='z'><p:q xmlns:p='urn:p' p:r='1'/>"
                        + "<message xmlns='jabber:component:accept'/></x></message>"));
    }

    @Test
    void there_and_back_it_is_the_same() {
        Element stanza = Element.parse("<iq xmlns='jabber:client' id='1'><query xmlns='urn:q'/></iq>");

        assertThat(new NamespaceChange("jabber:component:accept", "jabber:client").of(CHANGE.of(stanza)))
                .isEqualTo(stanza);
    }

    @Test
    void what_is_of_no_such_namespace_stays_as_it_is() {
        Element features = Element.parse("<stream:features xmlns:stream='s'><a xmlns='b'/></stream:features>");

        assertThat(CHANGE.of(features)).isEqualTo(features);
    }
}
