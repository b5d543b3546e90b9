package io.escalus4j.exml;

import io.escalus4j.exml.CharacterDecoder.Run;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
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

    private static final int MOST_SEARCHED = 128;

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
            attributes[i] = attribute(at);
        }
        return list(attributes);
    }

    private Attribute attribute(int at) {
        int from = parts[at + 1];
        byte quote = bytes[from - 1];
        int plain = Words.plainValue(quote, bytes, from, bytes.length);
        return bytes[plain] == quote
                ? Attribute.trusted(name(at), ascii(from, plain), quote == '\'' ? Spelling.PLAIN : Spelling.LATIN)
                : Attribute.trusted(name(at), value(at), Spelling.ANY);
    }

    /** Of an array that nobody else has. */
    private static <T> List<T> list(T[] elements) {
        return switch (elements.length) {
            case 0 -> List.of();
            case 1 -> List.of(elements[0]);
            default -> Collections.unmodifiableList(Arrays.asList(elements));
        };
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
        byte quote = bytes[from - 1];
        int plain = Words.plainValue(quote, bytes, from, bytes.length);
        return bytes[plain] == quote ? ascii(from, plain) : ProvenText.decode(Run.VALUE, bytes, from, endOfValue(from));
    }

    private int endOfValue(int from) {
        return Words.indexOf(bytes[from - 1], bytes, from, bytes.length);
    }

    private String ascii(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    // ---- copies with other attributes

    /**
     * A copy of a verbatim element with an attribute set that needs no declaration. The bytes of the attribute are put
     * between those around it, so nothing is decoded, and the copy is verbatim too. Empty if the stream has not met its name.
     */
    Optional<Markup> with(int element, Attribute added) {
        int at = element;
        for (; isAttribute(at, element); at += LEAF_WORDS) {
            if (name(at).equals(added.resolvedName())) {
                int from = parts[at + 1];
                byte[] value = ByteSink.valueOf(added);
                return Optional.of(spliced(element, from - 1, endOfValue(from) + 1, value, at + LEAF_WORDS));
            }
        }
        int number = numberOf(added.resolvedName());
        if (number < 0) {
            return Optional.empty();
        }
        byte[] written = ByteSink.wholeOf(added);
        int place = at == element ? endOfName(from(element)) : endOfValue(parts[at - 1]) + 1;
        int value = place + Words.indexOf((byte) '=', written, 0, written.length) + 2;
        return Optional.of(spliced(element, place, place, written, at, word(ATTRIBUTE, number), value));
    }

    /** Of a name among the first that the stream has met; -1 otherwise. */
    private int numberOf(ResolvedName name) {
        for (int i = 0; i < Math.min(names.length, MOST_SEARCHED); i++) {
            ResolvedName known = names[i];
            if (known == null) {
                return -1;
            }
            if (known.equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private int endOfName(int from) {
        int at = from;
        while (bytes[at] != '/' && bytes[at] != '>') {
            at++;
        }
        return at;
    }

    /** The element with other bytes in the place of some, and parts added before {@code partsAt}. */
    private Markup spliced(int element, int from, int to, byte[] inserted, int partsAt, int... added) {
        int start = from(element);
        int grown = inserted.length - (to - from);
        var spliced = new byte[size(element) + grown];
        System.arraycopy(bytes, start, spliced, 0, from - start);
        System.arraycopy(inserted, 0, spliced, from - start, inserted.length);
        System.arraycopy(bytes, to, spliced, to - start + grown, to(element) - to);

        int more = added.length;
        var moved = new int[end(element) - element + more];
        move(element, partsAt, moved, -element, -start);
        for (int i = 0; i < more; i += LEAF_WORDS) {
            moved[partsAt - element + i] = added[i];
            moved[partsAt - element + i + 1] = added[i + 1] - start;
        }
        move(partsAt, end(element), moved, more - element, grown - start);
        return new Markup(spliced, moved, names);
    }

    /** Copies parts to other places, for bytes at other offsets. */
    private void move(int first, int behind, int[] target, int places, int offsets) {
        for (int at = first; at < behind; ) {
            int to = at + places;
            target[to] = parts[at];
            target[to + 1] = parts[at + 1] + offsets;
            if (kind(parts[at]) == ELEMENT) {
                target[to + 2] = parts[at + 2] + offsets;
                target[to + 3] = parts[at + 3] + places;
                at += ELEMENT_WORDS;
            } else {
                at += LEAF_WORDS;
            }
        }
    }

    // ---- children

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
        int first = children(element, end);
        var children = new Node[count(first, end)];
        int at = first;
        for (int i = 0; i < children.length; i++) {
            if (kind(parts[at]) == ELEMENT) {
                children[i] = new Element(name(at), this, at + ELEMENT_WORDS, (parts[at] & VERBATIM) != 0);
                at = parts[at + 3];
            } else {
                int behind = behindText(at, end);
                children[i] = node(at, behind);
                at = behind;
            }
        }
        return list(children);
    }

    private int count(int first, int end) {
        int count = 0;
        for (int at = first; at < end; count++) {
            at = kind(parts[at]) == ELEMENT ? parts[at + 3] : behindText(at, end);
        }
        return count;
    }

    private Text node(int at, int behind) {
        int from = parts[at + 1];
        if (kind(parts[at]) == TEXT && behind - at == LEAF_WORDS) {
            int plain = Words.plainText(bytes, from, bytes.length);
            if (bytes[plain] == '<') {
                return Text.trusted(ascii(from, plain), false, Spelling.PLAIN);
            }
        }
        return Text.trusted(text(at, behind), kind(parts[at]) == CDATA, Spelling.ANY);
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
        if (kind(parts[at]) == CDATA) {
            return ProvenText.decode(Run.CDATA, bytes, from, endOfCdata(from));
        }
        int plain = Words.plainText(bytes, from, bytes.length);
        return bytes[plain] == '<'
                ? ascii(from, plain)
                : ProvenText.decode(Run.TEXT, bytes, from, Words.indexOf((byte) '<', bytes, plain, bytes.length));
    }

    private int endOfCdata(int from) {
        int at = from;
        while (bytes[at] != ']' || bytes[at + 1] != ']' || bytes[at + 2] != '>') {
            at++;
        }
        return at;
    }
}
