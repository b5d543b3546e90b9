package io.escalus4j.stories.ledger;

import io.escalus4j.history.Html;
import io.escalus4j.history.Page;
import io.escalus4j.stories.ledger.SpecMatrix.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The matrix as one self-contained HTML page, with how the stories of a run ended. */
public final class MatrixPage {
    private final SpecMatrix matrix;

    public MatrixPage(SpecMatrix matrix) {
        this.matrix = matrix;
    }

    public void write(Path file) throws IOException {
        Page.write(file, "What is demanded, and which story proves it", body());
    }

    private String body() {
        return """
                <header class="top wide"><h1>What is demanded, and which story proves it</h1>
                <div class="totals">%s</div></header>
                <main class="index" id="overview">
                <p class="tools" hidden><input type="search" placeholder="find a demand ( / )" aria-label="find a demand"></p>
                %s</main>""".formatted(
                        totals(),
                        matrix.ledger().documents().stream().map(this::document).collect(Collectors.joining()));
    }

    private String totals() {
        var counts = matrix.counts(matrix.ledger().requirements());
        return Arrays.stream(State.values())
                .map(state -> "<div class=\"total %s\" title=\"%s\"><b>%d</b><span>%s</span></div>"
                        .formatted(css(state), state.meaning(), counts.getOrDefault(state, 0L), state.word()))
                .collect(Collectors.joining());
    }

    private String document(Document document) {
        return """
                <details class="group card" open><summary><b>%s</b><span>%s</span><span class="count">%d demands</span></summary>
                <ul class="rows">%s</ul></details>
                """.formatted(
                        Html.escape(document.name()),
                        Html.escape(document.title()),
                        document.requirements().size(),
                        document.requirements().stream().map(this::line).collect(Collectors.joining()));
    }

    private String line(Requirement requirement) {
        State state = matrix.state(requirement);
        String proof = requirement
                .excuse()
                .map(Requirement.Excuse::reason)
                .orElseGet(() -> String.join(", ", matrix.stories(requirement)));
        String text = "%s %s %s"
                .formatted(requirement.of().name().toLowerCase(Locale.ROOT), requirement.level(), requirement.text());
        return """
                <li class="%s" data-name="%s"><span class="mark" title="%s"></span><span class="name">%s</span>\
                <span class="says">%s</span><span class="took">%s</span></li>
                """.formatted(
                        css(state),
                        Html.escape((requirement.id() + ' ' + text + ' ' + proof + ' ' + state.word())
                                .toLowerCase(Locale.ROOT)),
                        state.word(),
                        Html.escape(text),
                        Html.escape(proof),
                        Html.escape(requirement.id()));
    }

    /** In the colours of stories. */
    private static String css(State state) {
        return switch (state) {
            case PASSED, COVERED -> "passed";
            case FAILED, UNCOVERED -> "failed";
            case WAIVED, UNTESTABLE -> "skipped";
            case OTHERS -> "none";
        };
    }
}
