package io.escalus4j.exml;

/** Which characters XML 1.0 allows where (sections 2.2 and 2.3); colons split prefixes and are no part of a name. */
final class XmlChars {
    private XmlChars() {}

    static boolean isChar(int c) {
        return c >= 0x20
                ? c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD || c >= 0x10000 && c <= 0x10FFFF
                : c == 9 || c == 10 || c == 13;
    }

    static boolean isSpace(int c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }

    static boolean isNameStart(int c) {
        if (c < 0x80) {
            return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
        }
        return c >= 0xC0 && c <= 0x2FF && c != 0xD7 && c != 0xF7
                || c >= 0x370 && c <= 0x1FFF && c != 0x37E
                || c == 0x200C
                || c == 0x200D
                || c >= 0x2070 && c <= 0x218F
                || c >= 0x2C00 && c <= 0x2FEF
                || c >= 0x3001 && c <= 0xD7FF
                || c >= 0xF900 && c <= 0xFDCF
                || c >= 0xFDF0 && c <= 0xFFFD
                || c >= 0x10000 && c <= 0xEFFFF;
    }

    static boolean isNamePart(int c) {
        return isNameStart(c)
                || c >= '0' && c <= '9'
                || c == '-'
                || c == '.'
                || c == 0xB7
                || c >= 0x300 && c <= 0x36F
                || c == 0x203F
                || c == 0x2040;
    }

    static String requireName(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "'%s' is not a name, it must be an NCName (Namespaces in XML 1.0 section 3)".formatted(name));
        }
        return name;
    }

    static String requireQualifiedName(String name) {
        int colon = name.indexOf(':');
        if (colon >= 0) {
            requireName(name.substring(0, colon));
        }
        requireName(name.substring(colon + 1));
        return name;
    }

    static boolean isName(String name) {
        if (name.isEmpty() || !isNameStart(name.codePointAt(0))) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 0x80) {
                return name.codePoints().allMatch(XmlChars::isNamePart);
            }
            if (!isNamePart(c)) {
                return false;
            }
        }
        return true;
    }

    static String requireText(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c >= 0xD800) {
                i += requireChar(text, i);
            }
        }
        return text;
    }

    private static int requireChar(String text, int at) {
        int c = text.codePointAt(at);
        if (!isChar(c)) {
            throw new IllegalArgumentException(
                    "U+%04X at %d is not a character of XML (XML 1.0 section 2.2)".formatted(c, at));
        }
        return Character.charCount(c) - 1;
    }
}
