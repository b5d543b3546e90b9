package io.escalus4j;

import io.escalus4j.wire.Transport;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** One thing that can be set about stories: its key, its standard value and what it may be. */
public enum Option {
    TIMEOUT("timeout", "1s", "how long an expectation waits", Rule.DURATION),
    CONNECT_TIMEOUT("connect.timeout", "30s", "how long each step of a connection may take", Rule.DURATION),
    REPORT("report", "target/stories", "the directory of the sequence diagrams", Rule.TEXT),
    HISTORY("history", "failures", "of which stories a sequence diagram is written", Rule.KEEP),
    TRANSPORT("transport", "", "the way that clients connect, empty for the server's own", Rule.TRANSPORT),
    INBOX("inbox", "10000", "how many unread stanzas a client holds before its story fails", Rule.COUNT),
    LOG_FAILS(
            "log.fails",
            "error",
            "from which level on a line that our server logs fails the story that does not declare it",
            Rule.LEVEL),
    JITTER(
            "jitter",
            "",
            "how long links, and hops of an embedded server, hold back at most what passes, drawn from the seed; empty for not at all",
            Rule.DURATION_OR_NOTHING),
    SEED("seed", "", "from what chance is drawn, empty for a new seed each time", Rule.SEED),
    EXPECTED(
            "expected",
            "",
            "the failures that are expected of the server: a file, or auto for the one of its name and version",
            Rule.ANYTHING),
    SERVER("server", "", "the class of the ServerFactory, empty for the only one on the class path", Rule.ANYTHING);

    private enum Rule {
        DURATION(
                "a duration such as 500ms, 2s or PT2S",
                text -> Durations.parse(text).isPresent()),
        SEED("a whole number, or nothing", text -> text.matches("|-?[0-9]{1,18}")),
        DURATION_OR_NOTHING(
                "a duration such as 20ms, or nothing",
                text -> text.isEmpty() || Durations.parse(text).isPresent()),
        COUNT("a whole number from 1 to 999999999", text -> text.matches("0*[1-9][0-9]{0,8}")),
        KEEP("failures, always or never", text -> text.matches("(?i)failures|always|never")),
        LEVEL("error, warn or never", text -> text.matches("(?i)error|warn|never")),
        TRANSPORT(
                "empty or one of " + Transport.keys(),
                text -> text.isEmpty()
                        || Arrays.stream(Transport.values())
                                .anyMatch(transport -> transport.key().equalsIgnoreCase(text))),
        TEXT("some text", text -> !text.isBlank()),
        ANYTHING("anything", text -> true);

        private final String words;
        private final Predicate<String> allows;

        Rule(String words, Predicate<String> allows) {
            this.words = words;
            this.allows = allows;
        }
    }

    private static final String PREFIX = "escalus.";
    private final String key;
    private final String standard;
    private final String meaning;
    private final Rule rule;

    Option(String key, String standard, String meaning, Rule rule) {
        this.key = PREFIX + key;
        this.standard = standard;
        this.meaning = meaning;
        this.rule = rule;
    }

    /** For example {@code escalus.timeout}; in the environment it is {@code ESCALUS_TIMEOUT}. */
    public String key() {
        return key;
    }

    public String standard() {
        return standard;
    }

    /** What it does, for people. */
    public String meaning() {
        return meaning;
    }

    /** What it may be, for people. */
    public String allowed() {
        return rule.words;
    }

    static Optional<Option> ofKey(String key) {
        return Arrays.stream(values()).filter(option -> option.key.equals(key)).findFirst();
    }

    static String keys() {
        return Arrays.stream(values()).map(Option::key).sorted().collect(Collectors.joining(", "));
    }

    /** @param where what to look into if it is wrong */
    void check(String value, String where) {
        if (!rule.allows.test(value)) {
            throw new IllegalArgumentException(
                    "%s is '%s', it must be %s (set by %s)".formatted(key, value, rule.words, where));
        }
    }

    /** {@code ESCALUS_CONNECT_TIMEOUT} is {@code escalus.connect.timeout}. */
    static String keyOfEnvironment(String variable) {
        return variable.toLowerCase(Locale.ROOT).replace('_', '.');
    }

    static boolean isOurs(String key) {
        return key.startsWith(PREFIX);
    }
}
