package io.escalus4j.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;

class SequenceDiagramTest {
    @TempDir
    Path directory;

    private static Element chat(String body) {
        return Element.of("message", "jabber:client")
                .with("type", "chat")
                .with("from", "alice@localhost/res1")
                .with("to", "bob@localhost")
                .with(Element.of("body").withText(body));
    }

    private static History story() {
        var history = new History("a_sent_chat_reaches_bob");
        history.names().add("alice@localhost/res1", "alice");
        history.names().add("bob@localhost/res1", "bob");
        history.record("alice", Direction.OUT, chat("Tea at five"));
        history.record("bob", Direction.IN, chat("Tea at five"));
        history.record("bob", Direction.CONSUMED, chat("Tea at five"));
        history.record("bob", Direction.IN, chat("Never read"));
        return history;
    }

    private String page(History history, Optional<Throwable> failure) throws IOException {
        Path file = directory.resolve("deep/er/story.html");
        SequenceDiagram.write(history, failure, file);
        return Files.readString(file);
    }

    @Test
    void a_page_tells_the_story() throws IOException {
        var page = page(story(), Optional.empty());

        assertThat(page)
                .contains("<h1>a sent chat reaches bob</h1>", "passed</span>", "2 people", "3 stanzas")
                .contains(">chat to bob<", ">chat from alice<", "&quot;Tea at five&quot;")
                .contains("alice sends chat to bob", "bob gets chat from alice")
                .doesNotContain("What went wrong", "id=\"failure\"");
        assertThat(page.split("<details class=\"row message\"", -1)).hasSize(4);
        Hostile.assertHarmless(page);
    }

    @Test
    void what_was_taken_and_what_was_not_looks_different() throws IOException {
        var page = page(story(), Optional.empty());

        assertThat(page.split("class=\"taken\"", -1)).hasSize(2);
        assertThat(page.split("class=\"untaken\"", -1)).hasSize(2);
        assertThat(page).contains("taken at +", "<em>never taken</em>").doesNotContain("takes chat");
    }

    @Test
    void the_server_stands_between_the_people() {
        assertThat(Lanes.of(story().entries()).names()).containsExactly("alice", "server", "bob");
        assertThat(Lanes.of(java.util.List.of()).names()).containsExactly("server");
    }

    @Test
    void the_policy_allows_nothing_but_the_pages_own_style_and_script() throws IOException {
        assertThat(Hostile.policy(page(story(), Optional.empty())))
                .singleElement()
                .asString()
                .matches(
                        "default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'");
    }

    @Test
    void a_failure_is_shown_on_top_and_marked_where_it_happened() throws IOException {
        var history = story();
        history.failed("bob", "bob expected within 1s: presence");
        history.note("", "streams are closed");
        history.failed("bob", "bob left stanzas unread");
        var page = page(
                history,
                Optional.of(new AssertionFailedError("bob expected within 1s: presence\n  FAIL is a presence")));

        assertThat(page)
                .contains(
                        "failed</span>",
                        "What went wrong",
                        "  FAIL is a presence",
                        "org.opentest4j.AssertionFailedError");
        assertThat(page.split("id=\"failure\"", -1)).hasSize(2);
        assertThat(page.indexOf("id=\"failure\"")).isLessThan(page.indexOf("streams are closed"));
        assertThat(page.split("class=\"row failure\"", -1)).hasSize(3);
        Hostile.assertHarmless(page);
    }

    @Test
    void a_failure_that_nobody_noted_stands_at_the_end() throws IOException {
        var page = page(story(), Optional.of(new IllegalStateException("boom")));

        assertThat(page.indexOf("id=\"failure\"")).isGreaterThan(page.indexOf("Never read"));
        assertThat(page).contains("\u2718 java.lang.IllegalStateException: boom");
        assertThat(page(new History("empty"), Optional.of(new AssertionError())))
                .contains("\u2718 java.lang.AssertionError");
    }

    @Test
    void notes_fences_errors_and_nonzas_have_their_own_looks() throws IOException {
        var history = story();
        history.note("", "the clock jumps by 5 minutes");
        history.note("bob", "link cut");
        history.fence("alice");
        history.fence("");
        history.record("alice", Direction.OUT, Element.of("r", "urn:xmpp:sm:3"));
        history.record("alice", Direction.IN, Element.of("a", "urn:xmpp:sm:3").with("h", "1"));
        history.record("alice", Direction.IN, chat("").with("type", "error"));
        history.record("kate", Direction.CONSUMED, chat("never arrived"));
        var page = page(history, Optional.empty());

        assertThat(page)
                .contains(
                        "the clock jumps by 5 minutes", "link cut", "fence: nothing more is due", "class=\"row nonza\"")
                .contains("class=\"row message error\"", "takes chat from alice");
        Hostile.assertHarmless(page);
    }

    @Test
    void an_empty_history_says_so_and_a_cut_one_how_much_is_missing() throws IOException {
        assertThat(page(new History("empty"), Optional.empty()))
                .contains("Nothing was sent and nothing arrived.", "0 people", "0.000s");

        var cut = new History("cut", new History.Limits(1, 1000));
        cut.note("alice", "one");
        cut.note("alice", "two");
        assertThat(page(cut, Optional.empty()))
                .contains("1 older lines dropped", "1 person<")
                .doesNotContain(">one<");
    }

    @Test
    void of_a_very_long_stanza_the_beginning_is_shown() throws IOException {
        var history = story();
        history.record("bob", Direction.IN, chat("so long ".repeat(20_000)));

        var page = page(history, Optional.empty());

        assertThat(page)
                .contains("160", ", of which the beginning is shown", "\u2026")
                .hasSizeLessThan(60_000);
        assertThat(page.split(", of which the beginning", -1))
                .as("others are shown whole")
                .hasSize(2);
        Hostile.assertHarmless(page);
    }

    @Test
    void hostile_text_stays_text_wherever_it_stands() throws IOException {
        String safe = Hostile.TEXT.replaceAll("[\\u001B\\u0007\\uD800]", "");
        var history = new History(Hostile.TEXT);
        history.names().add("mallory@localhost/res1", Hostile.TEXT);
        var stanza = Element.of("message", "jabber:client")
                .with("from", "mallory@localhost/res1")
                .with("to", safe)
                .with("type", safe)
                .with(Element.of("body").withText(safe))
                .with(Element.of("x", safe).with("a", safe));
        history.record(Hostile.TEXT, Direction.OUT, stanza);
        history.record(Hostile.TEXT, Direction.IN, stanza);
        history.note(Hostile.TEXT, Hostile.TEXT);
        history.note("", Hostile.TEXT);
        history.failed("", Hostile.TEXT);
        var page = page(history, Optional.of(new AssertionError(Hostile.TEXT)));

        Hostile.assertHarmless(page);
        assertThat(page).contains("&lt;img src=x onerror=alert(2)&gt;", "\u27E8U+202E\u27E9", "\u27E8U+0007\u27E9");
    }

    @Test
    void a_crowd_gets_narrower_lanes() {
        var history = new History("crowd");
        for (int i = 0; i < 12; i++) {
            history.note("p" + i, "here");
        }
        var crowd = Lanes.of(history.entries());

        assertThat(crowd.names()).hasSize(13).contains("server");
        assertThat(crowd.width()).isLessThan(Lanes.of(story().entries()).width());
        assertThat(crowd.x("p1") - crowd.x("p0")).isEqualTo(crowd.width());
    }
}
