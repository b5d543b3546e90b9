package io.escalus4j.history;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Who stands where in a sequence diagram: people in the order of their first line, the server in their middle. */
record Lanes(List<String> names, int width) {
    static final String SERVER = "server";

    static Lanes of(List<Entry> entries) {
        var people = new LinkedHashSet<String>();
        entries.stream().map(Entry::who).filter(who -> !who.isEmpty()).forEach(people::add);
        var names = new ArrayList<>(people);
        names.add((names.size() + 1) / 2, SERVER);
        return new Lanes(List.copyOf(names), width(names.size()));
    }

    private static int width(int lanes) {
        return lanes <= 3 ? 290 : lanes <= 5 ? 240 : 190;
    }

    int x(String name) {
        return Math.max(0, names.indexOf(name)) * width + width / 2;
    }

    int server() {
        return x(SERVER);
    }

    int total() {
        return names.size() * width;
    }

    /** The line of life of each, as high as the row. */
    String lives(int height) {
        var svg = new StringBuilder();
        for (String name : names) {
            svg.append("<line class=\"life%s\" x1=\"%d\" y1=\"0\" x2=\"%d\" y2=\"%d\"/>"
                    .formatted(name.equals(SERVER) ? " srv" : "", x(name), x(name), height));
        }
        return svg.toString();
    }

    /** The names on top. */
    String heads() {
        var svg = new StringBuilder(
                "<svg class=\"heads\" width=\"%d\" height=\"46\" aria-hidden=\"true\">".formatted(total()));
        for (String name : names) {
            int box = width - 60;
            svg.append("<line class=\"life%s\" x1=\"%d\" y1=\"38\" x2=\"%d\" y2=\"46\"/>"
                    .formatted(name.equals(SERVER) ? " srv" : "", x(name), x(name)));
            svg.append("<rect class=\"head%s\" x=\"%d\" y=\"8\" width=\"%d\" height=\"30\" rx=\"8\"/>"
                    .formatted(name.equals(SERVER) ? " srv" : "", x(name) - box / 2, box));
            svg.append("<text class=\"who\" x=\"%d\" y=\"28\">%s</text>"
                    .formatted(x(name), Html.escape(Summary.cut(name, box / 9))));
        }
        return svg.append("</svg>").toString();
    }
}
