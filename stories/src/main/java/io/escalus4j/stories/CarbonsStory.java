package io.escalus4j.stories;

import static io.escalus4j.Together.together;
import static io.escalus4j.match.ExtensionMatchers.carbon;
import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.Stanzas.assertThat;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.ExtensionBuilders.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.RequiresFeature;
import io.escalus4j.junit.Story;
import io.escalus4j.match.Matcher;
import io.escalus4j.wire.Steps;
import java.util.ArrayList;
import java.util.List;

/** All devices in one conversation: XEP-0280. */
@RequiresFeature("urn:xmpp:carbons:2")
class CarbonsStory {
    private static final String CARBONS = "urn:xmpp:carbons:2";
    private static final String MUC_USER = "http://jabber.org/protocol/muc#user";

    private static void enable(Client... devices) {
        for (Client device : devices) {
            device.iq(enableCarbons());
        }
    }

    private static Element with(Element message, String name, String namespace) {
        return message.with(Element.of(name, namespace));
    }

    @Story
    @Spec(xep = 280, section = "3", says = "the server announces carbons, and the rules by which it copies")
    void carbons_are_announced(Client alice) {
        assertThat(alice.iq(getDiscoInfo(alice.jid().domain())))
                .matches(discoInfo(feature(CARBONS), feature("urn:xmpp:carbons:rules:0")));
    }

    @Story
    @Spec(xep = 280, section = "4", id = "0280-10.1-1", says = "enabling is answered with an empty result")
    @Spec(xep = 280, section = "5", says = "so is disabling")
    @Spec(xep = 280, section = "10.1", says = "both can be asked for again and again")
    void carbons_are_enabled_and_disabled(Client alice) {
        for (Element request :
                new Element[] {enableCarbons(), enableCarbons(), disableCarbons(), disableCarbons(), enableCarbons()}) {
            assertThat(alice.iq(request).children()).isEmpty();
        }
    }

    @Story
    @Spec(
            xep = 280,
            section = "8",
            id = {"0280-6.2-1", "0280-8-2"},
            says = "each enabled resource of the sender but the sending one gets a copy of what it sent")
    void a_sent_chat_reaches_the_senders_other_device(Client alice, Client alice2, Client bob) {
        enable(alice, alice2);

        alice.send(chat(bob, "Tea at five"));

        bob.expect(chatMessage("Tea at five").from(alice));
        alice2.expect(carbon("sent", chatMessage("Tea at five").from(alice).to(bob)));
        alice.expectNothing();
    }

    @Story
    @Spec(xep = 280, section = "4", says = "a client enables carbons when it has bound its resource")
    void carbons_are_enabled_on_the_way_in(Scene scene, Client alice, Client bob) {
        Client phone = scene.connect("alice/phone", settings -> {
            var steps = new ArrayList<>(settings.steps());
            steps.add(Steps.carbons());
            return settings.withSteps(steps);
        });
        phone.ignore(available());
        alice.ignore(available());
        phone.send(initialPresence());
        phone.iq(ping(phone.jid().domain()));

        alice.send(chat(bob, "Tea at five"));

        bob.expect(chatMessage("Tea at five").from(alice));
        phone.expect(carbon("sent", chatMessage("Tea at five").from(alice).to(bob)));
    }

    @Story
    @Spec(xep = 280, section = "8", says = "the sending device need not have enabled carbons")
    void the_sender_needs_no_carbons(Client alice, Client alice2, Client bob) {
        enable(alice2);

        alice.send(chat(bob, "Tea at five"));

        bob.expect(chatMessage("Tea at five"));
        alice2.expect(carbon("sent", chatMessage("Tea at five")));
        alice.expectNothing();
    }

    @Story
    @Spec(
            xep = 280,
            section = "7",
            id = {"0280-6.2-1", "0280-7-3"},
            says = "each enabled resource that did not get a message gets a copy of it")
    void a_received_chat_reaches_the_other_device(Client alice, Client bob, Client bob2) {
        enable(bob, bob2);

        alice.send(chat(bob, "Are you there?"));

        bob.expect(chatMessage("Are you there?").from(alice));
        bob2.expect(carbon("received", chatMessage("Are you there?").from(alice).to(bob)));
        bob.expectNothing();
    }

