package io.escalus4j.exml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers the names of a stream, so that a {@link Markup} can hold them in a few bits. A number never changes its
 * meaning; the array only grows, and trees of any thread may read the one they were given. Bounded: what comes after
 * the first {@value #MOST} names is numbered for one element only. Confined to its parser.
 */
final class ResolvedNames {
    private static final int MOST = 1024;

    private final Map<ResolvedName, Integer> numbers = new HashMap<>();
    /** Each place is written once, since trees hold this array. */
    private ResolvedName[] names = new ResolvedName[32];

    private int kept;
    /** Those that hold for the current element only; their numbers begin with {@value #MOST}. */
    private final List<ResolvedName> strays = new ArrayList<>();
    /** By number: the tag in which an attribute of this name stood last. */
    private int[] seen = new int[names.length];

    private int tag;

    int number(ResolvedName name) {
        Integer known = numbers.get(name);
        if (known != null) {
            return known;
        }
        if (kept == MOST) {
            strays.add(name);
            return MOST + strays.size() - 1;
        }
        if (kept == names.length) {
            names = Arrays.copyOf(names, 2 * kept);
            seen = Arrays.copyOf(seen, 2 * kept);
        }
        names[kept] = name;
        numbers.put(name, kept);
        return kept++;
    }

    /** Gives a name that was just taken in its number as an attribute. */
    void prepare(Name name) {
        if (name.isFixed() && kept < MOST) {
            String namespace = name.isDeclaration()
                    ? Attribute.XMLNS_NAMESPACE
                    : name.prefix().isEmpty() ? "" : Attribute.XML_NAMESPACE;
            name.attribute = number(new ResolvedName(name.prefix(), name.local(), namespace));
        }
    }

    /** The number of an element without a prefix. */
    int element(Name name, String namespace) {
        if (name.element < 0 || name.namespace != namespace) {
            int number = number(new ResolvedName("", name.local(), namespace));
            if (number >= MOST) {
                return number;
            }
            name.namespace = namespace;
            name.element = number;
        }
        return name.element;
    }

    ResolvedName get(int number) {
        return number < MOST ? names[number] : strays.get(number - MOST);
    }

    // ---- attributes of one tag

    void beginTag() {
        tag++;
    }

    /** Whether an attribute of this number is the first one in its tag. */
    boolean isFirst(int number) {
        boolean first = seen[number] != tag;
        seen[number] = tag;
        return first;
    }

    // ---- elements

    /** Whether the current element has names that are not kept. */
    boolean hasStrays() {
        return !strays.isEmpty();
    }

    /** What the numbers mean, for good unless there are strays. */
    ResolvedName[] names() {
        return names;
    }

    void forgetStrays() {
        strays.clear();
    }
}
