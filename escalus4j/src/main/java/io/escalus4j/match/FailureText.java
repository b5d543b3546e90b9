package io.escalus4j.match;

import io.escalus4j.exml.Element;
import io.escalus4j.history.History;
import io.escalus4j.history.PrettyXml;
import io.escalus4j.history.Redaction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.opentest4j.AssertionFailedError;

/**
 * The text of a failed expectation: who wanted what, what came nearest and why it is not that, and what happened last.
 * Secrets in stanzas are redacted. Confined to the thread that fills it and throws.
 *
 * <pre>{@code
 * throw FailureText.expected("bob", chatMessage("Hi!").from(alice))
 *     .within(Duration.ofSeconds(1)).story("a_sent_chat_reaches_bob", 3)
 *     .received(inbox).history(history).diagram(file)
 *     .error();
 * }</pre>
 *
 * <pre>
 * bob expected within 1s: chat message "Hi!" from alice        (story a_sent_chat_reaches_bob, step 3)
 * nearest of 2 received:
 *   ok   is a message
 *   ok   type is chat
 *   FAIL body is 'Hi!', but was 'Hi'
 * &lt;message type='chat' from='alice-4f2a@localhost/res1'&gt;&lt;body&gt;Hi&lt;/body&gt;&lt;/message&gt;
 * differs at /message/body/text(): wanted 'Hi!', was 'Hi'
 * last stanzas:  +0.012s alice -&gt; chat to bob   +0.014s bob &lt;- chat from alice
 * diagram: target/stories/ChatStory/a_sent_chat_reaches_bob.html
 * </pre>
 */
public final class FailureText {
    private static final int LAST = 6;
    private static final int LONGEST_STORY = 60;

    private final String before;
    private final String after;
    private final Account account;
    private final List<Matcher> wanted;

    private List<Element> received = List.of();
    private History history = new History("");
    private Optional<Duration> within = Optional.empty();
    private String place = "";
    private String stream = "";
    private Optional<Path> diagram = Optional.empty();

    private FailureText(String before, String after, Account account, List<Matcher> wanted) {
        this.before = before;
        this.after = after;
        this.account = account;
        this.wanted = wanted;
    }

    /** {@code who} waited for one stanza that did not come. */
    public static FailureText expected(String who, Matcher wanted) {
        return new FailureText(who + " expected", ": " + wanted.describe(), Account.nearest(wanted), List.of(wanted));
    }

    /** {@code who} waited for all of these, in any order. */
    public static FailureText expectedAll(String who, List<? extends Matcher> wanted) {
        var all = List.<Matcher>copyOf(wanted);
        return new FailureText(who + " expected", ": all of " + all.size() + " in any order", Account.all(all), all);
    }

    /** {@code who} expected that nothing comes; {@link #received} says what did. */
    public static FailureText expectedNothing(String who) {
        return new FailureText(who + " expected nothing", "", Account.unwanted(), List.of());
    }

    /** The same, of what was found when {@code proof} had made sure that all is there, for example {@code the server is idle}. */
    public static FailureText expectedNothing(String who, String proof) {
        return new FailureText(who + " expected nothing (" + proof + ")", "", Account.unwanted(), List.of());
    }

    /** The story ended and {@code who} had not looked at what {@link #received} says. */
    public static FailureText unread(String who) {
        return new FailureText(who + " left stanzas unread", "", Account.unwanted(), List.of());
    }

    /** One stanza was at hand and is not what was wanted. */
    public static FailureText mismatch(Matcher wanted, Element stanza) {
        return new FailureText("expected", ": " + wanted.describe(), Account.mismatch(wanted), List.of(wanted))
                .received(List.of(stanza));
    }

    // ---- what is known besides

    /** How long was waited. */
    public FailureText within(Duration time) {
        within = Optional.of(time);
        return this;
    }

    /** @param step counts from 1 */
    public FailureText story(String name, int step) {
        place = "        (story %s, step %d)".formatted(shortened(name), step);
        return this;
    }

    /** What came meanwhile and was not taken. */
    public FailureText received(List<Element> stanzas) {
        received = List.copyOf(stanzas);
        return this;
    }

    /** How the stream stands, for example {@code open, bound as bob-4f2a@localhost/res1}. */
    public FailureText stream(String state) {
        stream = state;
        return this;
    }

    /** The stream ended before: why. */
    public FailureText closed(String cause) {
        return stream("closed, " + cause);
    }

    /** The last stanzas are told from it, and what people are called. */
    public FailureText history(History history) {
        this.history = history;
        return this;
    }

    /** The file of the sequence diagram. */
    public FailureText diagram(Path file) {
        diagram = Optional.of(file);
        return this;
    }

    // ---- saying it

    /** The first line without the story: who expected what. */
    public String headline() {
        return clean(before + within.map(time -> " within " + words(time)).orElse("") + after);
    }

    public String text() {
        var lines = new ArrayList<String>();
        lines.add(headline() + place);
        if (!stream.isEmpty()) {
            lines.add("stream: " + stream);
        }
        lines.addAll(account.lines(received, history.names()));
        lines.addAll(LastStanzas.lines(history.last(LAST)));
        diagram.ifPresent(file -> lines.add("diagram: " + file));
        return clean(String.join("\n", lines));
    }

    /** With the wanted and the nearest element as {@code expected} and {@code actual}, so that an IDE can compare them. */
    public AssertionFailedError error() {
        return new AssertionFailedError(text(), clean(wantedXml()), clean(receivedXml()));
    }

    private String wantedXml() {
        return String.join(
                "\n",
                wanted.stream()
                        .map(matcher -> matcher.example()
                                .map(example -> PrettyXml.indented(Redaction.redact(example)))
                                .orElseGet(matcher::describe))
                        .toList());
    }

    private String receivedXml() {
        List<Element> shown =
                wanted.size() == 1 ? nearest(wanted.get(0), received).stream().toList() : received;
        return String.join(
                "\n",
                shown.stream()
                        .map(stanza -> PrettyXml.indented(Redaction.redact(stanza)))
                        .toList());
    }

    private String clean(String text) {
        var sources = new ArrayList<>(received);
        wanted.forEach(matcher -> matcher.example().ifPresent(sources::add));
        return Redaction.redact(text, sources);
    }

    /** The stanza that fails the fewest claims of {@code wanted}; the last of several, since it is the freshest. */
    public static Optional<Element> nearest(Matcher wanted, List<Element> stanzas) {
        return stanzas.stream()
                .reduce((best, next) ->
                        wanted.match(next).failures() <= wanted.match(best).failures() ? next : best);
    }

    private static String shortened(String story) {
        if (story.length() <= LONGEST_STORY) {
            return story;
        }
        int word = story.lastIndexOf('_', LONGEST_STORY);
        return story.substring(0, word > 0 ? word + 1 : LONGEST_STORY) + "...";
    }

    /** {@code 1s}, {@code 1.5s}, {@code 20ms}. */
    private static String words(Duration time) {
        long millis = time.toMillis();
        if (millis < 1000) {
            return millis + "ms";
        }
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis / 1000.0 + "s";
    }
}
