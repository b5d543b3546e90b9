package io.escalus4j;

import static io.escalus4j.match.Matchers.chatMessage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.exml.Element;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Check E17: who waits on a stream that ends does not wait on, and learns why; who sends on one that has ended fails. */
class E17DeadStreamTest extends ClientFixture {
    private static final Settings HOURS = Settings.standard().with(Option.TIMEOUT, "PT1H");

    @Test
    void a_wait_of_an_hour_ends_with_the_stream() throws Exception {
        try (var peer = peer(stream -> stream.say("<stream:error><conflict"
                        + " xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error></stream:stream>"));
                var alice = alice(peer, HOURS)) {
            long start = System.nanoTime();
            assertThatThrownBy(() -> alice.expect(chatMessage("never"))).hasMessageContaining("conflict");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONG);
        }
    }

    @Test
    void sending_on_a_stream_that_has_ended_fails() throws Exception {
        try (var peer = peer(stream -> stream.say("</stream:stream>"));
                var alice = alice(peer)) {
            alice.awaitClose();
            assertThatThrownBy(() -> alice.send(Element.of("presence", "jabber:client")))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("an open stream to send on");
        }
    }
}
