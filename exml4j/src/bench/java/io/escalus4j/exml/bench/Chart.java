package io.escalus4j.exml.bench;

import java.util.List;
import java.util.Locale;

/** Bars side by side, as SVG: one group for each input, one bar for each parser. */
final class Chart {
    private static final String TITLE = "Parsing whole stanzas, MB per second of processor time";
    private static final int WIDTH = 760;
    private static final int LEFT = 170;
    private static final int BAR = 13;
    private static final int GAP = 16;
    private static final List<String> COLOURS =
            List.of("#1b6ca8", "#7fb3d5", "#c0392b", "#e6a15c", "#8e8e8e", "#b7b7b7", "#d9d9d9");

    record Bar(String label, double value) {}

    record Group(String label, List<Bar> bars) {}

    private Chart() {}

    static String of(List<Group> groups) {
        double most = groups.stream()
                .flatMap(group -> group.bars().stream())
                .mapToDouble(Bar::value)
                .max()
                .orElse(1);
        var svg = new StringBuilder();
        int y = 40;
        for (Group group : groups) {
            svg.append(text(10, y + BAR, "font-weight='bold'", group.label()));
            for (int i = 0; i < group.bars().size(); i++) {
                svg.append(bar(group.bars().get(i), y, most, COLOURS.get(i % COLOURS.size())));
                y += BAR + 2;
            }
            y += GAP;
        }
        return "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' font-family='sans-serif' font-size='11'>%n"
                        .formatted(WIDTH, y)
                + "<rect width='100%' height='100%' fill='#ffffff'/>\n"
                + text(10, 20, "font-size='14'", TITLE)
                + svg
                + "</svg>\n";
    }

    private static String bar(Bar bar, int y, double most, String colour) {
        double length = bar.value() / most * (WIDTH - LEFT - 190);
        return String.format(
                        Locale.ROOT,
                        "<rect x='%d' y='%d' width='%.1f' height='%d' fill='%s'/>%n",
                        LEFT,
                        y,
                        length,
                        BAR,
                        colour)
                + text((int) (LEFT + length) + 5, y + BAR - 3, "", "%.0f  %s".formatted(bar.value(), bar.label()));
    }

    private static String text(int x, int y, String style, String words) {
        return "<text x='%d' y='%d' fill='#222222' %s>%s</text>%n".formatted(x, y, style, words);
    }
}
