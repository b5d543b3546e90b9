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

    @Test
    void what_is_in_no_namespace_stays_in_none() {
        Element stanza = Element.parse("<message xmlns='jabber:client'><b xmlns=''><c/></b></message>");

        Element changed = CHANGE.of(stanza);

        assertThat(changed)
                .isEqualTo(Element.parse("<message xmlns='jabber:component:accept'><b xmlns=''><c/></b></message>"));
        assertThat(changed.withOnly(changed.children())).isEqualTo(changed);
    }

    @Test
    void what_is_written_declares_what_it_needs_and_no_more() {
        Element stanza = Element.parse("<p:message xmlns:p='jabber:client' xmlns='urn:x' p:id='1'><q/>"
                + "<r:s xmlns:r='urn:r' xmlns='jabber:client'><t/></r:s></p:message>");

        assertThat(CHANGE.of(stanza).toXml())
                .isEqualTo(
                        "<message xmlns='jabber:component:accept' xmlns:p='jabber:client' p:id='1'><q xmlns='urn:x'/>"
                                + "<r:s xmlns:r='urn:r'><t/></r:s></message>");
    }
}
