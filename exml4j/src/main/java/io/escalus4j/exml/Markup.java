package io.escalus4j.exml;

import io.escalus4j.exml.CharacterDecoder.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The bytes of one element that the parser has proven well-formed, and where its parts begin in them. Strings are made
 * when somebody asks. Immutable and thread-safe; holds exactly the bytes of the element, and the names of its stream.
 *
 * <p>The parts are a sequence of ints, in document order. The root has no entry of its own:
 *
 * <pre>
 * attribute   kind, number of the name    where the value begins
 * text        kind                        where it begins; what follows on another text belongs to it
 * element     kind, verbatim, number      where it begins    where it ends    the place in the sequence behind all it holds
 * </pre>
 *
 * An element of this is known by the place where its attributes begin, 0 for the root.
 */
final class Markup {
    static final int ATTRIBUTE = 0;
    static final int TEXT = 1;
    static final int CDATA = 2;
    static final int ELEMENT = 3;

    static final int LEAF_WORDS = 2;
    static final int ELEMENT_WORDS = 4;

    private static final int KIND_SHIFT = 30;
    private static final int VERBATIM = 1 << 29;
    private static final int NUMBER = VERBATIM - 1;

    private final byte[] bytes;
    private final int[] parts;
    private final ResolvedName[] names;

    Markup(byte[] bytes, int[] parts, ResolvedName[] names) {
        this.bytes = bytes;
        this.parts = parts;
        this.names = names;
    }

    static int word(int kind, int number) {
        return kind << KIND_SHIFT | number;
    }

    static int verbatim(int word) {
        return word | VERBATIM;
    }

    static int kind(int word) {
        return word >>> KIND_SHIFT;
    }

    static int number(int word) {
        return word & NUMBER;
    }

    // ---- an element as a whole

    private int end(int element) {
        return element == 0 ? parts.length : parts[element - 1];
    }

    boolean declaresDefault(int element) {
        for (int i = element; isAttribute(i, element); i += LEAF_WORDS) {
            if (name(i).declaresDefault()) {
                return true;
            }
        }
        return false;
    }

    void copyTo(ByteSink out, int element) {
        int from = from(element);
        out.bytes(bytes, from, to(element) - from);
    }

    byte[] copy(int element) {
        return Arrays.copyOfRange(bytes, from(element), to(element));
    }

    int size(int element) {
        return to(element) - from(element);
    }

    private int from(int element) {
        return element == 0 ? 0 : parts[element - 3];
    }

    private int to(int element) {
        return element == 0 ? bytes.length : parts[element - 2];
    }

    // ---- attributes

    private boolean isAttribute(int at, int element) {
        return at < end(element) && kind(parts[at]) == ATTRIBUTE;
    }

    private ResolvedName name(int at) {
        return names[number(parts[at])];
    }

    List<Attribute> attributes(int element) {
        int behind = element;
        while (isAttribute(behind, element)) {
            behind += LEAF_WORDS;
        }
        var attributes = new Attribute[(behind - element) / LEAF_WORDS];
        for (int i = 0; i < attributes.length; i++) {
            int at = element + i * LEAF_WORDS;
            attributes[i] = Attribute.trusted(name(at), value(at));
        }
        return List.of(attributes);
    }

    Optional<String> attribute(int element, String qualifiedName) {
        for (int i = element; isAttribute(i, element); i += LEAF_WORDS) {
            if (name(i).isWrittenAs(qualifiedName)) {
                return Optional.of(value(i));
            }
        }
        return Optional.empty();
    }

    private String value(int at) {
        int from = parts[at + 1];
        int to = Words.indexOf(bytes[from - 1], bytes, from, bytes.length);
        return CharacterDecoder.proven(Run.VALUE, bytes, from, to);
    }

    // ---- children

    boolean isEmpty(int element) {
        return children(element, end(element)) == end(element);
    }

    /** Where the children begin. */
    private int children(int element, int end) {
        int at = element;
        while (at < end && kind(parts[at]) == ATTRIBUTE) {
            at += LEAF_WORDS;
        }
        return at;
    }

    List<Node> children(int element) {
        int end = end(element);
        var children = new ArrayList<Node>(4);
        for (int at = children(element, end); at < end; ) {
            if (kind(parts[at]) == ELEMENT) {
                children.add(new Element(name(at), this, at + ELEMENT_WORDS, (parts[at] & VERBATIM) != 0));
                at = parts[at + 3];
            } else {
                int behind = behindText(at, end);
                children.add(Text.trusted(text(at, behind), kind(parts[at]) == CDATA));
                at = behind;
            }
        }
        return List.copyOf(children);
    }

    /** The text of an element that holds nothing else. */
    Optional<String> onlyText(int element) {
        int end = end(element);
        int at = children(element, end);
        boolean only = at < end && kind(parts[at]) != ELEMENT && behindText(at, end) == end;
        return only ? Optional.of(text(at, end)) : Optional.empty();
    }

    private int behindText(int first, int end) {
        int at = first;
        while (at < end && parts[at] == parts[first]) {
            at += LEAF_WORDS;
        }
        return at;
    }

    private String text(int from, int to) {
        if (to - from == LEAF_WORDS) {
            return run(from);
        }
        var joined = new StringBuilder();
        for (int at = from; at < to; at += LEAF_WORDS) {
            joined.append(run(at));
        }
        return joined.toString();
    }

    private String run(int at) {
        int from = parts[at + 1];
        return kind(parts[at]) == CDATA
                ? CharacterDecoder.proven(Run.CDATA, bytes, from, endOfCdata(from))
                : CharacterDecoder.proven(Run.TEXT, bytes, from, Words.indexOf((byte) '<', bytes, from, bytes.length));
    }

    private int endOfCdata(int from) {
        int at = from;
        while (bytes[at] != ']' || bytes[at + 1] != ']' || bytes[at + 2] != '>') {
            at++;
        }
        return at;
    }
}
