package io.escalus4j.server.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody asks of the control port. Immutable.
 *
 * @param name the last segment of a path that ends with {@code {name}}, else empty
 * @param query the parameters behind the question mark
 * @param body a JSON object, or nothing
 */
record ControlRequest(String name, Map<String, String> query, String body) {
    private static final ObjectMapper JSON = new ObjectMapper().registerModule(new Jdk8Module());

    /** The number of the entry that was seen last. */
    long after() {
        String text = query.getOrDefault("after", "0");
        if (!text.matches("[0-9]{1,19}")) {
            throw new IllegalArgumentException("after is '%s', it must be the number of an entry".formatted(text));
        }
        return text.length() < 19 ? Long.parseLong(text) : Long.MAX_VALUE;
    }

    Map<String, Object> object() {
        try {
            return body.isBlank() ? Map.of() : JSON.readValue(body, new TypeReference<>() {});
        } catch (JsonProcessingException noJson) {
            throw new IllegalArgumentException("the body is no JSON object: " + noJson.getOriginalMessage(), noJson);
        }
    }

    String text(String key) {
        return Optional.ofNullable(object().get(key))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .orElseThrow(() -> new IllegalArgumentException("the body must have the text '%s'".formatted(key)));
    }

    /** An ISO 8601 duration such as {@code PT10M}, not negative. */
    Duration duration(String key) {
        String text = text(key);
        try {
            Duration duration = Duration.parse(text);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeParseException noDuration) {
            // said below
        }
        throw new IllegalArgumentException(
                "%s is '%s', it must be a duration as in PT10M (ISO 8601)".formatted(key, text));
    }
}