    @Story
    @Spec(
            xep = 280,
            section = "7",
            id = {"0280-7-1", "0280-7-2"},
            says = "a copy comes from the own account, to the device, and is of the type of the original")
    void a_copy_comes_from_the_own_account(Client alice, Client bob, Client bob2) {
        enable(bob2);

        alice.send(chat(bob, "Psst"));

        bob.expect(chatMessage("Psst"));
        bob2.expect(carbon("received", chatMessage("Psst"))
                .from(bob.account())
                .to(bob2)
                .ofType("chat"));
    }

    @Story
    @Spec(xep = 280, section = "7", id = "0280-7-4", says = "who gets the message itself gets no copy of it")
    void nobody_gets_a_message_twice(Client alice, Client bob, Client bob2) {
        enable(bob, bob2);

        alice.send(chat(bob.account(), "To both of you"));

        together(() -> bob.expect(chatMessage("To both of you")), () -> bob2.expect(chatMessage("To both of you")));
        bob.expectNothing();
        bob2.expectNothing();
    }

    @Story
    @Spec(xep = 280, section = "7", says = "a device of lower priority gets a copy of what it would not have got")
    void a_device_of_lower_priority_gets_a_copy(Client alice, Client bob, Client bob2) {
        enable(bob2);
        bob2.send(presenceWithPriority(-1));
        bob.expect(available().from(bob2));
        bob2.expect(available().from(bob2));

        alice.send(chat(bob.account(), "For the laptop"));

        bob.expect(chatMessage("For the laptop"));
        bob2.expect(carbon("received", chatMessage("For the laptop")));
    }

    @Story
    @Spec(xep = 280, section = "4", says = "who has not enabled carbons gets none")
    void who_does_not_want_carbons_gets_none(Client alice, Client alice2, Client bob, Client bob2) {
        alice.send(chat(bob, "Just the two of us"));

        bob.expect(chatMessage("Just the two of us"));
        alice2.expectNothing();
        bob2.expectNothing();
    }

    @Story
    @Spec(xep = 280, section = "5", says = "who has disabled carbons gets no more")
    void who_disables_carbons_gets_no_more(Client alice, Client bob, Client bob2) {
        enable(bob2);
        bob2.iq(disableCarbons());

        alice.send(chat(bob, "Hello"));

        bob.expect(chatMessage("Hello"));
        bob2.expectNothing();
    }

    @Story
    @Spec(xep = 280, section = "8", id = "0280-8-1", says = "a conversation is copied in the order in which it is held")
    void a_conversation_is_copied_in_order(Client alice, Client alice2, Client bob) {
        enable(alice2);

        alice.send(chat(bob, "one"));
        bob.expect(chatMessage("one"));
        bob.send(chat(alice, "two"));
        alice.expect(chatMessage("two"));
        alice.send(chat(bob, "three"));
        bob.expect(chatMessage("three"));

        Element one = alice2.expect(carbon("sent", chatMessage("one")));
        Element two = alice2.expect(carbon("received", chatMessage("two")));
        Element three = alice2.expect(carbon("sent", chatMessage("three")));
        assertThat(alice2.received()).containsSubsequence(one, two, three);
    }

    // ---- what is copied

    @Story
    @Spec(xep = 280, section = "6.1", id = "0280-6.2-2", says = "a normal message with a body is copied")
    void a_normal_message_is_copied(Client alice, Client alice2, Client bob, Client bob2) {
        assertCopied(message(bob, "Dear Bob"), alice, alice2, bob, bob2);
    }

    @Story
    @Spec(xep = 280, section = "6.1", says = "a normal message without a body is not copied")
    void a_message_without_a_body_is_not_copied(Client alice, Client alice2, Client bob, Client bob2) {
        assertNotCopied(
                with(message(bob, ""), "data", "urn:example:data").without("body", "jabber:client"),
                alice,
                alice2,
                bob,
                bob2);
    }

