package io.escalus4j.exml;

import java.util.Optional;

/** Reads the text form of a {@link Path}. Confined to one call. */
final class PathText {
    private static final String DELIMITERS = "/[]{}@()='\"*";

    private final String text;
    private int at;

    PathText(String text) {
        this.text = text;
    }

    Path parse() {
        Path path = Path.here();
        while (at < text.length()) {
            path = longer(path);
        }
        return path;
    }

    private Path longer(Path path) {
        boolean anywhere = accept("//");
        if (at > 0 && !anywhere) {
            expect("/");
        }
        if (!anywhere && accept("@")) {
            return path.attribute(name());
        }
        if (!anywhere && accept("text()")) {
            return path.text();
        }
        PathStep step = conditions(element());
        return path.with(anywhere ? step.anywhere() : step);
    }

    private PathStep element() {
        Optional<String> namespace = accept("{") ? Optional.of(until('}')) : Optional.empty();
        return PathStep.child(accept(PathStep.ANY) ? PathStep.ANY : XmlChars.requireName(name()), namespace);
    }

    private PathStep conditions(PathStep step) {
        PathStep narrowed = step;
        while (accept("[")) {
            narrowed = accept("@") ? attribute(narrowed) : narrowed.at(number());
            expect("]");
        }
        return narrowed;
    }

    private PathStep attribute(PathStep step) {
        String name = name();
        return step.where(name, accept("=") ? Optional.of(quoted()) : Optional.empty());
    }

    private String quoted() {
        char quote = accept("\"") ? '"' : '\'';
        if (quote == '\'') {
            expect("'");
        }
        var value = new StringBuilder(until(quote));
        while (at < text.length() && text.charAt(at) == quote) {
            at++;
            value.append(quote).append(until(quote));
        }
        return value.toString();
    }

    private int number() {
        int from = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == from || at - from > 9) {
            throw unexpected("@ or a number of up to 9 digits", from);
        }
        return Integer.parseInt(text.substring(from, at));
    }

    private String name() {
        int from = at;
        while (at < text.length() && DELIMITERS.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (at == from) {
            throw unexpected("a name", from);
        }
        return text.substring(from, at);
    }

    /** What stands before the next {@code end}, which is passed. */
    private String until(char end) {
        int found = text.indexOf(end, at);
        if (found < 0) {
            throw unexpected("a closing " + end, text.length());
        }
        String before = text.substring(at, found);
        at = found + 1;
        return before;
    }

    private boolean accept(String wanted) {
        boolean there = text.startsWith(wanted, at);
        at += there ? wanted.length() : 0;
        return there;
    }

    private void expect(String wanted) {
        if (!accept(wanted)) {
            throw unexpected(wanted, at);
        }
    }

    private IllegalArgumentException unexpected(String wanted, int place) {
        String saw = place < text.length() ? "'" + text.charAt(place) + "'" : "the end";
        return new IllegalArgumentException(
                "path '%s' has %s at %d, it must be %s (see Path)".formatted(text, saw, place, wanted));
    }
}
