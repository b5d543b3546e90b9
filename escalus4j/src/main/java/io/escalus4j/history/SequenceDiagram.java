package io.escalus4j.history;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Draws a history as one self-contained HTML page: a lane for each person and the server, an arrow for each stanza with
 * its XML a click away, notes and fences across, and the failure where it happened.
 *
 * <pre>{@code
 * SequenceDiagram.write(history, Optional.of(thrown), Path.of("target/stories/ChatStory/a_sent_chat_reaches_bob.html"));
 * }</pre>
 */
public final class SequenceDiagram {
    /** In pixels; beside a broader diagram there is no room for anything. */
    private static final int BROAD = 1100;

    private SequenceDiagram() {}

    /** Writes the page, and the directories above it. */
    public static void write(History history, Optional<Throwable> failure, Path file) throws IOException {
        Page.write(file, Html.sentence(history.title()), body(history, failure));
    }

    private static String body(History history, Optional<Throwable> failure) {
        var entries = withFailure(history.entries(), failure);
        var lanes = Lanes.of(entries);
        return """
                <header class="top">
                <p class="crumb">%s</p>
                <h1>%s</h1>
                <p class="facts"><span class="badge %s">%s</span>%s</p>
                %s</header>
                <main class="story%s">
                <section class="diagram" aria-label="sequence diagram">
                %s<div class="scroll">
                <div class="lanes"><span class="time">time</span>%s</div>
                %s</div>
                </section>
                <aside class="inspector" hidden><p class="hint">Point at a line to read its stanza.</p></aside>
                </main>""".formatted(
                        Html.escape(history.title()),
                        Html.escape(Html.sentence(history.title())),
                        failure.isPresent() ? "failed" : "passed",
                        failure.isPresent() ? "failed" : "passed",
                        facts(history, entries, lanes),
                        failure.map(SequenceDiagram::failure).orElse(""),
                        lanes.total() > BROAD ? " broad" : "",
                        legend(),
                        lanes.heads(),
                        rows(entries, lanes) + hint(entries));
    }

    /** A failure that nobody noted stands after everything that happened. */
    private static List<Entry> withFailure(List<Entry> entries, Optional<Throwable> failure) {
        if (failure.isEmpty() || entries.stream().anyMatch(entry -> entry.direction() == Direction.FAILURE)) {
            return entries;
        }
        var at = entries.isEmpty()
                ? Duration.ZERO
                : entries.get(entries.size() - 1).at();
        var all = new ArrayList<>(entries);
        all.add(new Entry(
                at,
                "",
                Direction.FAILURE,
                Optional.empty(),
                message(failure.get()).lines().findFirst().orElse("failed")));
        return all;
    }

    private static String message(Throwable thrown) {
        boolean told = thrown instanceof AssertionError && thrown.getMessage() != null;
        return told ? thrown.getMessage() : thrown.toString();
    }

    private static String facts(History history, List<Entry> entries, Lanes lanes) {
        long stanzas = entries.stream().filter(Entry::isOnTheWire).count();
        var last = entries.isEmpty()
                ? Duration.ZERO
                : entries.get(entries.size() - 1).at();
        int people = lanes.names().size() - 1;
        return "<span>%d %s</span><span>%d %s</span><span>%s</span>%s"
                .formatted(
                        people,
                        people == 1 ? "person" : "people",
                        stanzas,
                        stanzas == 1 ? "stanza" : "stanzas",
                        History.time(last).substring(1),
                        history.dropped() == 0
                                ? ""
                                : "<span>%d older lines dropped</span>".formatted(history.dropped()));
    }

    private static String failure(Throwable thrown) {
        var stack = new StringWriter();
        thrown.printStackTrace(new PrintWriter(stack));
        return """
                <section class="fail"><h2>What went wrong <a href="#failure">see where</a></h2>
                <pre>%s</pre>
                <details class="stack"><summary>stack trace</summary><pre>%s</pre></details></section>
                """.formatted(Wrong.html(message(thrown)), Html.escape(stack.toString()));
    }

    private static String legend() {
        return """
                <div class="legend"><span class="message">message</span><span class="presence">presence</span>\
                <span class="iq">iq</span><span class="nonza">other</span><span class="error">error</span>\
                <span class="key full">taken</span><span class="key hollow">never taken</span>\
                <span class="tools" hidden><button type="button" data-do="open">open all</button>\
                <button type="button" data-do="close">close all</button></span></div>
                """;
    }

    private static String rows(List<Entry> entries, Lanes lanes) {
        var takes = new Takes(entries);
        var row = new Row(lanes, takes, firstFailure(entries));
        var html = new StringBuilder();
        for (int i = 0; i < entries.size(); i++) {
            if (!takes.isJoined(i)) {
                html.append(row.html(entries.get(i), i));
            }
        }
        return html.toString();
    }

    private static int firstFailure(List<Entry> entries) {
        return IntStream.range(0, entries.size())
                .filter(i -> entries.get(i).direction() == Direction.FAILURE)
                .findFirst()
                .orElse(-1);
    }

    private static String hint(List<Entry> entries) {
        return entries.isEmpty() ? "<p class=\"hint\">Nothing was sent and nothing arrived.</p>" : "";
    }
}