    @Story
    @Spec(xep = 280, section = "6.1", id = "0280-6.2-3", says = "a receipt is copied")
    void a_receipt_is_copied(Client alice, Client alice2, Client bob, Client bob2) {
        assertCopied(
                bare(bob).with(Element.of("received", "urn:xmpp:receipts").with("id", "m1")), alice, alice2, bob, bob2);
    }

    @Story
    @Spec(xep = 280, section = "6.1", id = "0280-6.2-3", says = "a chat state is copied")
    void a_chat_state_is_copied(Client alice, Client alice2, Client bob, Client bob2) {
        assertCopied(with(bare(bob), "composing", "http://jabber.org/protocol/chatstates"), alice, alice2, bob, bob2);
    }

    @Story
    @Spec(xep = 280, section = "6.1", id = "0280-6.2-3", says = "a chat marker is copied")
    void a_chat_marker_is_copied(Client alice, Client alice2, Client bob, Client bob2) {
        assertCopied(
                bare(bob)
                        .with(Element.of("displayed", "urn:xmpp:chat-markers:0").with("id", "m1")),
                alice,
                alice2,
                bob,
                bob2);
    }

    @Story
    @Spec(xep = 280, section = "6.1", id = "0280-6.2-3", says = "a direct invitation to a room is copied")
    void a_direct_invitation_is_copied(Client alice, Client alice2, Client bob, Client bob2) {
        assertCopied(
                bare(bob).with(Element.of("x", "jabber:x:conference").with("jid", "r@muc.localhost")),
                alice,
                alice2,
                bob,
                bob2);
    }

    @Story
    @Spec(xep = 280, section = "6.1", id = "0280-6.2-4", says = "a mediated invitation to a room is copied")
    void a_mediated_invitation_is_copied(Client alice, Client alice2, Client bob, Client bob2) {
        Element invite =
                Element.of("x", MUC_USER).with(Element.of("invite", MUC_USER).with("from", "r@muc.localhost"));
        assertCopied(bare(bob).with(invite), alice, alice2, bob, bob2);
    }

    @Story
    @Spec(xep = 280, section = "6.1", says = "a headline is not copied")
    void a_headline_is_not_copied(Client alice, Client alice2, Client bob, Client bob2) {
        assertNotCopied(headline(bob, "News"), alice, alice2, bob, bob2);
    }

    @Story
    @Spec(xep = 280, section = "6.1", id = "0280-6.2-6", says = "groupchat is not copied")
    void groupchat_is_not_copied(Client alice, Client alice2, Client bob, Client bob2) {
        assertNotCopied(groupchat(bob, "To all"), alice, alice2, bob, bob2);
    }

    @Story
    @Spec(
            xep = 280,
            section = "9",
            id = {"0280-9-1", "0280-9-2"},
            says = "what is private is copied by neither side, and keeps its mark")
    void what_is_private_is_not_copied(Client alice, Client alice2, Client bob, Client bob2) {
        assertNotCopied(with(chat(bob, "Between us"), "private", CARBONS), alice, alice2, bob, bob2);
    }

    @Story
    @Spec(xep = 280, section = "9", says = "what has the hint not to be copied is copied by neither side")
    void what_is_not_to_be_copied_is_not(Client alice, Client alice2, Client bob, Client bob2) {
        assertNotCopied(with(chat(bob, "Between us"), "no-copy", "urn:xmpp:hints"), alice, alice2, bob, bob2);
    }

    @Story
    @Spec(
            xep = 280,
            section = "6.1",
            id = "0280-6.2-7",
            says = "what an occupant of a room says in private is copied by the sender's side only")
    void a_rooms_private_message_is_not_copied_on_arrival(Client alice, Client alice2, Client bob, Client bob2) {
        enable(alice2, bob2);

        alice.send(with(chat(bob, "Whisper"), "x", MUC_USER));

        bob.expect(chatMessage("Whisper"));
        alice2.expect(carbon("sent", chatMessage("Whisper")));
        bob2.expectNothing();
    }

