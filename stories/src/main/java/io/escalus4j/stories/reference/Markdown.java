package io.escalus4j.stories.reference;

import java.util.regex.Pattern;

/** Comments of Javadoc as Markdown. */
final class Markdown {
    private static final Pattern CODE = Pattern.compile("\\{@code ((?:[^{}]|\\{[^{}]*})*)}");
    private static final Pattern LINK = Pattern.compile("\\{@link(?:plain)? ([^{}]*)}");
    private static final Pattern PARAMETER = Pattern.compile("(?s)\\s*@param (\\w+) (.*?)(?=\\s*@\\w|$).*");

    private Markdown() {}

    /** Up to the first paragraph, example or tag; if there are only tags, what the first one says of its parameter. */
    static String firstParagraph(String comment) {
        var parameter = PARAMETER.matcher(comment);
        if (parameter.matches()) {
            return "`%s`: %s".formatted(parameter.group(1), text(parameter.group(2)));
        }
        return text(comment.split("<p>|<pre>|(?m)^\\s*@\\w", 2)[0]);
    }

    private static String text(String comment) {
        String linked = LINK.matcher(comment)
                .replaceAll(link -> "`%s`".formatted(name(link.group(1))).replace("$", "\\$"));
        return CODE.matcher(linked)
                .replaceAll(code -> "`%s`"
                        .formatted(code.group(1).strip())
                        .replace("\\", "\\\\")
                        .replace("$", "\\$"))
                .replaceAll("\\s+", " ")
                .strip();
    }

    /** {@code #from} is {@code from}, {@code a.b.Trust#of} is {@code Trust.of}. */
    private static String name(String target) {
        return target.replaceFirst("\\(.*", "")
                .replaceFirst("^(\\w+\\.)*(?=[A-Z])", "")
                .replaceFirst("^#", "")
                .replace('#', '.')
                .strip();
    }

    /** In a cell of a table. */
    static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
