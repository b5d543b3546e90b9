package io.escalus4j.history;

import io.escalus4j.history.StoryResult.Outcome;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Draws the overview of a run as one self-contained HTML page: totals, failures first with their texts, skips with
 * their reasons, then all stories by the specification that they prove.
 *
 * <pre>{@code
 * ReportIndex.write("Stories against the embedded server", results, Path.of("target/stories/index.html"));
 * }</pre>
 */
public final class ReportIndex {
    private static final int SLOWEST = 5;
    private static final int FEW = 60;
    private static final String KEYS = """
            <div id="keys" hidden><div class="keys"><span><b class="key">j</b> <b class="key">k</b></span><span>next story, the one before</span><span><b class="key">f</b></span><span>next failure</span>\
            <span><b class="key">/</b></span><span>find a story</span><span><b class="key">Esc</b></span><span>back</span><span><b class="key">Tab</b> <b class="key">Enter</b></span><span>through the stanzas, open one</span></div></div>
            """;

    private final List<StoryResult> results;
    private final Path directory;
    private final Map<String, Integer> keys = new HashMap<>();

    private ReportIndex(List<StoryResult> results, Path directory) {
        this.results = results;
        this.directory = directory;
    }

    /** Writes the page, and the directories above it; links to diagrams are relative to it. */
    public static void write(String title, List<StoryResult> results, Path file) throws IOException {
        var directory = file.toAbsolutePath().normalize().getParent();
        Page.write(file, title, new ReportIndex(List.copyOf(results), directory).body(title));
    }

    private String body(String title) {
        var groups = Specs.group(results);
        return """
                <div id="overview">
                <header class="top wide">
                <h1>%s</h1>
                %s</header>
                <main class="index">
                %s%s%s%s<p class="foot">Press <b class="key">?</b> for the keys. This page holds everything; nothing is loaded from anywhere.</p></main>
                </div>
                <div id="stage" tabindex="-1" hidden></div>
                %s%s""".formatted(
                        Html.escape(title),
                        totals(),
                        failures(),
                        skips(),
                        matrix(groups),
                        stories(groups) + slowest(),
                        KEYS,
                        packed());
    }

    /** Each story's diagram, for the script to unpack when it is asked for: a thousand of them cost nothing until then. */
    private String packed() {
        return results.stream()
                .filter(result -> result.diagram().isPresent())
                .map(result -> "<pre hidden id=\"p-%s\">%s</pre>\n"
                        .formatted(
                                key(result), Page.packed(body(result.diagram().get()))))
                .collect(Collectors.joining());
    }

    private static String body(Path diagram) {
        try {
            return Page.bodyOf(diagram);
        } catch (IOException gone) {
            return "<p class=\"hint\">%s is gone</p>".formatted(Html.escape(diagram.toString()));
        }
    }

    /** Names of stories may be anything; this is letters and digits. */
    private String key(StoryResult result) {
        return "s" + keys.computeIfAbsent(result.id(), id -> keys.size());
    }

    // ---- totals

    private String totals() {
        var time = results.stream().map(StoryResult::duration).reduce(Duration.ZERO, Duration::plus);
        return """
                <div class="totals">%s%s%s<div class="total"><b>%d</b><span>%s</span></div>\
                <div class="total"><b>%s</b><span>in stories</span></div></div>
                %s
                """.formatted(
                        total("passed", Outcome.PASSED),
                        total("failed", Outcome.FAILED),
                        total("skipped", Outcome.SKIPPED),
                        results.size(),
                        results.size() == 1 ? "story" : "stories",
                        words(time),
                        bar(results));
    }

    private String total(String word, Outcome outcome) {
        long count = count(results, outcome);
        return "<div class=\"total %s%s\"><b>%d</b><span>%s</span></div>"
                .formatted(word, count == 0 ? " none" : "", count, word);
    }

    private static long count(List<StoryResult> results, Outcome outcome) {
        return results.stream().filter(result -> result.outcome() == outcome).count();
    }

    /** Parts in the widths of their counts. */
    private static String bar(List<StoryResult> results) {
        var svg = new StringBuilder(
                "<svg class=\"bar\" viewBox=\"0 0 %d 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
                        .formatted(Math.max(1, results.size())));
        long x = 0;
        for (Outcome outcome : List.of(Outcome.FAILED, Outcome.SKIPPED, Outcome.PASSED)) {
            long width = count(results, outcome);
            svg.append("<rect class=\"%s\" x=\"%d\" y=\"0\" width=\"%d\" height=\"10\"/>"
                    .formatted(word(outcome), x, width));
            x += width;
        }
        return svg.append("</svg>").toString();
    }

    // ---- what did not pass

    private String failures() {
        var failed = results.stream()
                .filter(result -> result.outcome() == Outcome.FAILED)
                .toList();
        return failed.isEmpty()
                ? ""
                : "<section><h2>Failures</h2>\n"
                        + failed.stream().map(this::failure).collect(Collectors.joining()) + "</section>\n";
    }

    private String failure(StoryResult result) {
        return """
                <article class="card failed" data-name="%s"><h3>%s</h3>
                <p class="meta">%s%s<span>%s</span></p>
                %s</article>
                """.formatted(
                        Html.escape(searchable(result)),
                        linked(result, Html.escape(Html.sentence(result.displayName()))),
                        "<span>%s</span>".formatted(Html.escape(result.className())),
                        result.specs().stream()
                                .map(spec -> "<span>%s</span>".formatted(Html.escape(spec)))
                                .collect(Collectors.joining()),
                        words(result.duration()),
                        result.failure()
                                .map(text -> "<pre>%s</pre>".formatted(Wrong.html(text)))
                                .orElse(""));
    }