    private static Element bare(Client to) {
        return message(to, "").without("body", "jabber:client");
    }

    private static void assertCopied(Element said, Client alice, Client alice2, Client bob, Client bob2) {
        enable(alice, alice2, bob, bob2);

        alice.send(said);

        Matcher same = message().withId(said.attribute("id", ""));
        bob.expect(same);
        alice2.expect(carbon("sent", same));
        bob2.expect(carbon("received", same));
        alice.expectNothing();
        bob.expectNothing();
    }

    private static void assertNotCopied(Element said, Client alice, Client alice2, Client bob, Client bob2) {
        enable(alice, alice2, bob, bob2);

        alice.send(said);

        Element got = bob.expect(message().withId(said.attribute("id", "")));
        said.childText("body").ifPresent(body -> assertThat(got).hasBody(body));
        alice2.expectNothing();
        bob2.expectNothing();
    }

    // ---- errors, and oneself

    @Story
    @Spec(
            xep = 280,
            section = "6.1",
            id = "0280-6.2-5",
            says = "an error that answers a message is copied as the message was")
    void an_error_is_copied_as_its_message_was(Client alice, Client alice2) {
        enable(alice, alice2);
        Element lost = chat(People.nobody(alice), "Anybody?");

        alice.send(lost);

        Matcher refused = error("service-unavailable").withId(lost.attribute("id", ""));
        alice.expect(refused);
        alice2.expect(carbon("sent", chatMessage("Anybody?")));
        alice2.expect(carbon("received", refused));
    }

    @Story
    @Spec(xep = 280, section = "6.1", says = "an error that answers what was not copied is not copied")
    void an_error_of_a_private_message_is_private(Client alice, Client alice2) {
        enable(alice, alice2);

        alice.send(with(chat(People.nobody(alice), "Anybody?"), "private", CARBONS));

        alice.expect(error("service-unavailable"));
        alice2.expectNothing();
    }

    @Story
    @Spec(xep = 280, section = "7", says = "a note to the own other device is not copied to the one that wrote it")
    void a_note_to_oneself_comes_once(Client alice, Client alice2) {
        enable(alice, alice2);

        alice.send(chat(alice2, "Milk"));

        alice2.expect(chatMessage("Milk").from(alice));
        alice.expectNothing();
        alice2.expectNothing();
    }

    @Story
    @Spec(xep = 280, section = "11", says = "a carbon that somebody else makes up comes from that somebody")
    void a_forged_carbon_shows_its_author(Client alice, Client bob) {
        enable(bob);
        Element forged = Element.of("received", CARBONS)
                .with(Element.of("forwarded", "urn:xmpp:forward:0")
                        .with(chat(bob, "Send money").with("from", "kate@localhost")));

        alice.send(bare(bob)
                .with("type", "chat")
                .with("from", bob.account().toString())
                .with(forged));

        bob.expect(carbon("received", chatMessage("Send money")).from(alice));
    }

    @Story
    @Spec(
            xep = 280,
            section = "10.3",
            id = {"0280-10.3-1", "0280-10.3-2"},
            says = "the error of a copy is nothing to the sender of the original")
    void a_copy_that_bounces_is_nobodys_business(Client alice, Client alice2, Client bob, Client bob2) {
        enable(alice2, bob2);
        alice.send(chat(bob, "Tea at five"));
        bob.expect(chatMessage("Tea at five"));

        for (Client device : new Client[] {alice2, bob2}) {
            Element copy = device.expect(carbon(device == bob2 ? "received" : "sent", chatMessage("Tea at five")));
            Element error = message(copy.attribute("from", ""), "").with("type", "error");
            device.send(error.withOnly(List.of()));
            device.send(error.with(copy.children()));
        }

        alice.expectNothing();
        bob.expectNothing();
    }
}
