package io.escalus4j;

import static io.escalus4j.match.Matchers.chatMessage;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Check E18: who peeks takes nothing, a wait for one stanza leaves the others in their order, and time only goes on. */
class E18PeekTest extends ClientFixture {
    @Test
    void peeking_takes_nothing_and_the_others_stay_in_order() throws Exception {
        try (var peer = peer(stream -> stream.say(said("one") + said("two") + said("three")));
                var alice = alice(peer)) {
            alice.expect(chatMessage("three"));

            assertThat(alice.peek()).hasSize(2).isEqualTo(alice.peek());
            assertThat(alice.drain())
                    .extracting(stanza -> stanza.childText("body").orElse(""))
                    .containsExactly("one", "two");
        }
    }

    @Test
    void the_times_of_a_history_never_go_back() throws Exception {
        try (var peer = peer(stream -> stream.say(said("one") + said("two")))) {
            var telling = new Telling("a_story", patient(), Optional.empty(), Optional.empty());
            try (var alice = Client.connect("alice", peer.settings(), telling)) {
                alice.expect(chatMessage("two"));
                assertThat(telling.history().entries())
                        .extracting(entry -> entry.at())
                        .isSorted();
            }
        }
    }
}
