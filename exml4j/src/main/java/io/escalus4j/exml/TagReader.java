package io.escalus4j.exml;

import io.escalus4j.exml.CharacterDecoder.Run;
import io.escalus4j.exml.XmlException.Kind;
import java.util.ArrayList;
import java.util.List;

/** Reads one complete tag or XML declaration (XML 1.0 sections 2.8 and 3.1). Confined to its parser. */
final class TagReader {
    private final NameTable names;
    private final CharacterDecoder characters;
    private XmlLimits limits;
    private byte[] bytes = {};
    /** Where the next thing is expected. */
    private int at;
    /** Where {@code >}, {@code />} or {@code ?>} stands. */
    private int end;

    TagReader(NameTable names, CharacterDecoder characters, XmlLimits limits) {
        this.names = names;
        this.characters = characters;
        this.limits = limits;
    }

    void limits(XmlLimits changed) {
        limits = changed;
    }

    /** {@code <name a='b'>} between {@code from} and {@code to}. */
    StartTag startTag(byte[] source, int from, int to) {
        boolean selfClosed = source[to - 2] == '/';
        begin(source, from + 1, selfClosed ? to - 2 : to - 1);
        Name name = name();
        return new StartTag(source, name, pairs(), selfClosed, from);
    }

    /** {@code </name>}, which must close an element that was opened as {@code wanted}. */
    void endTag(byte[] source, int from, int to, Name wanted) {
        begin(source, from + 2, to - 1);
        while (end > at && XmlChars.isSpace(bytes[end - 1])) {
            end--;
        }
        if (!wanted.isWrittenAs(bytes, at, end)) {
            throw Fault.of(
                    Kind.MISMATCHED_TAG,
                    from,
                    "</%s> closes <%s>, it must be </%2$s> (XML 1.0 section 3)",
                    Excerpt.of(Utf8.string(bytes, at, end)),
                    Excerpt.of(wanted.qualified()));
        }
    }

    /** {@code <?xml version='1.0' encoding='UTF-8'?>}. */
    void declaration(byte[] source, int from, int to) {
        begin(source, from + "<?xml".length(), to - 2);
        requireNoReference();
        List<StartTag.Pair> pairs = pairs();
        var rules = List.of("version", "encoding", "standalone");
        int next = 0;
        for (StartTag.Pair pair : pairs) {
            int rule = rules.indexOf(pair.name().qualified());
            if (rule < next || next == 0 && rule != 0) {
                throw declarationFault(pair);
            }
            checkDeclared(pair);
            next = rule + 1;
        }
        if (next == 0) {
            throw Fault.of(
                    Kind.NOT_WELL_FORMED,
                    from,
                    "xml declaration without a version, it must be version='1.0' (XML 1.0 section 2.8)");
        }
    }

    private void requireNoReference() {
        for (int i = at; i < end; i++) {
            if (bytes[i] == '&') {
                throw Fault.of(
                        Kind.NOT_WELL_FORMED,
                        i,
                        "a reference in an xml declaration, allowed are plain values (XML 1.0 section 2.8)");
            }
        }
    }

    private static void checkDeclared(StartTag.Pair pair) {
        boolean allowed = switch (pair.name().local()) {
            case "version" -> pair.value().equals("1.0");
            case "standalone" -> pair.value().equals("yes") || pair.value().equals("no");
            default -> isUtf8(pair);
        };
        if (!allowed) {
            throw declarationFault(pair);
        }
    }

    private static boolean isUtf8(StartTag.Pair pair) {
        if (!pair.value().equalsIgnoreCase("UTF-8")) {
            throw Fault.of(
                    Kind.UNSUPPORTED_ENCODING,
                    pair.at(),
                    "encoding is '%s', it must be UTF-8 (RFC 6120 section 11.6)",
                    Excerpt.of(pair.value()));
        }
        return true;
    }

    private static Fault declarationFault(StartTag.Pair pair) {
        return Fault.of(
                Kind.NOT_WELL_FORMED,
                pair.at(),
                "xml declaration with %s='%s', allowed are version='1.0', encoding and standalone in this order (XML 1.0 section 2.8)",
                Excerpt.of(pair.name().qualified()),
                Excerpt.of(pair.value()));
    }

    private void begin(byte[] source, int from, int to) {
        bytes = source;
        at = from;
        end = to;
    }

    private List<StartTag.Pair> pairs() {
        var pairs = new ArrayList<StartTag.Pair>();
        while (at < end) {
            int before = at;
            skipSpace();
            if (at == end) {
                return pairs;
            }
            if (at == before) {
                throw unexpected("white space, '>' or '/>'");
            }
            if (pairs.size() == limits.attributes()) {
                throw Fault.limit(
                        "attributes",
                        at,
                        "element has more than %d attributes, which is the limit 'attributes'",
                        limits.attributes());
            }
            pairs.add(pair());
        }
        return pairs;
    }

    private StartTag.Pair pair() {
        int start = at;
        Name name = name();
        skipSpace();
        expect('=', "'='");
        skipSpace();
        byte quote = at < end ? bytes[at] : 0;
        expect(quote == '"' ? '"' : '\'', "a quote");
        int from = at;
        at = Words.indexOf(quote, bytes, from, end);
        String value = characters.decode(Run.VALUE, bytes, from, at);
        expect(quote, "a quote");
        return new StartTag.Pair(name, value, start, from, at - 1);
    }

    private Name name() {
        int start = at;
        while (at < end && NameTable.isNameByte(bytes[at])) {
            at++;
        }
        if (at == start) {
            throw unexpected("a name");
        }
        if (at - start > limits.nameBytes()) {
            throw Fault.limit(
                    "nameBytes",
                    start,
                    "name is longer than %d bytes, which is the limit 'nameBytes'",
                    limits.nameBytes());
        }
        return names.name(bytes, start, at);
    }

    private void skipSpace() {
        while (at < end && XmlChars.isSpace(bytes[at])) {
            at++;
        }
    }

    private void expect(int wanted, String name) {
        if (at >= end || bytes[at] != wanted) {
            throw unexpected(name);
        }
        at++;
    }

    private Fault unexpected(String wanted) {
        boolean control = bytes[at] >= 0 && bytes[at] < 0x20 && !XmlChars.isSpace(bytes[at]);
        return Fault.of(
                control ? Kind.ILLEGAL_CHARACTER : Kind.NOT_WELL_FORMED,
                at,
                "%s in a tag, allowed here is %s (XML 1.0 section 3.1)",
                Excerpt.of(bytes[at]),
                wanted);
    }
}
