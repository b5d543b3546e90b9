package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.chatMessage;
import static io.escalus4j.stanza.Builders.chat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.escalus4j.Option;
import io.escalus4j.Settings;
import io.escalus4j.Stage;
import io.escalus4j.history.ReportIndex;
import io.escalus4j.history.StoryResult;
import io.escalus4j.stories.server.EmbeddedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What strangers say in stanzas stands in the report, and does nothing there: seen in a real browser. */
class HostileReportTest {
    private static final String NO_BROWSER = "there is no chromium on the PATH (apt-get install chromium)";
    private static final String WORDS =
            "</script></pre><script>document.documentElement.dataset.owned='script';new Image().src='BEACON'</script>"
                    + "<img src='BEACON' onerror=\"document.documentElement.dataset.owned='image'\">"
                    + "<svg onload=\"document.documentElement.dataset.owned='svg'\"></svg>"
                    + "<iframe srcdoc=\"<script>parent.document.documentElement.dataset.owned='frame'</script>\"></iframe>"
                    + "<a href=\"javascript:document.documentElement.dataset.owned='link'\">link</a><style>@import 'BEACON';</style>";

    @TempDir
    private Path folder;

    private final AtomicInteger beacons = new AtomicInteger();
    private HttpServer stranger;
    private String words;

    @BeforeEach
    void listen() throws IOException {
        stranger = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        stranger.createContext("/", exchange -> {
            beacons.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        stranger.start();
        words = WORDS.replace(
                "BEACON",
                "http://127.0.0.1:%d/seen".formatted(stranger.getAddress().getPort()));
    }

    @AfterEach
    void close() {
        stranger.stop(0);
    }

    private Browser browser() {
        Optional<Browser> found = Browser.find(folder);
        assumeTrue(found.isPresent(), NO_BROWSER);
        return found.get();
    }

    /** Alice says what she must not get through; bob expects something else, so the failure has it too. */
    private Path told() throws IOException {
        var settings = Settings.standard()
                .with(Option.REPORT, folder.resolve("report").toString())
                .with(Option.TIMEOUT, "3s");
        Throwable failure;
        try (var server = EmbeddedServer.start()) {
            failure = catchThrowable(() -> Stage.on(server, settings)
                    .named("hostile")
                    .with("alice", "bob")
                    .run((alice, bob) -> {
                        alice.send(chat(bob, words).with("id", words));
                        bob.expect(chatMessage("Hello").from(alice));
                    }));
        }
        assertThat(failure).hasMessageContaining("dataset.owned");
        Path diagram = folder.resolve("report/stories/hostile.html");
        Path index = folder.resolve("report/index.html");
        var result = new StoryResult(
                words,
                words,
                words,
                List.of(),
                StoryResult.Outcome.FAILED,
                Duration.ofMillis(100),
                Optional.of(failure.getMessage()),
                Optional.of(diagram));
        ReportIndex.write(words, List.of(result), index);
        return index;
    }

    private String firstStory(Path index) throws IOException {
        var link = Pattern.compile("data-story=\"([^\"]+)\"").matcher(Files.readString(index));
        assertThat(link.find()).isTrue();
        return index.toUri() + "#story=" + link.group(1);
    }

    @Test
    void the_words_would_script_a_page_that_lets_them() throws Exception {
        Path careless = Files.writeString(
                folder.resolve("careless.html"), "<html><body><pre>%s</pre></body></html>".formatted(words));

        assertThat(browser().dom(careless.toUri().toString())).contains("data-owned=");
        assertThat(beacons).hasPositiveValue();
    }

    @Test
    void neither_the_overview_nor_a_story_nor_its_own_page_is_scripted() throws Exception {
        Browser browser = browser();
        Path index = told();

        String overview = browser.dom(index.toUri().toString());
        String story = browser.dom(firstStory(index));
        String alone = browser.dom(
                folder.resolve("report/stories/hostile.html").toUri().toString());

        for (String page : List.of(overview, story, alone)) {
            assertThat(page).contains("dataset.owned").doesNotContain("data-owned=");
        }
        // the page's own script has run: without it nothing of the story stands on the stage
        assertThat(story).containsPattern("<div id=\"stage\" tabindex=\"-1\">\\s*<nav class=\"bar-top\">");
        assertThat(beacons).hasValue(0);
    }

    @Test
    void a_story_can_be_looked_at() throws Exception {
        Browser browser = browser();
        Path picture = Path.of("target/browser/story.png");
        Files.createDirectories(picture.getParent());

        browser.screenshot(firstStory(told()), 1280, 900, picture);

        var image = ImageIO.read(picture.toFile());
        assertThat(image.getWidth()).isEqualTo(1280);
        assertThat(image.getHeight()).isEqualTo(900);
        assertThat(IntStream.range(0, 1280 * 900)
                        .map(i -> image.getRGB(i % 1280, i / 1280))
                        .distinct()
                        .count())
                .as("colours of lanes, arrows and text")
                .isGreaterThan(30);
    }
}
