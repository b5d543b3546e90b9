package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.chatMessage;
import static io.escalus4j.match.Matchers.error;
import static io.escalus4j.match.Matchers.message;
import static io.escalus4j.stanza.Builders.chat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.Client;
import io.escalus4j.Component;
import io.escalus4j.ComponentDoor;
import io.escalus4j.Jid;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.Story;
import io.escalus4j.wire.ConnectionException;
import io.escalus4j.wire.ConnectionSettings;

/** XEP-0114: programs that serve a domain of their own. */
class ComponentStory {
    private static Element echo(Element message) {
        return chat(message.attribute("from", ""), message.childText("body").orElse(""));
    }

    private static ConnectionSettings settings(Scene scene, String domain, String secret) {
        ComponentDoor door = scene.server().components().orElseThrow();
        return ConnectionSettings.to(domain, door.address()).asComponent(secret);
    }

    private static ComponentDoor door(Scene scene) {
        return scene.server().components().orElseThrow();
    }

    @Story
    @Spec(
            xep = 114,
            section = "3",
            says = "an accepted component receives stanzas from the server and sends stanzas through it")
    void an_echo_answers_whoever_speaks_to_its_domain(Client alice, Component echo) {
        echo.answers(message(), ComponentStory::echo);

        alice.send(chat(echo, "Tea at five"));

        alice.expect(chatMessage("Tea at five").from(echo));
    }

    @Story
    @Spec(
            xep = 114,
            section = "3",
            says = "it may send from any user at its hostname, and gets what is for any of them")
    void every_address_of_the_domain_is_the_components(Client alice, Component echo) {
        String kate = "kate@" + echo.domain();
        alice.send(chat(Jid.of(kate), "Are you there?"));
        echo.expect(chatMessage("Are you there?").from(alice));

        echo.send(chat(alice, "I am").with("from", kate + "/home"));

        assertThat(alice.expect(chatMessage("I am")).attribute("from")).contains(kate + "/home");
    }

    @Story
    @Spec(
            xep = 114,
            section = "3",
            says = "stanzas are in jabber:component:accept to the component and in jabber:client to others")
    void stanzas_change_their_namespace_on_the_way(Client alice, Component echo) {
        Element marked = chat(echo, "Hi").with(Element.of("x", "urn:example:x").with(Element.of("y", "jabber:client")));
        echo.answers(message(), message -> message.without("to").without("from"));

        alice.send(marked);

        assertThat(alice.expect(chatMessage("Hi").from(echo)).child("x", "urn:example:x"))
                .hasValueSatisfying(x -> assertThat(x.has("y", "jabber:client")).isTrue());
    }

    @Story
    @Spec(xep = 114, section = "3", says = "several components may be connected, each serves its own domain")
    void components_speak_with_each_other(Component echo, Component bridge) {
        echo.answers(message(), ComponentStory::echo);

        bridge.send(chat(echo, "Over").with("from", "gate@" + bridge.domain()));

        assertThat(bridge.expect(chatMessage("Over").from(echo)).attribute("to"))
                .contains("gate@" + bridge.domain());
    }

    @Story
    @Spec(xep = 114, section = "3", says = "the domain of 'from' MUST match the hostname of the component")
    void a_component_that_speaks_for_another_domain_is_cut_off(Client alice, Component echo) {
        echo.send(chat(alice, "I am somebody else").with("from", alice.account().toString()));

        echo.expectStreamError("invalid-from");
    }

    @Story
    @Spec(xep = 114, section = "3", says = "all stanzas sent to the server MUST possess a 'to' attribute")
    void a_stanza_without_an_addressee_is_against_the_rules(Component echo) {
        echo.send(Element.of("message", "jabber:client").with(Element.text("body", "jabber:client", "who?")));

        echo.expectStreamError("improper-addressing");
    }

    @Story
    @Spec(xep = 114, section = "3", says = "if the credentials are not valid the stream is closed with not-authorized")
    void who_does_not_know_the_secret_is_refused(Component echo, Scene scene) {
        var wrong = settings(scene, "other-" + echo.domain(), "no secret");

        assertThatThrownBy(() -> Component.connect("impostor", wrong))
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("not-authorized");
    }

    @Story
    @Spec(xep = 114, section = "3", says = "for a name that is in use the server may return conflict")
    void a_domain_that_is_served_is_not_served_twice(Client alice, Component echo, Scene scene) {
        var same = settings(scene, echo.domain(), door(scene).secret());

        assertThatThrownBy(() -> Component.connect("second", same)).hasMessageContaining("conflict");

        alice.send(chat(echo, "Still you?"));
        echo.expect(chatMessage("Still you?").from(alice));
    }

    @Story
    @Spec(xep = 114, section = "3", says = "for a name that the server does not service it returns host-unknown")
    void a_domain_that_nobody_may_serve_is_refused(Component echo, Scene scene) {
        var stranger = settings(scene, "example.org", door(scene).secret());

        assertThatThrownBy(() -> Component.connect("stranger", stranger)).hasMessageContaining("host-unknown");
    }

    @Story
    @Spec(rfc = 6120, section = "8.3.3.13", says = "recipient-unavailable: the recipient is temporarily not there")
    void what_is_for_a_component_that_is_away_comes_back(Client alice, Component echo, Scene scene) {
        echo.close();

        alice.send(chat(echo, "Anybody?"));

        alice.expect(error("recipient-unavailable").from(echo));
    }

    @Story
    @Spec(rfc = 6120, section = "4.9.3.13", says = "not-well-formed: the stream is no XML")
    void a_component_that_sends_no_xml_is_cut_off(Component echo) {
        echo.sendRaw("<message></iq>");

        echo.expectStreamError("not-well-formed");
    }
}
