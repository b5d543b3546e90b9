package io.escalus4j.exml;

import java.util.Optional;

/**
 * The first difference between two trees, in document order; there is one just when they are not equal. Prefixes, the
 * order of attributes, declarations and the borders between runs of text do not count.
 *
 * <pre>{@code
 * XmlDiff.between(expected, actual).ifPresent(diff -> fail(diff.toString()));
 * // /message/body/text(): expected 'Hi!', but was 'Hi'
 * }</pre>
 *
 * @param path where it is in the expected tree, for example {@code /query/item[2]/@jid}
 * @param expected what stands there: {@code 'Hi!'}, {@code <item/>}, {@code nothing}
 * @param actual what stands there in the other tree
 */
public record XmlDiff(String path, String expected, String actual) {
    public static Optional<XmlDiff> between(Element expected, Element actual) {
        return new TreeComparison(expected).with(actual);
    }

    @Override
    public String toString() {
        return "%s: expected %s, but was %s".formatted(path, expected, actual);
    }
}
