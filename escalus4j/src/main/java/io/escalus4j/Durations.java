package io.escalus4j;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 500ms}, {@code 2s}, {@code 1m}, or by ISO 8601. */
final class Durations {
    private static final Pattern SHORT = Pattern.compile("([0-9]{1,9}) ?(ms|s|m)");

    private Durations() {}

    /** Empty for what is none, and for what is not above zero. */
    static Optional<Duration> parse(String text) {
        Matcher matcher = SHORT.matcher(text);
        if (matcher.matches()) {
            return positive(of(Long.parseLong(matcher.group(1)), matcher.group(2)));
        }
        try {
            return positive(Duration.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Duration of(long count, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            default -> Duration.ofMinutes(count);
        };
    }

    private static Optional<Duration> positive(Duration duration) {
        return duration.isZero() || duration.isNegative() ? Optional.empty() : Optional.of(duration);
    }
}
