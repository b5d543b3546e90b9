package io.escalus4j.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Texts that try to script a page, and what a page must look like after them. */
final class Hostile {
    static final String TEXT = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(2)><svg/onload=alert(3)>"
            + "<style>*{display:none}</style></pre></textarea><!-- \u202Egnp.exe \u001B[31mred\u0007 \uD800 ${7*7} {{x}} %s";

    private static final Set<String> TAGS = Set.of(
            "a", "article", "aside", "b", "body", "button", "circle", "details", "div", "em", "h1", "h2", "h3", "head",
            "header", "html", "input", "li", "line", "main", "meta", "nav", "p", "path", "pre", "rect", "script",
            "section", "span", "style", "summary", "svg", "text", "title", "ul");
    private static final Set<String> ATTRIBUTES = Set.of(
            "aria-hidden",
            "aria-label",
            "aria-pressed",
            "charset",
            "class",
            "content",
            "cx",
            "cy",
            "d",
            "data-do",
            "data-name",
            "data-outcome",
            "data-story",
            "height",
            "hidden",
            "href",
            "http-equiv",
            "id",
            "lang",
            "name",
            "open",
            "placeholder",
            "preserveaspectratio",
            "r",
            "rx",
            "tabindex",
            "title",
            "type",
            "viewbox",
            "width",
            "x",
            "x1",
            "x2",
            "y",
            "y1",
            "y2");
    private static final Pattern TAG =
            Pattern.compile("<(/?)([a-zA-Z!?][^\\s>]*)((?:\\s+[^\\s=>]+(?:=\"[^\"<>]*\")?)*)\\s*/?>");
    private static final Pattern ATTRIBUTE = Pattern.compile("\\s([^\\s=>\"]+)(?:=\"([^\"]*)\")?");

    private Hostile() {}

    /** Every tag and attribute is one that we write ourselves; the policy allows just the style and script that are there. */
    static void assertHarmless(String page) {
        String markup = withoutOwn(withoutOwn(page, "style"), "script").replace("<!DOCTYPE html>", "");
        var tags = TAG.matcher(markup);
        var seen = new TreeSet<String>();
        while (tags.find()) {
            assertThat(TAGS)
                    .as(tags.group())
                    .contains(tags.group(2).toLowerCase().replace("/", ""));
            var attributes = ATTRIBUTE.matcher(tags.group(3));
            while (attributes.find()) {
                seen.add(attributes.group(1).toLowerCase());
                assertThat(attributes.group(1).equals("href") ? attributes.group(2) : "./")
                        .as(tags.group())
                        .matches("(\\./|#).*");
            }
        }
        assertThat(ATTRIBUTES).containsAll(seen);
        assertThat(TAG.matcher(markup).replaceAll(""))
                .as("no < but that of a tag")
                .doesNotContain("<");
        assertThat(page)
                .doesNotContain("http://", "https://", " style=")
                .doesNotContainPattern("[\\u0000-\\u0008\\u001B\\u202E]");
    }

    private static String withoutOwn(String page, String tag) {
        var blocks = Pattern.compile("<%s>(.*?)</%s>".formatted(tag, tag), Pattern.DOTALL)
                .matcher(page)
                .results()
                .toList();
        assertThat(blocks).as(tag).hasSize(1);
        assertThat(page)
                .contains("%s-src '%s'".formatted(tag, hash(blocks.get(0).group(1))));
        return page.replace(blocks.get(0).group(), "");
    }

    private static String hash(String source) {
        try {
            return "sha256-"
                    + Base64.getEncoder()
                            .encodeToString(MessageDigest.getInstance("SHA-256")
                                    .digest(source.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    static List<String> policy(String page) {
        return Pattern.compile("Content-Security-Policy\" content=\"([^\"]*)\"")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
