package io.escalus4j;

import io.escalus4j.wire.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What can be set about stories from the outside; every option has one key, see {@link Option}. Immutable.
 *
 * <p>An annotation gives way to {@code junit-platform.properties}, that to a system property ({@code escalus.timeout}),
 * and that to the environment ({@code ESCALUS_TIMEOUT}). A key that nobody knows and a value that means nothing are errors
 * which say where they stand.
 */
public final class Settings {
    private final Map<Option, String> values;
    private final Map<String, String> others;

    private Settings(Map<Option, String> values, Map<String, String> others) {
        this.values = values;
        this.others = others;
    }

    /** The standard values, with nothing read from anywhere. */
    public static Settings standard() {
        return of(Map.of(), Map.of());
    }

    static Settings of(Map<Option, String> set, Map<String, String> others) {
        var values = new EnumMap<Option, String>(Option.class);
        for (Option option : Option.values()) {
            values.put(option, set.getOrDefault(option, option.standard()));
        }
        return new Settings(values, Map.copyOf(others));
    }

    /** A copy with this option set; {@code value} as it would be written. */
    public Settings with(Option option, String value) {
        option.check(value, "this value");
        var changed = new EnumMap<>(values);
        changed.put(option, value);
        return new Settings(changed, others);
    }

    /** What a server's own key is set to, see {@link ServerFactory#keys()}. */
    public Optional<String> get(String key) {
        return Optional.ofNullable(others.get(key));
    }

    /** How long an expectation waits. */
    public Duration timeout() {
        return duration(Option.TIMEOUT);
    }

    /** How long each step of a connection, and the registration of a user, may take. */
    public Duration connectTimeout() {
        return duration(Option.CONNECT_TIMEOUT);
    }

    /** From what everything that is left to chance is drawn; empty for a new seed each time. */
    public Optional<Long> seed() {
        return Optional.of(values.get(Option.SEED))
                .filter(text -> !text.isEmpty())
                .map(Long::parseLong);
    }

    /** How long links, and hops of an embedded server, hold back at most what passes; zero for not at all. */
    public Duration jitter() {
        return Durations.parse(values.get(Option.JITTER)).orElse(Duration.ZERO);
    }

    /** The way that clients connect; empty for the server's own. */
    public Optional<Transport> transport() {
        return Optional.of(values.get(Option.TRANSPORT))
                .filter(key -> !key.isEmpty())
                .map(Transport::of);
    }

    /** Where diagrams are written. */
    public Path report() {
        return Path.of(values.get(Option.REPORT));
    }

    /** Of which stories a diagram is written. */
    public Keep history() {
        return Keep.valueOf(values.get(Option.HISTORY).toUpperCase(Locale.ROOT));
    }

    /** Whether the diagram of a story that has failed, or has passed, is written. */
    public boolean keeps(boolean failed) {
        return history() == Keep.ALWAYS || failed && history() == Keep.FAILURES;
    }

    /** How many unread stanzas a client holds. */
    public int inbox() {
        return Integer.parseInt(values.get(Option.INBOX));
    }

    /** From which level on a log line of the server fails its story: {@code ERROR}, {@code WARN} or {@code NEVER}. */
    public String logFails() {
        return values.get(Option.LOG_FAILS).toUpperCase(Locale.ROOT);
    }

    /** The class of the {@link ServerFactory} to use, empty for the one that is there. */
    public String server() {
        return values.get(Option.SERVER);
    }

    /** Where the failures stand that are expected of the server, see {@link ExpectedFailures}; empty for none. */
    public String expected() {
        return values.get(Option.EXPECTED);
    }

    private Duration duration(Option option) {
        return Durations.parse(values.get(option)).orElseThrow();
    }

    /** Of which stories something is kept. */
    public enum Keep {
        FAILURES,
        ALWAYS,
        NEVER
    }
}
