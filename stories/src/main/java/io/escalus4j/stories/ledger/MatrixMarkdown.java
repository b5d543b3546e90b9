package io.escalus4j.stories.ledger;

import io.escalus4j.stories.ledger.SpecMatrix.State;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The matrix as Markdown for the documentation: an overview, and a page for each specification. */
public final class MatrixMarkdown {
    private static final List<State> COLUMNS =
            List.of(State.COVERED, State.WAIVED, State.UNTESTABLE, State.UNCOVERED, State.OTHERS);

    private final SpecMatrix matrix;

    /** The documentation knows no run: what passed and what failed is in the report of each. */
    public MatrixMarkdown(SpecMatrix matrix) {
        this.matrix = new SpecMatrix(matrix.ledger(), matrix.claims(), Map.of());
    }

    public String overview() {
        return """
                # What is demanded, and which story proves it

                Every MUST and MUST NOT of the specifications that the server claims, in our own words, from [docs/ledger](ledger/README.md).
                Written by `bin/escalus spec matrix`; a test fails when it is out of date, when a story claims a line that does not exist, and
                when a demand on the server has neither a story nor a reason. How the stories of a run ended is in the run's own report.

                | Specification | Version | %s | all |
                |---|---|%s---:|
                %s
                %s
                """.formatted(
                        COLUMNS.stream().map(State::word).collect(Collectors.joining(" | ")),
                        "---:|".repeat(COLUMNS.size()),
                        matrix.ledger().documents().stream().map(this::row).collect(Collectors.joining("\n")),
                        row("all", "", matrix.ledger().requirements().toList()))
                + "\n"
                + COLUMNS.stream()
                        .map(state -> "- *%s*: %s\n".formatted(state.word(), state.meaning()))
                        .collect(Collectors.joining());
    }

    private String row(Document document) {
        return row(
                "[%s](spec-matrix/%s.md), %s".formatted(document.name(), document.slug(), document.title()),
                document.version(),
                document.requirements());
    }

    private String row(String name, String version, List<Requirement> requirements) {
        var counts = matrix.counts(requirements.stream());
        return "| %s | %s | %s | %d |"
                .formatted(
                        name,
                        version,
                        COLUMNS.stream()
                                .map(state -> counts.getOrDefault(state, 0L).toString())
                                .collect(Collectors.joining(" | ")),
                        requirements.size());
    }

    public String page(Document document) {
        return """
                # %s: %s

                Version %s. [All specifications](../spec-matrix.md). Written by `bin/escalus spec matrix` from `docs/ledger/%s.toml` and the stories.

                | Id | Section | Binds | | Demand | State | Proven by, or why not |
                |---|---|---|---|---|---|---|
                %s
                """.formatted(
                        document.name(),
                        document.title(),
                        document.version(),
                        document.slug(),
                        document.requirements().stream().map(this::line).collect(Collectors.joining("\n")));
    }

    private String line(Requirement requirement) {
        return Stream.of(
                        requirement.id(),
                        requirement.title(),
                        requirement.of().name().toLowerCase(Locale.ROOT),
                        requirement.level(),
                        requirement.text(),
                        matrix.state(requirement).word(),
                        proof(requirement))
                .map(cell -> cell.replace("|", "\\|").replace("<", "&lt;"))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }

    private String proof(Requirement requirement) {
        List<String> stories = matrix.stories(requirement);
        return stories.isEmpty()
                ? requirement.excuse().map(Requirement.Excuse::reason).orElse("")
                : stories.stream().map("`%s`"::formatted).collect(Collectors.joining(", "));
    }
}