    private String skips() {
        var skipped = results.stream()
                .filter(result -> result.outcome() == Outcome.SKIPPED)
                .toList();
        return skipped.isEmpty()
                ? ""
                : "<section><h2>Skipped, and why</h2><ul class=\"rows card\">\n"
                        + skipped.stream()
                                .map(result -> row(result, result.failure().orElse("no reason given")))
                                .collect(Collectors.joining())
                        + "</ul></section>\n";
    }

    // ---- all stories

    private static String matrix(Map<String, List<StoryResult>> groups) {
        if (groups.isEmpty()) {
            return "<section><h2>No story was told</h2><p>An empty run proves nothing.</p>\n";
        }
        var links = groups.entrySet().stream()
                .map(group -> "<a class=\"chip %s\" href=\"#%s\">%s <b>%d</b></a>"
                        .formatted(
                                worst(group.getValue()),
                                anchor(group.getKey()),
                                Html.escape(Summary.cut(group.getKey(), 40)),
                                group.getValue().size()))
                .collect(Collectors.joining("\n"));
        return """
                <section><h2>Stories by specification</h2>
                <p class="tools" hidden><input type="search" placeholder="find a story" aria-label="find a story">\
                <span class="filters"><button type="button" class="failed" data-outcome="failed" aria-pressed="true">failed</button>\
                <button type="button" class="skipped" data-outcome="skipped" aria-pressed="true">skipped</button>\
                <button type="button" class="passed" data-outcome="passed" aria-pressed="true">passed</button></span>\
                <button type="button" data-do="open">open all</button><button type="button" data-do="close">close all</button></p>
                <nav class="chips">
                %s</nav>
                """.formatted(links);
    }

    private String stories(Map<String, List<StoryResult>> groups) {
        var html = new StringBuilder();
        groups.forEach((document, members) -> html.append(group(document, members)));
        return html.append("</section>\n").toString();
    }

    private String group(String document, List<StoryResult> members) {
        boolean open = results.size() <= FEW || count(members, Outcome.FAILED) > 0;
        var rows = members.stream()
                .sorted(Comparator.comparing((StoryResult result) -> result.outcome() != Outcome.FAILED))
                .map(result -> row(result, detail(document, result)))
                .collect(Collectors.joining());
        return """
                <details class="group card" id="%s"%s><summary><b>%s</b>%s<span class="count">%d of %d passed</span></summary>
                <ul class="rows">
                %s</ul></details>
                """.formatted(
                        anchor(document),
                        open ? " open" : "",
                        Html.escape(document),
                        bar(members),
                        count(members, Outcome.PASSED),
                        members.size(),
                        rows);
    }

    private static String detail(String document, StoryResult result) {
        return result.specs().stream()
                .filter(spec -> Specs.document(spec).equals(document))
                .map(Specs::rest)
                .filter(rest -> !rest.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private String row(StoryResult result, String detail) {
        return """
                <li class="%s" data-name="%s"><span class="mark" title="%s"></span><span class="name" title="%s">%s</span>\
                <span class="says">%s</span><span class="took">%s</span></li>
                """.formatted(
                        word(result.outcome()),
                        Html.escape(searchable(result)),
                        word(result.outcome()),
                        Html.escape(result.className() + '.' + result.displayName()),
                        linked(result, Html.escape(Html.sentence(result.displayName()))),
                        Html.escape(detail),
                        words(result.duration()));
    }

    private String slowest() {
        if (results.size() <= SLOWEST) {
            return "";
        }
        return "<section><h2>Slowest</h2><ul class=\"rows card\">\n"
                + results.stream()
                        .sorted(Comparator.comparing(StoryResult::duration).reversed())
                        .limit(SLOWEST)
                        .map(result -> row(result, result.className()))
                        .collect(Collectors.joining())
                + "</ul></section>\n";
    }

    // ---- small parts

    private String linked(StoryResult result, String name) {
        return result.diagram()
                .map(diagram -> "<a href=\"%s\" data-story=\"%s\">%s</a>"
                        .formatted(Html.escape(href(diagram)), key(result), name))
                .orElse(name);
    }

    /** Relative, and encoded so that no name of a file is read as a scheme, a query or a fragment. */
    private String href(Path diagram) {
        Path relative = directory.relativize(diagram.toAbsolutePath().normalize());
        var steps = new ArrayList<String>();
        relative.forEach(step -> steps.add(encoded(step.toString())));
        return "./" + String.join("/", steps);
    }

    private static String encoded(String step) {
        return URLEncoder.encode(step, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String searchable(StoryResult result) {
        String all = "%s %s %s %s"
                .formatted(
                        Html.sentence(result.displayName()),
                        result.displayName(),
                        result.className(),
                        String.join(" ", result.specs()));
        return all.toLowerCase(Locale.ROOT);
    }

    private static String anchor(String document) {
        return "g-" + document.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + "-"
                + Integer.toHexString(document.hashCode());
    }

    private static String worst(List<StoryResult> results) {
        return count(results, Outcome.FAILED) > 0
                ? "failed"
                : count(results, Outcome.SKIPPED) > 0 ? "skipped" : "passed";
    }

    private static String word(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    private static String words(Duration time) {
        long millis = time.toMillis();
        return millis < 1000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}
