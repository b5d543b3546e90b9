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
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.openjdk.jmh.results.RunResult;

/** What was measured on one JDK, as tables in Markdown and as a chart. */
final class Report {
    /** What one stanza may allocate, half as much again as it does: cold code takes some more, a copied buffer twice that. */
    private static final Map<String, Integer> MOST_BYTES = Map.of(
            "CHAT", 560,
            "PRESENCE", 890,
            "MESSAGE", 3400,
            "ROSTER_1000", 600_000,
            "MUC_HISTORY", 870,
            "PEP_BLOB", 140_000);

    private final String jdk;
    private final List<Measurement> lines;

    private Report(String jdk, List<Measurement> lines) {
        this.jdk = jdk;
        this.lines = lines;
    }

    static Report of(Collection<RunResult> results) {
        String jdk = results.stream()
                .findFirst()
                .map(result -> "JDK " + result.getParams().getJdkVersion())
                .orElse("nothing");
        return new Report(jdk, results.stream().map(Measurement::of).toList());
    }

    /** For example {@code JDK 17.0.15}. */
    String jdk() {
        return jdk;
    }

    List<Measurement> lines() {
        return lines;
    }

    /**
     * Leaves tables and chart in a folder, and says what is held to a bound.
     *
     * @throws IllegalStateException if a stanza allocates more than it may
     */
    void write(Path folder) throws IOException {
        Files.writeString(folder.resolve("benchmarks.md"), tables() + bounds());
        Files.writeString(folder.resolve("benchmarks.svg"), Chart.of(groups(false)));
        System.out.print(bounds());
        requireBounds();
    }

    private List<Measurement> bounded() {
        return lines.stream()
                .filter(line -> line.group().equals("Whole stanzas")
                        && line.subject().equals("exml4j-tree")
                        && MOST_BYTES.containsKey(line.input()))
                .toList();
    }

    private String bounds() {
        if (bounded().isEmpty()) {
            return "";
        }
        var table = new StringBuilder(
                "\n| " + jdk + " | stanzas/s | bytes per stanza | allowed |\n|---|--:|--:|--:|\n");
        for (Measurement line : bounded()) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f | %d |%n",
                    line.input(),
                    line.stanzas(),
                    line.bytes(),
                    MOST_BYTES.get(line.input())));
        }
        return table.toString();
    }

    private void requireBounds() {
        for (Measurement line : bounded()) {
            int most = MOST_BYTES.get(line.input());
            if (line.bytes() > most) {
                throw new IllegalStateException("%s allocates %.0f bytes per stanza, at most %d are allowed (docs/benchmarks.md)"
                        .formatted(line.input(), line.bytes(), most));
            }
        }
    }

    String tables() {
        var markdown = new StringBuilder();
        for (String group : distinct(lines.stream().map(Measurement::group).toList())) {
            markdown.append("%n%s, %s:%n%n%s".formatted(group, jdk, table(group)));
        }
        return markdown.toString();
    }

    private String table(String group) {
        List<Measurement> rows = lines.stream().filter(line -> line.group().equals(group)).toList();
        Set<String> inputs = distinct(rows.stream().map(Measurement::input).toList());
        var table = new StringBuilder("| MB/s (bytes per stanza) | " + String.join(" | ", inputs) + " |\n");
        table.append("|---|").append("--:|".repeat(inputs.size())).append('\n');
        for (String subject : distinct(rows.stream().map(Measurement::subject).toList())) {
            table.append("| ").append(subject).append(" |");
            for (String input : inputs) {
                table.append(' ').append(cell(rows, subject, input)).append(" |");
            }
            table.append('\n');
        }
        return table.toString();
    }

    private static String cell(List<Measurement> rows, String subject, String input) {
        return rows.stream()
                .filter(line -> line.subject().equals(subject) && line.input().equals(input))
                .map(line -> String.format(Locale.ROOT, "%.0f (%.0f)", line.megabytes(), line.bytes()))
                .findFirst()
                .orElse("fails");
    }

    /** A group of bars for each input, with the JDK in its label if there is another one to compare with. */
    List<Group> groups(boolean withJdk) {
        var groups = new ArrayList<Group>();
        List<Measurement> whole = lines.stream()
                .filter(line -> line.group().equals("Whole stanzas") && !line.subject().endsWith("-events"))
                .toList();
        for (String input : distinct(whole.stream().map(Measurement::input).toList())) {
            groups.add(new Group(
                    input + (withJdk ? ", " + jdk : ""),
                    whole.stream()
                            .filter(line -> line.input().equals(input))
                            .map(line -> new Bar(line.subject(), line.megabytes()))
                            .toList()));
        }
        return groups;
    }

    private static Set<String> distinct(List<String> words) {
        return new LinkedHashSet<>(words);
    }
}
