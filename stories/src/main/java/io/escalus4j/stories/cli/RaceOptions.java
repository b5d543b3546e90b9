package io.escalus4j.stories.cli;

import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import picocli.CommandLine.Option;

/** How often the stories are told, and what holds back their stanzas, so that races show, and show again. */
final class RaceOptions {
    private static final String STANDARD_JITTER = "10ms";
    private static final int SEEDS = 1_000_000;
    private static final Set<String> OWN = Set.of("--repeat", "--seed", "--jitter");
    /** What a shell takes as it is. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");

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

    /** How to see a failure of this telling again, with all else that was said on the command line. */
    static Optional<String> again(Map<String, String> telling, List<String> said) {
        return Optional.ofNullable(telling.get("escalus.seed"))
                .map(number -> "seed %s failed, to see it again: bin/escalus %s --seed %s --jitter %s"
                        .formatted(number, kept(said), number, telling.get("escalus.jitter")));
    }

    private static String kept(List<String> said) {
        var kept = new StringJoiner(" ");
        for (var words = said.iterator(); words.hasNext(); ) {
            String word = words.next();
            if (OWN.contains(word)) {
                words.next();
            } else if (OWN.stream().noneMatch(own -> word.startsWith(own + '='))) {
                kept.add(PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'");
            }
        }
        return kept.toString();
    }
}
