package io.escalus4j.stories;

import static io.escalus4j.Together.together;
import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.ExtensionBuilders.*;
import static io.escalus4j.stories.People.nobody;

import io.escalus4j.Client;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.Story;

/** Which resource gets a message: the table of RFC 6121 section 8.5.4. */
class MessageRoutingStory {
    @Story
    @Spec(
            rfc = 6121,
            section = "8.5.2.1.1",
            id = "6121-8.5.2.1.1-4",
            says = "a chat to the bare JID goes to the most available resource")
    void a_chat_to_the_account_goes_to_the_highest_priority(Client alice, Client bob, Client bob2) {
        priorities(bob, 1, bob2, 5);

        alice.send(chat(bob.account(), "To whom?"));

        bob2.expect(chatMessage("To whom?").from(alice));
        bob.expectNothing();
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "8.5.2.1.1",
            id = "6121-8.5.2.1.1-4",
            says = "resources of equal priority all get a chat to the bare JID")
    void resources_of_equal_priority_share_a_chat(Client alice, Client bob, Client bob2) {
        priorities(bob, 3, bob2, 3);

        alice.send(chat(bob.account(), "Both of you"));

        bob.expect(chatMessage("Both of you").from(alice));
        bob2.expect(chatMessage("Both of you").from(alice));
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "8.5.3.1",
            id = {"6121-8.5.3.1-2", "6120-10.5.4-1", "6120-8.1.1.1-2"},
            says = "a message to a full JID goes to that resource alone")
    void a_chat_to_a_full_jid_reaches_only_that_resource(Client alice, Client bob, Client bob2) {
        priorities(bob, 1, bob2, 5);

        alice.send(chat(bob, "You alone"));

        bob.expect(chatMessage("You alone").from(alice).to(bob));
        bob2.expectNothing();
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "8.5.3.2.1",
            id = "6121-8.5.3.2.1-3",
            says = "a chat to a resource that is gone counts as one to the account")
    void a_chat_to_an_absent_resource_reaches_the_account(Client alice, Client bob) {
        alice.send(chat(bob.account().withResource("gone"), "Still there?"));

        bob.expect(chatMessage("Still there?").from(alice));
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "8.5.2.1.1",
            id = "6121-8.5.2.1.1-9",
            says = "a resource of negative priority gets no message to the bare JID")
    void a_negative_priority_gets_no_chat_to_the_account(Client alice, Client bob, Client bob2) {
        priorities(bob, 0, bob2, -1);

        alice.send(chat(bob.account(), "Not the printer"));

        bob.expect(chatMessage("Not the printer").from(alice));
        bob2.expectNothing();
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "8.5.2.1.1",
            id = {"6121-8.5.2.1.1-7", "6121-5.2.2-2"},
            says = "a headline to the bare JID goes to all resources of non-negative priority")
    void a_headline_reaches_every_willing_resource(Client alice, Client bob, Client bob2) {
        priorities(bob, 0, bob2, 7);

        alice.send(headline(bob.account(), "News"));

        bob.expect(headline("News").from(alice));
        bob2.expect(headline("News").from(alice));
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "8.5.2.1.1",
            id = "6121-8.5.2.1.1-5",
            says = "a groupchat message to an account is answered with service-unavailable")
    void a_groupchat_message_to_an_account_is_refused(Client alice, Client bob) {
        alice.send(groupchat(bob.account(), "Hello room?"));

        alice.expect(error("service-unavailable").from(bob.account()));
        bob.expectNothing();
    }

    @Story
    @Spec(
            rfc = 6121,
            section = "8.5.1",
            id = {"6121-8.5.1-2", "6120-10.5.3.1-1"},
            says = "a message to no account is answered with service-unavailable")
    void a_message_to_nobody_is_refused(Client alice) {
        alice.send(chat(nobody(alice), "Anybody?"));

        alice.expect(error("service-unavailable", "cancel"));
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "10.4.3",
            id = {"6120-10.4.3-1", "6120-10.4.3-2"},
            says = "a domain that cannot be reached is answered with remote-server-not-found")
    void a_message_to_an_unknown_domain_is_refused(Client alice) {
        alice.send(chat("kate@nowhere.invalid", "Hello?"));

        alice.expect(error("remote-server-not-found").from("kate@nowhere.invalid"));
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "10.3.1",
            id = {"6120-10.3.1-1", "6120-10.3-1"},
            says = "a message without an address is for the sender's own account")
    void a_message_without_an_address_is_for_oneself(Client alice) {
        alice.send(chat("", "Note to self").without("to"));

        alice.expect(chatMessage("Note to self").from(alice));
    }

    @Story
    @Spec(rfc = 6120, section = "8.3.1", id = "6120-8.3.1-6", says = "an error is never answered with an error")
    void an_error_to_nobody_is_not_answered(Client alice) {
        alice.send(Element.of("message", "jabber:client")
                .with("type", "error")
                .with("to", nobody(alice).toString()));

        alice.expectNothing();
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "8.1.2.1",
            id = {"6120-8.1.2.1-1", "6120-8.1.2.1-4"},
            says = "the server stamps the sender's full JID over what the client wrote")
    void a_forged_sender_is_overwritten(Client alice, Client bob, Client kate) {
        alice.send(chat(bob, "I am kate").with("from", kate.jid().toString()));

        bob.expect(chatMessage("I am kate").from(alice));
        kate.expectNothing();
    }

    @Story
    @Spec(rfc = 6120, section = "8.3.3.8", says = "an address that is no JID is answered with jid-malformed")
    void a_malformed_address_is_refused(Client alice) {
        alice.send(chat("a@b@c", "Where?"));

        alice.expect(error("jid-malformed", "modify"));
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
}
