package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.chatMessage;
import static io.escalus4j.stanza.Builders.chat;

import io.escalus4j.Client;
import io.escalus4j.Spec;
import io.escalus4j.junit.Story;

/** Fails, so that a test can read how: told by name only, from {@code RunCommandTest}. */
class BrokenOnPurposeStory {
    @Story
    @Spec(rfc = 6121, section = "5.2", says = "a message with a body is delivered to its addressee")
    void bob_expects_another_body(Client alice, Client bob) {
        alice.send(chat(bob, "Hi"));

        bob.expect(chatMessage("Hi!").from(alice));
    }
}
