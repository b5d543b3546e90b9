package io.escalus4j.stories;

import static io.escalus4j.Together.together;
import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.Stanzas.assertThat;
import static io.escalus4j.stanza.Builders.*;
import static io.escalus4j.stanza.ExtensionBuilders.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Spec;
import io.escalus4j.exml.Element;
import io.escalus4j.junit.Friends;
import io.escalus4j.junit.RequiresFeature;
import io.escalus4j.junit.Story;
import io.escalus4j.match.Matcher;
import java.util.List;

/** Whom one does not want to hear from: XEP-0191. */
@RequiresFeature("urn:xmpp:blocking")
class BlockingStory {
    private static final String BLOCKING = "urn:xmpp:blocking";

    /** Pushes to somebody who has not asked for a list, which some servers send, and those of XEP-0016's privacy lists. */
    private static final Matcher PUSH = iqSet(BLOCKING).or(iqSet("jabber:iq:privacy"));

    @Story
    @Spec(xep = 191, section = "3.2", says = "the list of a new account is empty")
    void a_new_block_list_is_empty(Client alice) {
        Element list = alice.iq(getBlockList());

        assertThat(list.child("blocklist", BLOCKING).orElseThrow().elements()).isEmpty();
    }

    @Story
    @Spec(xep = 191, section = "3.3", says = "a blocked contact is pushed to the resources that asked for the list")
    void a_block_is_pushed_and_listed(Client alice, Client alice2, Client bob) {
        List.of(alice, alice2).forEach(client -> client.ignore(iqSet("jabber:iq:privacy")));
        together(() -> alice.iq(getBlockList()), () -> alice2.iq(getBlockList()));

        alice.iq(block(bob.account()));

        Matcher push = iqSet().withChild(element("block", BLOCKING).withChild("item", BLOCKING));
        together(() -> alice.expect(push), () -> alice2.expect(push));
        assertThat(alice.iq(getBlockList()))
                .matches(iqResult().withChild(element("blocklist", BLOCKING).withChild("item", BLOCKING)));
    }

    @Story
    @Spec(xep = 191, section = "3.3", says = "a message from a blocked contact is refused and not delivered")
    void a_blocked_persons_message_does_not_come_through(Client alice, Client bob) {
        alice.ignore(PUSH);
        alice.iq(block(bob.account()));

        bob.send(chat(alice, "Talk to me"));

        bob.expect(error("service-unavailable"));
        alice.expectNothing();
    }

    @Story
    @Spec(xep = 191, section = "3.3", says = "one cannot write to somebody one has blocked")
    @Spec(
            rfc = 6120,
            section = "8.3.2",
            id = "6120-8.3.2-6",
            says = "a condition of its own has a namespace of its own")
    void one_cannot_write_to_whom_one_blocked(Client alice, Client bob) {
        alice.ignore(PUSH);
        alice.iq(block(bob.account()));

        alice.send(chat(bob, "You there"));

        alice.expect(error("not-acceptable")
                .withChild(element("error", "jabber:client").withChild("blocked", "urn:xmpp:blocking:errors")));
        bob.expectNothing();
    }

    @Story
    @Friends({"alice", "bob"})
    @Spec(xep = 191, section = "3.3", says = "a friend who is blocked sees the blocker go")
    void a_blocked_friend_sees_the_blocker_go(Client alice, Client bob) {
        alice.ignore(PUSH);
        alice.iq(block(bob.account()));

        bob.expect(unavailable().from(alice));
    }

    @Story
    @Friends({"alice", "bob"})
    @Spec(xep = 191, section = "3.4", says = "a friend who is unblocked sees the blocker again")
    void an_unblocked_friend_sees_the_blocker_again(Client alice, Client bob) {
        alice.ignore(PUSH);
        alice.iq(block(bob.account()));
        bob.expect(unavailable().from(alice));

        alice.iq(unblock(bob.account()));

        bob.expect(available().from(alice));
        bob.send(chat(alice, "Friends again"));
        alice.expect(chatMessage("Friends again").from(bob));
    }

    @Story
    @Spec(xep = 191, section = "3.5", says = "an unblock without items empties the list")
    void everybody_is_unblocked_at_once(Client alice, Client bob, Client kate) {
        alice.ignore(PUSH);
        alice.iq(block(bob.account(), kate.account()));

        alice.iq(unblock());

        assertThat(alice.iq(getBlockList())
                        .child("blocklist", BLOCKING)
                        .orElseThrow()
                        .elements())
                .isEmpty();
        together(() -> bob.send(chat(alice, "bob")), () -> kate.send(chat(alice, "kate")));
        alice.expectAll(chatMessage("bob").from(bob), chatMessage("kate").from(kate));
    }

    @Story
    @Spec(xep = 191, section = "3.3", says = "a block without items is a bad request")
    void a_block_of_nobody_is_refused(Client alice) {
        assertThat(alice.request(block())).matches(iqError("bad-request"));
    }

    @Story
    @Spec(xep = 191, section = "3.3", says = "a request from a blocked contact is answered as if nobody were there")
    void a_blocked_persons_request_is_refused(Client alice, Client bob) {
        alice.ignore(PUSH);
        alice.iq(block(bob.account()));

        assertThat(bob.request(ping(alice))).matches(iqError("service-unavailable"));
        alice.expectNothing();
    }
}
