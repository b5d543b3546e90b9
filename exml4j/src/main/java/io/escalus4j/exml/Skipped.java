package io.escalus4j.exml;

import io.escalus4j.exml.XmlException.Kind;

/** Checks what a document may hold and its tree does not (XML 1.0 sections 2.5 and 2.6). */
final class Skipped {
    private Skipped() {}

    static void comment(byte[] bytes, int from, int to) {
        String body = Utf8.string(bytes, from + "<!--".length(), to - "-->".length());
        if (body.contains("--") || body.endsWith("-")) {
            throw Fault.of(
                    Kind.NOT_WELL_FORMED, from, "'--' inside a comment, it must end there (XML 1.0 section 2.5)");
        }
    }

    static void instruction(byte[] bytes, int from, int to) {
        String body = Utf8.string(bytes, from + "<?".length(), to - "?>".length());
        int end = 0;
        while (end < body.length() && !XmlChars.isSpace(body.charAt(end))) {
            end++;
        }
        String target = body.substring(0, end);
        if (!XmlChars.isName(target) || target.equalsIgnoreCase("xml")) {
            throw Fault.of(
                    Kind.NOT_WELL_FORMED,
                    from,
                    "'%s' is not a target, it must be a name other than xml (XML 1.0 section 2.6)",
                    Excerpt.of(target));
        }
    }
}
