package io.escalus4j.history;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Colours the text of a failure: which claims held, which did not, and what was wanted where something else was. */
final class Wrong {
    private static final Pattern CLAIM = Pattern.compile("\\s*(ok|FAIL)\\s.*");
    /** In escaped text a quote is {@code &#39;}. */
    private static final Pattern WANTED = Pattern.compile("(&#39;.*?&#39;|\\S+)(, (?:but )?was )(.*)");

    private Wrong() {}

    /** The text as HTML, every character of it escaped. */
    static String html(String text) {
        return text.lines().map(Wrong::line).collect(Collectors.joining("\n"));
    }

    private static String line(String line) {
        String escaped = Html.escape(line);
        var claim = CLAIM.matcher(line);
        if (claim.matches()) {
            return claim.group(1).equals("ok")
                    ? "<span class=\"ok\">%s</span>".formatted(escaped)
                    : "<span class=\"no\">%s</span>".formatted(compared(escaped));
        }
        if (line.strip().startsWith("differs at ")) {
            int colon = escaped.indexOf(": ");
            return colon < 0
                    ? escaped
                    : "<span class=\"diff\">%s: </span>%s"
                            .formatted(escaped.substring(0, colon), compared(escaped.substring(colon + 2)));
        }
        return line.startsWith("last stanzas:") || line.startsWith("diagram:")
                ? "<span class=\"dim\">%s</span>".formatted(escaped)
                : escaped;
    }

    /** {@code wanted 'Hi!', was 'Hi'}: the wanted one as added, the other one as taken away. */
    private static String compared(String escaped) {
        var found = WANTED.matcher(escaped);
        if (!found.find()) {
            return escaped;
        }
        return escaped.substring(0, found.start())
                + "<span class=\"want\">" + found.group(1) + "</span>"
                + found.group(2)
                + "<span class=\"got\">" + found.group(3) + "</span>";
    }
}
