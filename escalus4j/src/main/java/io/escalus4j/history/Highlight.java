package io.escalus4j.history;

/**
 * Colours XML as our own writer prints it: well-formed, no comments, no DTD. Every character of it is escaped; the only
 * tags in the result are {@code <span class="t|n|a|v">}.
 */
final class Highlight {
    private final String xml;
    private final StringBuilder out = new StringBuilder();
    private int at;

    private Highlight(String xml) {
        this.xml = xml;
    }

    static String html(String xml) {
        return new Highlight(xml).run();
    }

    private String run() {
        while (at < xml.length()) {
            if (xml.startsWith("<![CDATA[", at)) {
                plain(end("]]>", 3));
            } else if (xml.charAt(at) == '<') {
                tag();
            } else {
                plain(end("<", 0));
            }
        }
        return out.toString();
    }

    /** {@code <name a='v' …/>}. */
    private void tag() {
        span("t", at + (xml.startsWith("</", at) ? 2 : 1));
        span("n", nameEnd());
        while (at < xml.length() && xml.charAt(at) != '>') {
            char c = xml.charAt(at);
            if (c == '\'' || c == '"') {
                int close = xml.indexOf(c, at + 1);
                span("v", close < 0 ? xml.length() : close + 1);
            } else if (isName(c)) {
                span("a", nameEnd());
            } else {
                plain(at + 1);
            }
        }
        span("t", Math.min(at + 1, xml.length()));
    }

    private int nameEnd() {
        int end = at;
        while (end < xml.length() && isName(xml.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isName(char c) {
        return " =/>'\"\n\t".indexOf(c) < 0;
    }

    private int end(String mark, int length) {
        int found = xml.indexOf(mark, at);
        return found < 0 ? xml.length() : found + length;
    }

    private void span(String kind, int end) {
        out.append("<span class=\"").append(kind).append("\">");
        plain(end);
        out.append("</span>");
    }

    private void plain(int end) {
        out.append(Html.escape(xml.substring(at, end)));
        at = end;
    }
}
