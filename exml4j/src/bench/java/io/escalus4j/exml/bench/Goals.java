package io.escalus4j.exml.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** What was wanted, and by how much it is reached or missed on each input, as a table in Markdown. */
final class Goals {
    private static final List<String> INPUTS = List.of("CHAT", "PRESENCE", "MESSAGE", "ROSTER");
    /** Half of the 777 bytes that Aalto's least tree of the chat message took when the goal was set. */
    private static final double MOST_BYTES_OF_CHAT = 388;

    private final List<Report> reports;

    Goals(List<Report> reports) {
        this.reports = reports;
    }

    String table() {
        var table = new StringBuilder("| goal |");
        reports.forEach(report -> table.append(' ').append(report.jdk()).append(" |"));
        table.append("\n|---|").append("---|".repeat(reports.size())).append('\n');
        row(table, "the tree at least 1.5 times as fast as Aalto's, whole stanzas", report -> ratios(
                report, tree("0"), is("parse", "aalto-tree", "0"), 1.5));
        row(table, "at most 388 bytes allocated for the chat message", Goals::allocated);
        row(table, "at most 0.5 times the bytes that Aalto's tree allocates", Goals::allocatedBeside);
        row(table, "chunks of 1460 bytes at least 0.9 times as fast as whole stanzas", report -> ratios(
                report, tree("1460"), tree("0"), 0.9));
        for (String written : List.of("parsed", "stamped", "built")) {
            row(table, "writing what was " + written + " at least as fast as parsing", report -> ratios(
                    report, is("write", written, "0"), tree("0"), 1));
        }
        return table.toString();
    }

    private interface Answer {
        String of(Report report);
    }

    private void row(StringBuilder table, String goal, Answer answer) {
        table.append("| ").append(goal).append(" |");
        reports.forEach(report -> table.append(' ').append(answer.of(report)).append(" |"));
        table.append('\n');
    }

    private static Predicate<Measurement> tree(String chunk) {
        return is("parse", "exml4j-tree", chunk);
    }

    private static Predicate<Measurement> is(String benchmark, String subject, String chunk) {
        return line -> line.benchmark().equals(benchmark)
                && line.subject().equals(subject)
                && line.chunk().equals(chunk);
    }

    private static String allocated(Report report) {
        double bytes = figure(report, tree("0"), "CHAT", Measurement::bytes);
        return "%.0f: %s".formatted(bytes, bytes <= MOST_BYTES_OF_CHAT ? "reached" : "**missed**");
    }

    private static String allocatedBeside(Report report) {
        var shown = new ArrayList<String>();
        var missed = new ArrayList<String>();
        for (String input : INPUTS) {
            double ratio = figure(report, tree("0"), input, Measurement::bytes)
                    / figure(report, is("parse", "aalto-tree", "0"), input, Measurement::bytes);
            String rounded = String.format(Locale.ROOT, "%.2f", ratio);
            shown.add(rounded);
            if (!(Double.parseDouble(rounded) <= 0.5)) {
                missed.add(input);
            }
        }
        return told(shown, missed);
    }

    /** {@code 2.2, 3.4, 2.4, 2.3: reached}, in the order of the inputs. */
    private static String ratios(
            Report report, Predicate<Measurement> faster, Predicate<Measurement> slower, double wanted) {
        var shown = new ArrayList<String>();
        var missed = new ArrayList<String>();
        for (String input : INPUTS) {
            double ratio = figure(report, faster, input, Measurement::megabytes)
                    / figure(report, slower, input, Measurement::megabytes);
            shown.add(String.format(Locale.ROOT, "%.2f", ratio));
            if (!(ratio >= wanted)) {
                missed.add(String.format(Locale.ROOT, "%s by %.0f %%", input, (1 - ratio / wanted) * 100));
            }
        }
        return told(shown, missed);
    }

    private static String told(List<String> shown, List<String> missed) {
        return String.join(", ", shown)
                + (missed.isEmpty() ? ": reached" : ": **missed** on " + String.join(", ", missed));
    }

    private static double figure(
            Report report, Predicate<Measurement> wanted, String input, ToDoubleFunction<Measurement> figure) {
        return report.lines().stream()
                .filter(wanted.and(line -> line.input().equals(input)))
                .mapToDouble(figure)
                .findFirst()
                .orElse(Double.NaN);
    }
}
