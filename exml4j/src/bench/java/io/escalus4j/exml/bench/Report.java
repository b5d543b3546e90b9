package io.escalus4j.exml.bench;

import io.escalus4j.exml.bench.Chart.Bar;
import io.escalus4j.exml.bench.Chart.Group;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openjdk.jmh.results.RunResult;

/** What was measured, as tables in Markdown and as a chart. */
final class Report {
    /** One line of JMH's results. */
    private record Line(String benchmark, String subject, String input, String chunk, double megabytes, double bytes) {
        static Line of(RunResult result) {
            var parameters = result.getParams();
            boolean parses = parameters.getBenchmark().contains("Parse");
            double operations = result.getPrimaryResult().getScore();
            var secondary = result.getSecondaryResults();
            double stanzas = secondary.get("stanzas").getScore() / operations;
            return new Line(
                    parses ? "parse" : "write",
                    parameters.getParam(parses ? "parser" : "tree"),
                    parameters.getParam("input"),
                    parses ? parameters.getParam("chunk") : "0",
                    secondary.get("bytes").getScore() / secondary.get("nanos").getScore() * 1e3,
                    secondary.get("gc.alloc.rate.norm").getScore() / stanzas);
        }

        String group() {
            return benchmark + (benchmark.equals("write") ? "" : chunk.equals("0") ? ", whole" : ", chunks of " + chunk);
        }
    }

    private final List<Line> lines;

    private Report(List<Line> lines) {
        this.lines = lines;
    }

    /** What one stanza may allocate, half as much again as it does: cold code takes some more, a copied buffer twice that. */
    private static final Map<String, Integer> MOST_BYTES = Map.of(
            "CHAT", 560,
            "PRESENCE", 890,
            "MESSAGE", 3400,
            "ROSTER_1000", 600_000,
            "MUC_HISTORY", 870,
            "PEP_BLOB", 140_000);

    private void requireBounds() {
        for (Line line : lines) {
            int most = MOST_BYTES.getOrDefault(line.input(), Integer.MAX_VALUE);
            if (line.group().equals("parse, whole") && line.subject().equals("exml4j-tree") && line.bytes() > most) {
                throw new IllegalStateException("%s allocates %.0f bytes per stanza, at most %d are allowed (docs/benchmarks.md)"
                        .formatted(line.input(), line.bytes(), most));
            }
        }
    }

    /**
     * Leaves tables and chart in a folder.
     *
     * @throws IllegalStateException if a stanza allocates more than it may
     */
    static void write(Collection<RunResult> results, Path folder) throws IOException {
        var report = new Report(results.stream().map(Line::of).toList());
        Files.writeString(folder.resolve("benchmarks.md"), report.tables());
        Files.writeString(folder.resolve("benchmarks.svg"), report.chart());
        report.requireBounds();
    }

    private String tables() {
        var markdown = new StringBuilder("JDK %s, %d processors%n".formatted(
                System.getProperty("java.vm.version"), Runtime.getRuntime().availableProcessors()));
        for (String group : distinct(lines.stream().map(Line::group).toList())) {
            markdown.append("\n### ").append(group).append("\n\n").append(table(group));
        }
        return markdown.toString();
    }

    private String table(String group) {
        List<Line> rows = lines.stream().filter(line -> line.group().equals(group)).toList();
        Set<String> inputs = distinct(rows.stream().map(Line::input).toList());
        var table = new StringBuilder("| MB per second of processor time (bytes allocated per stanza) | " + String.join(" | ", inputs) + " |\n");
        table.append("|---|").append("---|".repeat(inputs.size())).append('\n');
        for (String subject : distinct(rows.stream().map(Line::subject).toList())) {
            table.append("| ").append(subject).append(" |");
            for (String input : inputs) {
                table.append(' ').append(cell(rows, subject, input)).append(" |");
            }
            table.append('\n');
        }
        return table.toString();
    }

    private static String cell(List<Line> rows, String subject, String input) {
        return rows.stream()
                .filter(line -> line.subject().equals(subject) && line.input().equals(input))
                .map(line -> "%.0f (%.0f)".formatted(line.megabytes(), line.bytes()))
                .findFirst()
                .orElse("fails");
    }

    private String chart() {
        var groups = new ArrayList<Group>();
        List<Line> whole = lines.stream()
                .filter(line -> line.group().equals("parse, whole"))
                .toList();
        for (String input : distinct(whole.stream().map(Line::input).toList())) {
            groups.add(new Group(
                    input.toLowerCase().replace('_', ' '),
                    whole.stream()
                            .filter(line -> line.input().equals(input))
                            .map(line -> new Bar(line.subject(), line.megabytes()))
                            .toList()));
        }
        return Chart.of("Parsing whole stanzas, MB per second of processor time", groups);
    }

    private static Set<String> distinct(List<String> words) {
        return new LinkedHashSet<>(words);
    }
}
