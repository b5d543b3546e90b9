package io.escalus4j.stories.cli;

import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import picocli.CommandLine.Option;

/** How often the stories are told, and what holds back their stanzas, so that races show, and show again. */
final class RaceOptions {
    private static final String STANDARD_JITTER = "10ms";
    private static final int SEEDS = 1_000_000;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "tells the stories so often, each time under the next seed, until one fails; standard: ${DEFAULT-VALUE}")
    private int repeat = 1;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            description =
                    "holds back what passes on each link, and each hop of an embedded server, for a while that is drawn from this number; standard: not, but with --repeat a number of its own")
    private Optional<Long> seed = Optional.empty();

    @Option(
            names = "--jitter",
            paramLabel = "DURATION",
            description = "how long that is at most; standard: " + STANDARD_JITTER)
    private Optional<String> jitter = Optional.empty();

    private boolean isWanted() {
        return repeat > 1 || seed.isPresent() || jitter.isPresent();
    }

    /** The settings of each telling, the first of the first; one without any if no race is looked for. */
    List<Map<String, String>> tellings() {
        if (!isWanted()) {
            return List.of(Map.of());
        }
        long first = seed.orElseGet(() -> (long) new SecureRandom().nextInt(SEEDS));
        return LongStream.range(first, first + Math.max(1, repeat))
                .mapToObj(this::settings)
                .toList();
    }

    private Map<String, String> settings(long number) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("escalus.seed", Long.toString(number));
        settings.put("escalus.jitter", jitter.orElse(STANDARD_JITTER));
        return settings;
    }

    /** How to see a failure of this telling again. */
    static Optional<String> again(Map<String, String> telling, String pattern) {
        return Optional.ofNullable(telling.get("escalus.seed"))
                .map(number -> "seed %s failed, to see it again: bin/escalus run --seed %s --jitter %s --stories '%s'"
                        .formatted(number, number, telling.get("escalus.jitter"), pattern));
    }
}
