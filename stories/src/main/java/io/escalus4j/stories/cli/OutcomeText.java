package io.escalus4j.stories.cli;

import io.escalus4j.stories.cli.Verdict.Kind;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An outcome for the terminal: the failures, a table of all classes, the sum, and why what was not told was not. */
record OutcomeText(Outcome outcome) {
    private static final String ROW = "%-32s %7d %7d %9d %7d %6d ms%n";

    void print(PrintWriter out) {
        List<Verdict> verdicts = outcome.verdicts();
        verdicts.stream()
                .filter(verdict -> verdict.kind() == Kind.FAILED)
                .forEach(failed -> out.printf(
                        "%nFAILED  %s%n%s%n",
                        failed.name(), failed.text().indent(2).stripTrailing()));
        out.printf("%n%-32s %7s %7s %9s %7s %9s%n", "story class", "passed", "failed", "expected", "n/a", "slowest");
        verdicts.stream()
                .collect(Collectors.groupingBy(Verdict::group, TreeMap::new, Collectors.toList()))
                .forEach((group, rows) -> print(out, group, rows));
        print(out, "all, in %.1f s".formatted(outcome.took().toMillis() / 1e3), verdicts);
        reasons(out, "failed as expected", Kind.EXPECTED);
        reasons(out, "not applicable", Kind.NOT_APPLICABLE);
    }

    private static void print(PrintWriter out, String name, List<Verdict> rows) {
        long slowest = rows.stream()
                .filter(row -> row.kind() == Kind.PASSED)
                .map(Verdict::took)
                .mapToLong(Duration::toMillis)
                .max()
                .orElse(0);
        out.printf(
                ROW,
                name,
                count(rows, Kind.PASSED),
                count(rows, Kind.FAILED),
                count(rows, Kind.EXPECTED),
                count(rows, Kind.NOT_APPLICABLE),
                slowest);
    }

    private static long count(List<Verdict> rows, Kind kind) {
        return rows.stream().filter(row -> row.kind() == kind).count();
    }

    /** Each reason once, with how many stories have it. */
    private void reasons(PrintWriter out, String head, Kind kind) {
        var reasons = outcome.verdicts().stream()
                .filter(verdict -> verdict.kind() == kind)
                .collect(Collectors.groupingBy(Verdict::text, TreeMap::new, Collectors.counting()));
        if (!reasons.isEmpty()) {
            out.printf("%n%s:%n", head);
            reasons.forEach((reason, stories) -> out.printf("%4d x %s%n", stories, reason));
        }
    }
}
