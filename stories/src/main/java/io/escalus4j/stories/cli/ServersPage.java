package io.escalus4j.stories.cli;

import io.escalus4j.stories.cli.Verdict.Kind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The table of stories and servers, as Markdown. */
record ServersPage(List<Column> columns) {
    /** One server, and how the stories ended there. */
    record Column(String server, Outcome outcome) {
        private List<Verdict> of(Kind kind) {
            return outcome.verdicts().stream()
                    .filter(verdict -> verdict.kind() == kind)
                    .sorted((a, b) -> a.name().compareTo(b.name()))
                    .toList();
        }

        private Map<String, Verdict> byName() {
            return outcome.verdicts().stream()
                    .collect(Collectors.toMap(Verdict::name, Function.identity(), (one, other) -> other));
        }
    }

    private static final String HEAD = """
            # Stories and servers

            The same stories, told on our server and on those that Debian ships, which `bin/peers` starts on loopback. Made by one command:
            `bin/escalus servers`. A story is not applicable where the server does not offer what it needs (`@RequiresFeature`), or where the
            specification leaves open what it is about. Where a server is known to fail it the reason stands in a file of its name and
            version under `stories/src/main/resources/expected-failures`; a story that passes in spite of that fails the run.
            Nobody has said where ejabberd speaks WebSocket and BOSH, since ejabberd 23.01 loses requests of BOSH whose order changes on
            their two ways.

            """;

    String text() {
        var text = new StringBuilder(HEAD);
        sums(text);
        columns.forEach(column -> {
            reasons(text, column, "What %s fails, and where it is written", Kind.EXPECTED);
            reasons(text, column, "What does not apply to %s", Kind.NOT_APPLICABLE);
            reasons(text, column, "What failed unexpectedly on %s", Kind.FAILED);
        });
        stories(text);
        return text.toString();
    }

    // ---- the sums

    private void sums(StringBuilder text) {
        row(text, "", Column::server);
        text.append("|---|").append("---:|".repeat(columns.size())).append('\n');
        row(text, "passed", column -> count(column, Kind.PASSED));
        row(text, "failed as expected", column -> count(column, Kind.EXPECTED));
        row(text, "not applicable", column -> count(column, Kind.NOT_APPLICABLE));
        row(text, "failed", column -> count(column, Kind.FAILED));
        text.append('\n');
    }

    private void row(StringBuilder text, String head, Function<Column, String> cell) {
        text.append("| ").append(head).append(" |");
        columns.forEach(column -> text.append(' ').append(cell.apply(column)).append(" |"));
        text.append('\n');
    }

    private static String count(Column column, Kind kind) {
        return Long.toString(column.outcome().count(kind));
    }

    // ---- the reasons

    private static void reasons(StringBuilder text, Column column, String title, Kind kind) {
        List<Verdict> verdicts = column.of(kind);
        if (verdicts.isEmpty()) {
            return;
        }
        text.append("## ").append(title.formatted(column.server())).append("\n\n| Story | Why |\n|---|---|\n");
        verdicts.forEach(verdict -> text.append("| ")
                .append(verdict.name())
                .append(" | ")
                .append(cell(verdict.text()))
                .append(" |\n"));
        text.append('\n');
    }

    /** The first line, harmless in a table. */
    private static String cell(String text) {
        return text.lines().findFirst().orElse("").replace("|", "\\|").replace("<", "&lt;");
    }

    // ---- all of them

    private void stories(StringBuilder text) {
        var names = new TreeSet<String>();
        columns.forEach(column -> names.addAll(column.byName().keySet()));
        text.append("## All stories\n\n`+` passed, `e` failed as expected, `-` not applicable, `F` failed\n\n");
        var groups = names.stream()
                .collect(Collectors.groupingBy(
                        name -> name.replaceFirst("\\..*", ""), TreeMap::new, Collectors.toList()));
        groups.forEach((group, stories) -> table(text, group, stories));
    }

    private void table(StringBuilder text, String group, List<String> stories) {
        row(text, group, Column::server);
        text.append("|---|").append(":-:|".repeat(columns.size())).append('\n');
        for (String story : stories) {
            row(text, story.replaceFirst(".*?\\.", "").replace('_', ' '), column -> mark(column.byName(), story));
        }
        text.append('\n');
    }

    private static String mark(Map<String, Verdict> verdicts, String story) {
        if (!verdicts.containsKey(story)) {
            return "";
        }
        return switch (verdicts.get(story).kind()) {
            case PASSED -> "+";
            case EXPECTED -> "e";
            case NOT_APPLICABLE -> "-";
            case FAILED -> "F";
        };
    }
}
