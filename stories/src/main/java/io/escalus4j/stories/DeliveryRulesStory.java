package io.escalus4j.stories;

import static io.escalus4j.Together.together;
import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.Stanzas.assertThat;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.ExtensionBuilders.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.Story;
import java.util.List;

/** The rows of the table of RFC 6121 section 8.5 that {@link MessageRoutingStory} leaves. */
class DeliveryRulesStory {
    private static Element errorTo(Object to) {
        return message(to, "never mind").with("type", "error");
    }

    private static void priorities(Client first, int one, Client second, int other) {
        together(() -> first.send(presenceWithPriority(one)), () -> second.send(presenceWithPriority(other)));
        together(
                () -> first.expectAll(
                        available().from(first).withPriority(one),
                        available().from(second).withPriority(other)),
                () -> second.expectAll(
                        available().from(first).withPriority(one),
                        available().from(second).withPriority(other)));
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "8.5.2.1.1",
            id = {"6121-8.5.2.1.1-1", "6121-8.5.2.1.1-3", "6121-8.5.2.1.1-10", "6121-5.2.2-5", "6121-9-1"},
            says = "a message to the account reaches its only resource, with the address as it was")
    void a_message_to_the_account_reaches_its_only_resource(Client alice, Client bob) {
        alice.send(message(bob.account(), "normal"));
        alice.send(chat(bob.account(), "chat"));
        alice.send(chat(bob.account(), "odd").with("type", "telegram"));

        for (String body : List.of("normal", "chat", "odd")) {
            Element got = bob.expect(message().from(alice).withBody(body));
            assertThat(got.attribute("to", "")).isEqualTo(bob.account().toString());
        }
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "8.5.2.1.1",
            id = "6121-8.5.2.1.1-2",
            says = "a normal message to the account goes to the most available resource")
    void a_normal_message_goes_to_the_most_available(Client alice, Client bob, Client bob2) {
        priorities(bob, 1, bob2, 5);

        alice.send(message(bob.account(), "To whom?"));

        bob2.expect(message().from(alice).withBody("To whom?"));
        bob.expectNothing();
    }

    @Story
    @Spec(rfc = 6121, section = "4.7.2.3", id = "6121-4.7.2.3-2", says = "a resource that says no priority has 0")
    void no_priority_is_zero(Client alice, Client bob, Client bob2) {
        bob2.send(presenceWithPriority(-1));
        bob.expect(available().from(bob2));
        bob2.expect(available().from(bob2));

        alice.send(chat(bob.account(), "Zero is more than minus one"));

        bob.expect(chatMessage().from(alice));
        bob2.expectNothing();
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "8.5.2.1.1",
            id = {"6121-8.5.2.1.1-6", "6121-8.5.2.1.1-8"},
            says = "headlines for a resource of negative priority and errors are disregarded")
    void headlines_and_errors_may_be_disregarded(Client alice, Client bob) {
        alice.send(errorTo(bob.account()));
        bob.expectNothing();
        bob.send(presenceWithPriority(-1));
        bob.expect(available().from(bob));

        alice.send(headline(bob.account(), "News"));

        bob.expectNothing();
        alice.expectNothing();
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "8.5.2.2",
            id = {"6121-8.5.2.2.1-1", "6121-8.5.2.2.1-2", "6121-8.5.2.2.3-1"},
            says =
                    "to an account without resources groupchat and requests are refused, headlines and errors disregarded")
    void an_account_without_resources(Scene scene, Client alice) {
        var bob = scene.user("bob").jid();
        alice.send(headline(bob, "News"));
        alice.send(errorTo(bob));
        alice.expectNothing();

        alice.send(groupchat(bob, "Anybody?"));

        alice.expect(error("service-unavailable"));
        assertThat(alice.request(iqGet(bob, Element.of("query", "urn:example:unknown"))))
                .matches(iqError("service-unavailable"));
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "5.2.2",
            id = {"6121-5.2.2-3", "6121-5.2.5-3"},
            says = "a headline to a full JID reaches that resource, whatever its thread")
    void a_headline_to_a_resource_reaches_it(Client alice, Client bob, Client bob2) {
        alice.send(headline(bob, "News").with(Element.text("thread", "jabber:client", " {1} ")));

        bob.expect(headline("News").from(alice).withThread(" {1} "));
        bob2.expectNothing();
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "8.5.3.2.1",
            id = {"6121-8.5.3.2.1-1", "6121-8.5.3.2.1-4", "6121-5.2.2-4"},
            says =
                    "to a resource that is gone normal messages and groupchat are refused, headlines and errors disregarded")
    void a_message_to_a_resource_that_is_gone(Client alice, Client bob) {
        var gone = bob.account().withResource("gone");
        alice.send(headline(gone, "News"));
        alice.send(errorTo(gone));
        alice.expectNothing();

        for (Element refused : List.of(message(gone, "Hello?"), groupchat(gone, "Hello?"))) {
            alice.send(refused);
            alice.expect(error("service-unavailable"));
        }
        bob.expectNothing();
    }

    @Story
    @Spec(rfc = 6121, section = "8.5.3.2.1", id = "6121-8.5.3.2.1-2", says = "a chat to who is gone altogether waits")
    @Spec(rfc = 6120, section = "10.5.3.2", id = "6120-10.5.3.2-1", says = "a message for who is not there is stored")
    void a_chat_to_who_is_gone_waits(Scene scene, Client alice) {
        var bob = scene.user("bob").jid();
        alice.send(chat(bob.withResource("gone"), "one"));
        alice.send(chat(bob, "two"));
        alice.fence();

        Client phone = scene.connect("bob", settings -> settings);
        phone.send(initialPresence());

        phone.expectAll(
                available().from(phone),
                chatMessage("one").from(alice),
                chatMessage("two").from(alice));
    }
}
