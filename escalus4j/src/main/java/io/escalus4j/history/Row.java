package io.escalus4j.history;

import io.escalus4j.exml.Element;
import java.time.Duration;
import java.util.Locale;

/** Draws one entry as a row: its line of the picture, and what opens below it. */
final class Row {
    /** How broad a character is at most, about, in pixels. */
    private static final double CHARACTER = 7.0;

    private static final double BOLD = 8.8;
    private static final int SHORT = 36;
    private static final int TALL = 52;
    /** Characters of one stanza: a page of megabytes shows nothing to anybody. */
    private static final int MOST_SHOWN = 20_000;

    private final Lanes lanes;
    private final Takes takes;
    private final int failure;

    /** @param failure the number of the first entry that failed, or -1 */
    Row(Lanes lanes, Takes takes, int failure) {
        this.lanes = lanes;
        this.takes = takes;
        this.failure = failure;
    }

    String html(Entry entry, int number) {
        return entry.stanza()
                .filter(stanza -> entry.isOnTheWire())
                .map(stanza -> arrow(entry, stanza, number))
                .orElseGet(() -> words(entry, number));
    }

    // ---- stanzas

    private String arrow(Entry entry, Element stanza, int number) {
        String preview = Summary.preview(stanza);
        int height = preview.isEmpty() ? SHORT : TALL;
        return """
                <details class="row %s" id="e%d"><summary title="%s">%s%s</summary>%s</details>
                """.formatted(
                        kind(stanza),
                        number,
                        Html.escape(said(entry)),
                        time(entry),
                        svg(height, line(entry) + label(entry, preview)),
                        detail(entry, stanza));
    }

    private static String kind(Element stanza) {
        String kind = switch (stanza.name()) {
            case "message", "presence", "iq" -> stanza.name();
            default -> "nonza";
        };
        return stanza.attribute("type", "").equals("error") ? kind + " error" : kind;
    }

    private static String said(Entry entry) {
        return "%s %s %s".formatted(entry.who(), entry.direction() == Direction.OUT ? "sends" : "gets", entry.text());
    }

    private String line(Entry entry) {
        boolean out = entry.direction() == Direction.OUT;
        int person = lanes.x(entry.who());
        int from = out ? person : lanes.server();
        int to = out ? lanes.server() : person;
        int back = from < to ? -1 : 1;
        String line = "<line class=\"arrow\" x1=\"%d\" y1=\"26\" x2=\"%d\" y2=\"26\"/>".formatted(from, to + back * 12);
        String tip = "<path class=\"tip\" d=\"M%d 26l%d -5v10z\"/>".formatted(to + back * (out ? 2 : 6), back * 10);
        return line
                + tip
                + (out ? "<circle class=\"dot\" cx=\"%d\" cy=\"26\" r=\"3\"/>".formatted(from) : inbox(entry, person));
    }

    /** The arrow shows already that it comes from the server. */
    private static String label(Entry entry) {
        return entry.text().replace(" from the server", "");
    }

    /** Full when the story took the stanza, hollow when it never did; nobody takes what is no stanza. */
    private String inbox(Entry entry, int x) {
        if (entry.stanza().filter(stanza -> kind(stanza).startsWith("nonza")).isPresent()) {
            return "";
        }
        return "<circle class=\"%s\" cx=\"%d\" cy=\"26\" r=\"5\"/>"
                .formatted(takes.takenAt(entry).isPresent() ? "taken" : "untaken", x);
    }

    private String label(Entry entry, String preview) {
        int x = (lanes.x(entry.who()) + lanes.server()) / 2;
        int room = (int) ((Math.abs(lanes.x(entry.who()) - lanes.server()) - 20) / CHARACTER);
        String above = text("label", x, 18, Summary.cut(label(entry), room));
        return preview.isEmpty() ? above : above + text("preview", x, 43, Summary.cut(preview, room));
    }

    private static String text(String kind, int x, int y, String words) {
        return "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>".formatted(kind, x, y, Html.escape(words));
    }

    private String detail(Entry entry, Element stanza) {
        String xml = PrettyXml.of(stanza);
        return """
                <div class="detail"><p>%s <b>%s</b>%s &middot; %d bytes%s</p><pre class="xml">%s</pre></div>""".formatted(
                        fine(entry.at()),
                        Html.escape(said(entry)),
                        took(entry),
                        PrettyXml.line(stanza).length(),
                        xml.length() > MOST_SHOWN ? ", of which the beginning is shown" : "",
                        Highlight.html(Summary.cut(xml, MOST_SHOWN)));
    }

    private String took(Entry entry) {
        if (entry.direction() == Direction.OUT || inbox(entry, 0).isEmpty()) {
            return "";
        }
        return takes.takenAt(entry)
                .map(at -> " &middot; taken at " + fine(at))
                .orElse(" &middot; <em>never taken</em>");
    }

    // ---- words

    private String words(Entry entry, int number) {
        String kind = switch (entry.direction()) {
            case FENCE -> "fence";
            case FAILURE -> "failure";
            case FAULT -> "fault";
            case CLOCK -> "clock";
            default -> "note";
        };
        return """
                <div class="row %s" id="%s" title="%s">%s%s</div>
                """.formatted(
                        kind,
                        number == failure ? "failure" : "e" + number,
                        Html.escape(entry.text()),
                        time(entry),
                        svg(SHORT, drawn(entry, kind)));
    }

    private String drawn(Entry entry, String kind) {
        boolean fence = entry.direction() == Direction.FENCE;
        boolean wide = entry.who().isEmpty() || entry.direction() == Direction.FAILURE;
        if (fence && !wide) {
            return fence(entry);
        }
        int width = wide ? lanes.total() - 16 : lanes.width() - 12;
        int middle = wide ? lanes.total() / 2 : lanes.x(entry.who());
        return "<rect class=\"band\" x=\"%d\" y=\"7\" width=\"%d\" height=\"24\" rx=\"6\"/>"
                        .formatted(middle - width / 2, width)
                + text(kind + "-text", middle, 23, Summary.cut(words(entry), (int)
                        (width / (wide ? BOLD : CHARACTER))));
    }

    private static String words(Entry entry) {
        return switch (entry.direction()) {
            case FAILURE -> "\u2718 " + entry.text();
            case FAULT -> "\u26A1 " + entry.text();
            case CLOCK -> "\u23F1 " + entry.text();
            case CONSUMED -> "takes " + entry.text();
            default -> entry.text();
        };
    }

    private String fence(Entry entry) {
        int person = lanes.x(entry.who());
        int middle = (person + lanes.server()) / 2;
        return "<line class=\"gate\" x1=\"%d\" y1=\"26\" x2=\"%d\" y2=\"26\"/>".formatted(lanes.server(), person)
                + "<path class=\"gate-tip\" d=\"M%d 20l6 6l-6 6l-6 -6z\"/>".formatted(person)
                + text("fence-text", middle, 18, "fence: " + entry.text());
    }

    // ---- both

    private static String time(Entry entry) {
        return "<span class=\"time\">%s</span>".formatted(fine(entry.at()));
    }

    /** In a test on one machine milliseconds are long. */
    private static String fine(Duration at) {
        double millis = at.toNanos() / 1e6;
        return millis < 1000
                ? String.format(Locale.ROOT, "+%.1f ms", millis)
                : String.format(Locale.ROOT, "+%.3f s", millis / 1000);
    }

    private String svg(int height, String inside) {
        return "<svg width=\"%d\" height=\"%d\" aria-hidden=\"true\">%s%s</svg>"
                .formatted(lanes.total(), height, lanes.lives(height), inside);
    }
}
