package io.escalus4j.match;

import static io.escalus4j.match.Matchers.anyStanza;
import static io.escalus4j.match.Matchers.available;
import static io.escalus4j.match.Matchers.chatMessage;
import static io.escalus4j.match.Matchers.element;
import static io.escalus4j.match.Matchers.iqResult;
import static io.escalus4j.match.Matchers.message;
import static io.escalus4j.match.People.ALICE;
import static io.escalus4j.match.People.BOB;
import static io.escalus4j.match.People.CLIENT;
import static io.escalus4j.match.People.chat;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import io.escalus4j.history.Direction;
import io.escalus4j.history.History;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureTextTest {
    private final History history = new History("a_sent_chat_reaches_bob");
    private final Element hi = chat(ALICE, BOB, "Hi");
    private final Element presence = People.presence().with("from", ALICE.address());

    @BeforeEach
    void everybody_has_a_name() {
        history.names().add(ALICE.address(), "alice");
        history.names().add(BOB.address(), "bob");
    }

    /** Times differ from run to run. */
    private static String untimed(String text) {
        return text.replaceAll("\\+\\d+\\.\\d{3}s", "+0.000s");
    }

    @Test
    void a_missed_stanza_is_explained_claim_by_claim() {
        history.record("alice", Direction.OUT, hi);
        history.record("bob", Direction.IN, hi);

        var text = FailureText.expected("bob", chatMessage("Hi!").from(ALICE))
                .within(Duration.ofSeconds(1))
                .story("a_sent_chat_reaches_bob", 3)
                .received(List.of(presence, hi))
                .stream("open, bound as bob-91cc@localhost/res1")
                .history(history)
                .diagram(Path.of("target", "stories", "ChatStory", "a_sent_chat_reaches_bob.html"))
                .text();

        assertThat(untimed(text)).isEqualTo("""
                        bob expected within 1s: chat message "Hi!" from alice        (story a_sent_chat_reaches_bob, step 3)
                        stream: open, bound as bob-91cc@localhost/res1
                        nearest of 2 received:
                          ok   is a message
                          ok   type is chat
                          FAIL body is 'Hi!', but was 'Hi'
                          ok   is from alice
                        <message type='chat' from='alice-4f2a@localhost/res1' to='bob-91cc@localhost/res1'><body>Hi</body></message>
                        differs at /message/body/text(): wanted 'Hi!', was 'Hi'
                        the others:
                          presence from alice: is a message, but was a presence
                        last stanzas:  +0.000s alice -> chat to bob   +0.000s bob <- chat from alice
                        diagram: target/stories/ChatStory/a_sent_chat_reaches_bob.html""".replace(
                        "target/stories/ChatStory/",
                        Path.of("target", "stories", "ChatStory").toString() + java.io.File.separator));
    }

    @Test
    void nothing_received_is_said() {
        assertThat(FailureText.expected("bob", message())
                        .within(Duration.ofMillis(250))
                        .text())
                .isEqualTo("bob expected within 250ms: message\nnothing was received");
    }

    @Test
    void a_closed_stream_says_its_cause() {
        assertThat(FailureText.expected("bob", message())
                        .closed("stream error conflict: replaced by a new session")
                        .text())
                .isEqualTo(
                        "bob expected: message\nstream: closed, stream error conflict: replaced by a new session\nnothing was received");
    }

    @Test
    void a_known_stranger_is_called_by_name() {
        var text = FailureText.expected("alice", message().from(ALICE))
                .received(List.of(chat(BOB, ALICE, "x")))
                .history(history)
                .text();

        assertThat(text).contains("FAIL is from alice, but was bob 'bob-91cc@localhost/res1'");
    }

    @Test
    void the_difference_speaks_of_what_fails_only() {
        var fromBare = hi.with("from", "ALICE-4f2a@localhost");

        assertThat(FailureText.expected("bob", chatMessage("Hi!").from(ALICE))
                        .received(List.of(fromBare))
                        .text())
                .contains("ok   is from alice", "differs at /message/body/text()")
                .doesNotContain("@from");
    }

    @Test
    void a_difference_is_not_said_twice() {
        var wanted = Element.of("message", CLIENT).with("type", "headline");
        var text = FailureText.expected("bob", message().like(wanted))
                .received(List.of(hi))
                .text();

        assertThat(text.split("differs at /message/@type", -1)).hasSize(2);
    }

    @Test
    void the_nearest_stanza_is_the_one_that_fails_least_and_the_freshest_of_these() {
        var other = chat(BOB, ALICE, "Hi!");
        var fresher = hi.with("id", "2");

        assertThat(FailureText.nearest(chatMessage("Hi!").from(ALICE), List.of(presence, hi, other)))
                .contains(other);
        assertThat(FailureText.nearest(chatMessage("Hi!").from(ALICE), List.of(hi, fresher, presence)))
                .contains(fresher);
        assertThat(FailureText.nearest(message(), List.of())).isEmpty();
    }

    @Test
    void many_others_are_cut_and_counted() {
        var text = FailureText.expected("bob", iqResult("7"))
                .received(Collections.nCopies(20, 0).stream()
                        .map(i -> chat(ALICE, BOB, "x"))
                        .toList())
                .text();

        assertThat(text).contains("nearest of 20 received:", "\n  and 9 more");
    }

    @Test
    void a_flood_of_last_stanzas_is_cut_and_broken_into_lines() {
        for (int i = 0; i < 40; i++) {
            history.record("bob", Direction.IN, hi);
        }
        var lines = FailureText.expected("bob", message())
                .history(history)
                .text()
                .lines()
                .filter(line -> line.contains("<-"))
                .toList();

        assertThat(lines).hasSizeGreaterThan(1).allMatch(line -> line.length() <= 160);
        assertThat(lines.get(0)).startsWith("last stanzas:  +");
        assertThat(lines.get(1)).startsWith("               +");
        assertThat(String.join("", lines).split("<-", -1)).hasSize(7);
    }

    @Test
    void long_stanzas_are_indented() {
        var large = hi.with(Element.of("x", "urn:x").with(Element.of("y").withText("z".repeat(100))));

        assertThat(FailureText.expected("bob", iqResult())
                        .received(List.of(large))
                        .text())
                .contains("\n  <body>Hi</body>\n  <x xmlns='urn:x'>\n    <y>zzz");
    }

    @Test
    void a_long_story_is_cut_at_a_word() {
        var text = FailureText.expected("bob", message())
                .story("a_very_long_story_that_goes_on_and_on_and_on_until_nobody_can_read_it_any_more", 1)
                .text();

        assertThat(text).contains("(story a_very_long_story_that_goes_on_and_on_and_on_until_nobody_..., step 1)");
        assertThat(FailureText.expected("b", message()).story("x".repeat(80), 1).text())
                .contains("x".repeat(60) + "..., step 1");
    }

    @ParameterizedTest
    @CsvSource({"1000, 1s", "1500, 1.5s", "20, 20ms", "60000, 60s"})
    void times_are_short(long millis, String words) {
        assertThat(FailureText.expected("bob", message())
                        .within(Duration.ofMillis(millis))
                        .headline())
                .isEqualTo("bob expected within " + words + ": message");
    }

    // ---- several, none, unread

    @Test
    void several_in_any_order_say_who_found_none_and_why() {
        var text = FailureText.expectedAll("bob", List.of(message(), available().from(ALICE), chatMessage("Hi!")))
                .within(Duration.ofSeconds(2))
                .received(List.of(hi, presence, presence.with("type", "unavailable")))
                .history(history)
                .text();

        assertThat(text).isEqualTo("""
                        bob expected within 2s: all of 3 in any order
                        2 of 3 found among 3 received:
                          ok   message
                          ok   available presence from alice
                          FAIL chat message "Hi!"
                                 chat from alice: body is 'Hi!', but was 'Hi'
                                 presence from alice: is a message, but was a presence
                                 unavailable from alice: is a message, but was a presence
                        left over:
                          unavailable from alice  <presence from='alice-4f2a@localhost/res1' type='unavailable'/>""");
    }

    @Test
    void who_took_what_another_wanted_is_said() {
        var text = FailureText.expectedAll("bob", List.of(message(), chatMessage()))
                .received(List.of(hi))
                .text();

        assertThat(text)
                .contains("1 of 2 found among 1 received:", "chat from alice-4f2a@localhost/res1: taken by message");
    }

    @Test
    void unwanted_stanzas_are_listed() {
        assertThat(FailureText.expectedNothing("bob")
                        .received(List.of(hi))
                        .history(history)
                        .text())
                .isEqualTo("""
                        bob expected nothing
                        received 1:
                          chat from alice
                        <message type='chat' from='alice-4f2a@localhost/res1' to='bob-91cc@localhost/res1'><body>Hi</body></message>""");
        assertThat(FailureText.unread("bob").received(List.of(hi)).text())
                .startsWith("bob left stanzas unread\nreceived 1:");
    }

    // ---- the error

    @Test
    void the_error_carries_both_elements_for_the_ide() {
        var error = FailureText.expected("bob", chatMessage("Hi!"))
                .received(List.of(presence, hi))
                .error();

        assertThat(error).hasMessageStartingWith("bob expected: chat message \"Hi!\"");
        assertThat(error.getExpected().getValue()).isEqualTo("<message type='chat'>\n  <body>Hi!</body>\n</message>");
        assertThat(error.getActual().getStringRepresentation()).contains("\n  <body>Hi</body>\n");
        assertThat(FailureText.expected("bob", anyStanza())
                        .error()
                        .getExpected()
                        .getValue())
                .isEqualTo("any stanza");
    }

    @Test
    void secrets_are_in_no_part_of_it() {
        var wanted = element("query", "jabber:iq:register")
                .withText("hunter2", "password")
                .withText("hunter2", "{urn:x}password");
        var seen = Element.of("query", "jabber:iq:register")
                .with(Element.of("password").withText("swordfish"))
                .with("token", "t0ps3cret");
        history.record("bob", Direction.OUT, seen);

        var error = FailureText.expected("bob", wanted.withAttribute("token", "other"))
                .received(List.of(seen))
                .history(history)
                .error();

        assertThat(error.getMessage() + error.getExpected() + error.getActual())
                .contains("[redacted]")
                .doesNotContain("hunter2", "swordfish", "t0ps3cret", "other");
    }
}
