package io.escalus4j.stories.bench;

import io.escalus4j.stories.bench.Figures.InRoom;
import io.escalus4j.stories.bench.Figures.Subject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What was measured as bars, in SVG: one panel for each question, one bar for each server that has an answer. */
final class GroupchatChart {
    private static final int WIDTH = 760;
    private static final int LEFT = 130;
    private static final int VALUE = 70;
    private static final int BAR = 14;
    private static final int GAP = 28;

    /** @param figure of one server; empty if it has not been measured */
    private record Panel(String question, Function<Subject, Optional<Double>> figure) {
        static Panel of(String question, int members, ToDoubleFunction<InRoom> figure) {
            return new Panel(question, subject -> subject.room(members).map(figure::applyAsDouble));
        }
    }

    private static final List<Panel> PANELS = List.of(
            Panel.of(
                    "Microseconds of the server's processor time per delivery, in a room of 100",
                    100,
                    room -> room.most().micros()),
            Panel.of("The same in a room of 1000", 1000, room -> room.most().micros()),
            Panel.of(
                    "Milliseconds until 99 of 100 deliveries are there, at half load, in a room of 1000",
                    1000,
                    room -> room.half().p99()),
            Panel.of(
                    "Seconds until 1000 have joined",
                    1000,
                    room -> room.joining().seconds()),
            new Panel(
                    "Bytes per user and hour, in a room of 1000 whose users reconnect each ten minutes",
                    subject -> subject.mobile().map(mobile -> (double) mobile.bytes())));

    private final StringBuilder svg = new StringBuilder();
    private int y = 50;

    private GroupchatChart() {}

    static String of(Figures figures) {
        var chart = new GroupchatChart();
        PANELS.forEach(panel -> chart.panel(panel, figures.subjects()));
        return "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' font-family='sans-serif' font-size='11'>\n"
                        .formatted(WIDTH, chart.y)
                + "<rect width='100%' height='100%' fill='#ffffff'/>\n"
                + text(10, 22, "font-size='14'", "What rooms cost: shorter is better")
                + chart.svg
                + "</svg>\n";
    }

    private void panel(Panel panel, List<Subject> subjects) {
        double most = subjects.stream()
                .flatMap(subject -> panel.figure().apply(subject).stream())
                .mapToDouble(figure -> figure)
                .max()
                .orElse(0);
        if (most <= 0) {
            return;
        }
        svg.append(text(10, y, "font-weight='bold'", panel.question()));
        y += 8;
        subjects.forEach(
                subject -> panel.figure().apply(subject).ifPresent(figure -> bar(subject.name(), figure, most)));
        y += GAP;
    }

    private void bar(String server, double figure, double most) {
        double length = Math.max(1, figure / most * (WIDTH - LEFT - VALUE));
        svg.append(text(10, y + BAR - 3, "", server));
        svg.append(String.format(
                Locale.ROOT,
                "<rect x='%d' y='%d' width='%.1f' height='%d' fill='%s'/>\n",
                LEFT,
                y,
                length,
                BAR,
                server.startsWith("our") ? "#1b6ca8" : "#b7b7b7"));
        svg.append(text((int) (LEFT + length) + 5, y + BAR - 3, "", number(figure)));
        y += BAR + 3;
    }

    private static String number(double figure) {
        return String.format(Locale.ROOT, figure < 10 ? "%.1f" : "%,.0f", figure);
    }

    private static String text(int x, int y, String style, String words) {
        return "<text x='%d' y='%d' fill='#222222' %s>%s</text>\n"
                .formatted(x, y + (style.isEmpty() ? 0 : -4), style, words);
    }
}
