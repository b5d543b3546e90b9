package io.escalus4j.stories.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.escalus4j.stories.ledger.SpecMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What a run leaves for other programs, beside its page: {@code results.json} and {@code TEST-stories.xml}. */
record RunFiles(Path report) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** One story in {@code results.json}. */
    private record Result(String story, String verdict, double seconds, String text) {}

    void write(Outcome outcome) throws IOException {
        List<Result> results = outcome.verdicts().stream()
                .map(verdict -> new Result(
                        verdict.name(),
                        verdict.kind().name().toLowerCase(Locale.ROOT),
                        verdict.took().toMillis() / 1e3,
                        verdict.text()))
                .toList();
        Files.writeString(results(report), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(results));
        new JUnitXml(outcome.verdicts(), outcome.took(), new Diagrams(report))
                .write(report.resolve("TEST-stories.xml"));
    }

    static Path results(Path report) {
        return report.resolve("results.json");
    }

    /**
     * How the stories of an earlier run ended, for the matrix; a story that was told several times has failed if it did
     * once, and has passed if it was told at all.
     */
    static Map<String, SpecMatrix.Verdict> read(Path results) throws IOException {
        var verdicts = new HashMap<String, SpecMatrix.Verdict>();
        for (var result : JSON.readTree(results.toFile())) {
            verdicts.merge(
                    result.path("story").asText().replaceFirst(", .*", ""),
                    verdict(result.path("verdict").asText()),
                    RunFiles::ofBoth);
        }
        return verdicts;
    }

    private static SpecMatrix.Verdict ofBoth(SpecMatrix.Verdict one, SpecMatrix.Verdict other) {
        return Stream.of(SpecMatrix.Verdict.FAILED, SpecMatrix.Verdict.PASSED)
                .filter(verdict -> verdict == one || verdict == other)
                .findFirst()
                .orElse(SpecMatrix.Verdict.SKIPPED);
    }

    private static SpecMatrix.Verdict verdict(String word) {
        return switch (word) {
            case "passed" -> SpecMatrix.Verdict.PASSED;
            case "failed", "expected" -> SpecMatrix.Verdict.FAILED;
            default -> SpecMatrix.Verdict.SKIPPED;
        };
    }
}
