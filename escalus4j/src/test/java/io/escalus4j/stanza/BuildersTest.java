package io.escalus4j.stanza;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Jid;
import io.escalus4j.exml.Element;
import io.escalus4j.users.User;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BuildersTest {
    private static final Object BOB = new User("bob", Jid.of("bob@localhost"), "");

    private static Stream<Arguments> stanzas() {
        Element data = Element.of("storage", "storage:bookmarks");
        Element question = Element.of("q", "urn:q");
        Element asked = Builders.iqGet("localhost", question).with("id", "i1").with("from", "bob@localhost/x");
        return Stream.of(
                Arguments.of(
                        Builders.chat(BOB, "Hi"),
                        "<message xmlns='jabber:client' type='chat' to='bob@localhost'><body>Hi</body></message>"),
                Arguments.of(
                        Builders.message("bob@localhost", "Hi"),
                        "<message xmlns='jabber:client' to='bob@localhost'><body>Hi</body></message>"),
                Arguments.of(
                        Builders.groupchat(Jid.of("room@muc.localhost"), "Hi"),
                        "<message xmlns='jabber:client' type='groupchat' to='room@muc.localhost'><body>Hi</body></message>"),
                Arguments.of(
                        Builders.headline(BOB, "Hi"),
                        "<message xmlns='jabber:client' type='headline' to='bob@localhost'><body>Hi</body></message>"),
                Arguments.of(
                        Builders.headline(BOB, "News", "Hi"),
                        "<message xmlns='jabber:client' type='headline' to='bob@localhost'><body>Hi</body><subject>News</subject></message>"),
                Arguments.of(Builders.initialPresence(), "<presence xmlns='jabber:client'/>"),
                Arguments.of(Builders.unavailablePresence(), "<presence xmlns='jabber:client' type='unavailable'/>"),
                Arguments.of(
                        Builders.presenceWithShow("dnd", "busy"),
                        "<presence xmlns='jabber:client'><show>dnd</show><status>busy</status></presence>"),
                Arguments.of(
                        Builders.presenceWithPriority(-1),
                        "<presence xmlns='jabber:client'><priority>-1</priority></presence>"),
                Arguments.of(Builders.directedPresence(BOB), "<presence xmlns='jabber:client' to='bob@localhost'/>"),
                Arguments.of(
                        Builders.directedUnavailable(BOB),
                        "<presence xmlns='jabber:client' type='unavailable' to='bob@localhost'/>"),
                Arguments.of(
                        Builders.subscribe(BOB),
                        "<presence xmlns='jabber:client' type='subscribe' to='bob@localhost'/>"),
                Arguments.of(
                        Builders.subscribed(BOB),
                        "<presence xmlns='jabber:client' type='subscribed' to='bob@localhost'/>"),
                Arguments.of(
                        Builders.unsubscribe(BOB),
                        "<presence xmlns='jabber:client' type='unsubscribe' to='bob@localhost'/>"),
                Arguments.of(
                        Builders.unsubscribed(BOB),
                        "<presence xmlns='jabber:client' type='unsubscribed' to='bob@localhost'/>"),
                Arguments.of(Builders.iqGet(question), "<iq xmlns='jabber:client' type='get'><q xmlns='urn:q'/></iq>"),
                Arguments.of(Builders.iqSet(question), "<iq xmlns='jabber:client' type='set'><q xmlns='urn:q'/></iq>"),
                Arguments.of(
                        Builders.iqResult(asked), "<iq xmlns='jabber:client' type='result' to='bob@localhost/x'/>"),
                Arguments.of(
                        Builders.iqResult(asked, question),
                        "<iq xmlns='jabber:client' type='result' to='bob@localhost/x'><q xmlns='urn:q'/></iq>"),
                Arguments.of(
                        Builders.iqError(asked, "cancel", "item-not-found"),
                        "<iq xmlns='jabber:client' type='error' to='bob@localhost/x'><error type='cancel'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>"),
                Arguments.of(
                        Builders.getRoster(),
                        "<iq xmlns='jabber:client' type='get'><query xmlns='jabber:iq:roster'/></iq>"),
                Arguments.of(
                        Builders.getRoster("v1"),
                        "<iq xmlns='jabber:client' type='get'><query xmlns='jabber:iq:roster' ver='v1'/></iq>"),
                Arguments.of(
                        Builders.setContact(BOB, "Bobby", "Friends", "Work"),
                        "<iq xmlns='jabber:client' type='set'><query xmlns='jabber:iq:roster'><item jid='bob@localhost' name='Bobby'><group>Friends</group><group>Work</group></item></query></iq>"),
                Arguments.of(
                        Builders.removeContact(BOB),
                        "<iq xmlns='jabber:client' type='set'><query xmlns='jabber:iq:roster'><item jid='bob@localhost' subscription='remove'/></query></iq>"),
                Arguments.of(
                        ExtensionBuilders.getDiscoInfo("localhost"),
                        get("localhost", "<query xmlns='http://jabber.org/protocol/disco#info'/>")),
                Arguments.of(
                        ExtensionBuilders.getDiscoInfo("localhost", "n"),
                        get("localhost", "<query xmlns='http://jabber.org/protocol/disco#info' node='n'/>")),
                Arguments.of(
                        ExtensionBuilders.getDiscoItems("localhost"),
                        get("localhost", "<query xmlns='http://jabber.org/protocol/disco#items'/>")),
                Arguments.of(
                        ExtensionBuilders.getDiscoItems("localhost", "n"),
                        get("localhost", "<query xmlns='http://jabber.org/protocol/disco#items' node='n'/>")),
                Arguments.of(ExtensionBuilders.ping("localhost"), get("localhost", "<ping xmlns='urn:xmpp:ping'/>")),
                Arguments.of(
                        ExtensionBuilders.getVersion("localhost"),
                        get("localhost", "<query xmlns='jabber:iq:version'/>")),
                Arguments.of(ExtensionBuilders.getTime("localhost"), get("localhost", "<time xmlns='urn:xmpp:time'/>")),
                Arguments.of(
                        ExtensionBuilders.getLastActivity("localhost"),
                        get("localhost", "<query xmlns='jabber:iq:last'/>")),
                Arguments.of(
                        ExtensionBuilders.getPrivate(data),
                        own("get", "<query xmlns='jabber:iq:private'><storage xmlns='storage:bookmarks'/></query>")),
                Arguments.of(
                        ExtensionBuilders.setPrivate(data),
                        own("set", "<query xmlns='jabber:iq:private'><storage xmlns='storage:bookmarks'/></query>")),
                Arguments.of(ExtensionBuilders.getVCard(), own("get", "<vCard xmlns='vcard-temp'/>")),
                Arguments.of(ExtensionBuilders.getVCard(BOB), get("bob@localhost", "<vCard xmlns='vcard-temp'/>")),
                Arguments.of(
                        ExtensionBuilders.setVCard(Element.of("FN").withText("Alice")),
                        own("set", "<vCard xmlns='vcard-temp'><FN>Alice</FN></vCard>")),
                Arguments.of(
                        ExtensionBuilders.block(BOB, "kate@localhost"),
                        own(
                                "set",
                                "<block xmlns='urn:xmpp:blocking'><item jid='bob@localhost'/><item jid='kate@localhost'/></block>")),
                Arguments.of(ExtensionBuilders.unblock(), own("set", "<unblock xmlns='urn:xmpp:blocking'/>")),
                Arguments.of(ExtensionBuilders.getBlockList(), own("get", "<blocklist xmlns='urn:xmpp:blocking'/>")),
                Arguments.of(ExtensionBuilders.getRegistration(), own("get", "<query xmlns='jabber:iq:register'/>")),
                Arguments.of(
                        ExtensionBuilders.register(Map.of("username", "bob")),
                        own("set", "<query xmlns='jabber:iq:register'><username>bob</username></query>")),
                Arguments.of(
                        ExtensionBuilders.changePassword("bob", "pw"),
                        own(
                                "set",
                                "<query xmlns='jabber:iq:register'><username>bob</username><password>pw</password></query>")),
                Arguments.of(
                        ExtensionBuilders.unregister(),
                        own("set", "<query xmlns='jabber:iq:register'><remove/></query>")),
                Arguments.of(
                        ExtensionBuilders.execute("localhost", "n"),
                        "<iq xmlns='jabber:client' type='set' to='localhost'><command xmlns='http://jabber.org/protocol/commands' node='n' action='execute'/></iq>"),
                Arguments.of(
                        ExtensionBuilders.submit("localhost", "n", "s1", Element.of("x", "jabber:x:data")),
                        "<iq xmlns='jabber:client' type='set' to='localhost'><command xmlns='http://jabber.org/protocol/commands' node='n' sessionid='s1' action='complete'><x xmlns='jabber:x:data'/></command></iq>"),
                Arguments.of(ExtensionBuilders.enableCarbons(), own("set", "<enable xmlns='urn:xmpp:carbons:2'/>")),
                Arguments.of(ExtensionBuilders.disableCarbons(), own("set", "<disable xmlns='urn:xmpp:carbons:2'/>")));
    }

    private static String own(String type, String payload) {
        return "<iq xmlns='jabber:client' type='%s'>%s</iq>".formatted(type, payload);
    }

    private static String get(String to, String payload) {
        return "<iq xmlns='jabber:client' type='get' to='%s'>%s</iq>".formatted(to, payload);
    }

    @ParameterizedTest
    @MethodSource("stanzas")
    void a_builder_writes_what_the_specification_shows(Element built, String expected) {
        assertThat(built.without("id")).isEqualTo(Element.parse(expected));
    }

    @Test
    void messages_and_requests_have_ids_of_their_own() {
        assertThat(Builders.chat(BOB, "Hi").attribute("id"))
                .isPresent()
                .isNotEqualTo(Builders.chat(BOB, "Hi").attribute("id"));
        assertThat(Builders.getRoster().attribute("id")).isPresent();
        assertThat(Builders.initialPresence().attribute("id")).isEmpty();
    }

    @Test
    void an_answer_has_the_id_of_its_request() {
        Element asked = Builders.iqGet(Element.of("q", "urn:q")).with("id", "i7");

        assertThat(Builders.iqResult(asked).attribute("id")).contains("i7");
        assertThat(Builders.iqError(asked, "cancel", "forbidden").attribute("id"))
                .contains("i7");
    }
}
