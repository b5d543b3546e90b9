package io.escalus4j.history;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How one story ended, for the overview.
 *
 * @param id unique in the run
 * @param displayName for example {@code a_sent_chat_reaches_the_senders_other_device}
 * @param specs what it proves, for example {@code XEP-0280 section 8: each enabled resource of the sender gets a copy}
 * @param failure the failure text, or why it was skipped
 * @param diagram the file of its sequence diagram
 */
public record StoryResult(
        String id,
        String displayName,
        String className,
        List<String> specs,
        Outcome outcome,
        Duration duration,
        Optional<String> failure,
        Optional<Path> diagram) {

    public enum Outcome {
        PASSED,
        FAILED,
        SKIPPED
    }

    public StoryResult {
        specs = List.copyOf(specs);
    }
}
