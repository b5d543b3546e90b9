package io.escalus4j.stories.cli;

import io.escalus4j.stories.cli.Verdict.Kind;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What GitHub shows of a run: a summary of the job, which may have 1 MiB and no more, and annotations at the lines of the
 * stories, of which it shows ten errors and ten warnings for a step. What does not fit is counted.
 */
record GitHub(List<Verdict> verdicts) {
    private static final int SUMMARY_BYTES = 1024 * 1024 - 4096;
    private static final int ANNOTATIONS = 10;
    private static final int FAILURES = 10;
    private static final int FAILURE_LINES = 20;
    private static final String SOURCES = "stories/src/main/java/";

    /** Does what the environment asks for: {@code GITHUB_ACTIONS} for annotations, {@code GITHUB_STEP_SUMMARY} for the summary. */
    void report(Map<String, String> environment, PrintWriter out) throws IOException {
        if ("true".equals(environment.get("GITHUB_ACTIONS"))) {
            annotate(out);
        }
        String file = environment.getOrDefault("GITHUB_STEP_SUMMARY", "");
        if (!file.isEmpty()) {
            Files.writeString(Path.of(file), summary(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    // ---- annotations

    void annotate(PrintWriter out) {
        annotate(out, "error", Kind.FAILED, "failed");
        annotate(out, "warning", Kind.NOT_APPLICABLE, "not applicable");
    }

    private void annotate(PrintWriter out, String level, Kind kind, String word) {
        List<Verdict> all = of(kind);
        // the tenth place is for the count of those that do not fit
        int shown = all.size() <= ANNOTATIONS ? all.size() : ANNOTATIONS - 1;
        all.stream()
                .limit(shown)
                .forEach(verdict -> out.printf(
                        "::%s %stitle=%s::%s%n",
                        level, place(verdict), property(verdict.name()), data(verdict.text())));
        if (all.size() > shown) {
            out.printf("::%s title=%d more stories %s::see the summary%n", level, all.size() - shown, word);
        }
    }

    private static String place(Verdict verdict) {
        return verdict.place()
                .map(place -> "file=%s%s,line=%d,".formatted(SOURCES, property(place.file()), place.line()))
                .orElse("");
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }

    // ---- the summary

    String summary() {
        var summary = new Bounded(SUMMARY_BYTES);
        summary.add("## Stories\n\n| passed | failed | failed as expected | not applicable |\n|---:|---:|---:|---:|\n");
        summary.add("| %d | %d | %d | %d |\n"
                .formatted(
                        of(Kind.PASSED).size(),
                        of(Kind.FAILED).size(),
                        of(Kind.EXPECTED).size(),
                        of(Kind.NOT_APPLICABLE).size()));
        List<Verdict> failed = of(Kind.FAILED);
        failed.stream().limit(FAILURES).forEach(verdict -> summary.add(failure(verdict)));
        if (failed.size() > FAILURES) {
            summary.add("\n### %d more failures\n\n".formatted(failed.size() - FAILURES));
            failed.stream().skip(FAILURES).forEach(verdict -> summary.add("- %s\n".formatted(text(verdict.name()))));
        }
        if (!of(Kind.NOT_APPLICABLE).isEmpty()) {
            summary.add("\n### Not applicable, and why\n\n");
            of(Kind.NOT_APPLICABLE).stream()
                    .collect(Collectors.groupingBy(Verdict::text, TreeMap::new, Collectors.counting()))
                    .forEach((reason, stories) -> summary.add("- %d x %s\n".formatted(stories, text(reason))));
        }
        return summary.text();
    }

    private static String failure(Verdict verdict) {
        List<String> lines = verdict.text().lines().toList();
        String more = lines.size() > FAILURE_LINES ? "\n… %d more lines".formatted(lines.size() - FAILURE_LINES) : "";
        return "\n<details open><summary>%s</summary>\n\n<pre>%s%s</pre></details>\n"
                .formatted(
                        text(verdict.name()),
                        text(lines.stream().limit(FAILURE_LINES).collect(Collectors.joining("\n"))),
                        more);
    }

    /** Markdown lets HTML through, and a stanza may say anything: no line of it starts or ends anything. */
    private static String text(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("`", "&#96;")
                .replace("\n\n", "\n&#8203;\n")
                .replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "\uFFFD");
    }

    private List<Verdict> of(Kind kind) {
        return verdicts.stream().filter(verdict -> verdict.kind() == kind).toList();
    }

    /** Takes pieces as long as they fit, and counts the others. */
    private static final class Bounded {
        private final int most;
        private final StringBuilder text = new StringBuilder();
        private int bytes;
        private int dropped;

        Bounded(int most) {
            this.most = most;
        }

        void add(String piece) {
            int size = piece.getBytes(StandardCharsets.UTF_8).length;
            if (bytes + size > most) {
                dropped++;
            } else {
                text.append(piece);
                bytes += size;
            }
        }

        String text() {
            return dropped == 0
                    ? text.toString()
                    : text + "\n%d parts more did not fit into 1 MiB.\n".formatted(dropped);
        }
    }
}
