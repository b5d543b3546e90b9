package io.escalus4j.exml;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Numbers the names of a stream, so that a {@link Markup} can hold them in a few bits. A number never changes its
 * meaning; the array only grows, and trees of any thread may read the one they were given. Bounded: what comes after
 * the first {@value #MOST} names is numbered for one element only. Confined to its parser.
 */
final class ResolvedNames {
    private static final int MOST = 1024;

    private final Map<ResolvedName, Integer> numbers = new HashMap<>();
    private ResolvedName[] names = new ResolvedName[32];
    private int kept;
    /** Those kept, and behind them those of the current element. */
    private int count;
    /** By number: the tag in which an attribute of this name stood last. */
    private int[] seen = new int[names.length];

    private int tag;

    int number(ResolvedName name) {
        Integer known = numbers.get(name);
        if (known != null) {
            return known;
        }
        if (count == names.length) {
            names = Arrays.copyOf(names, 2 * count);
            seen = Arrays.copyOf(seen, 2 * count);
        }
        names[count] = name;
        if (kept == count && kept < MOST) {
            numbers.put(name, kept++);
        }
        return count++;
    }

    /** Gives a name that was just taken in its number as an attribute. */
    void prepare(Name name) {
        if (name.isFixed() && kept < MOST && kept == count) {
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
            if (number >= kept) {
                return number;
            }
            name.namespace = namespace;
            name.element = number;
        }
        return name.element;
    }

    ResolvedName get(int number) {
        return names[number];
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
        return count > kept;
    }

    /** What the numbers mean, for good unless there are strays. */
    ResolvedName[] names() {
        return names;
    }

    void forgetStrays() {
        Arrays.fill(names, kept, count, null);
        count = kept;
    }
}
