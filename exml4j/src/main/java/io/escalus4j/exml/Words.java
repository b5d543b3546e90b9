package io.escalus4j.exml;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight bytes at a time. A word holds the first byte lowest, so that the lowest bit of a hit tells where the first hit
 * is: in {@code (x - 1) & ~x & 0x80} of each byte only bytes behind a zero byte can be hit wrongly.
 */
final class Words {
    /** How many bytes must follow the last one that is looked at, for words to be read there. */
    static final int SLACK = 24;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x80 * ONES;

    private Words() {}

    static long at(byte[] bytes, int index) {
        return (long) LONGS.get(bytes, index);
    }

    /** The first {@code length} bytes of a word, up to 8, the others zero. */
    static long low(long word, int length) {
        return length >= 8 ? word : word & (1L << (length << 3)) - 1;
    }

    /** How many bytes of the word, from the first on, have the bit 0x40: all ASCII letters do, and what ends a name does not. */
    static int letters(long word) {
        return Long.numberOfTrailingZeros(~word & 0x40 * ONES) >> 3;
    }

    static boolean isAscii(long word) {
        return (word & HIGH) == 0;
    }

    /** The first {@code wanted} from {@code from} on, or {@code to}. */
    static int indexOf(byte wanted, byte[] bytes, int from, int to) {
        int i = from;
        long pattern = (wanted & 0xFF) * ONES;
        for (; i <= to - 8; i += 8) {
            long hit = zeros(at(bytes, i) ^ pattern);
            if (hit != 0) {
                return i + (Long.numberOfTrailingZeros(hit) >> 3);
            }
        }
        while (i < to && bytes[i] != wanted) {
            i++;
        }
        return i;
    }

    /** How many bytes of UTF-8 are not the first one of their character. */
    static int continuations(byte[] bytes, int from, int to) {
        int count = 0;
        int i = from;
        for (; i <= to - 8; i += 8) {
            long word = at(bytes, i);
            count += Long.bitCount(word & ~(word << 1) & HIGH);
        }
        for (; i < to; i++) {
            count += (bytes[i] & 0xC0) == 0x80 ? 1 : 0;
        }
        return count;
    }

    /** Where the first byte of the text stands that is more than itself: {@code < > &}, a control, or no ASCII; or {@code to}. */
    static int plainText(byte[] bytes, int from, int to) {
        int i = from;
        // twice as many at a time, as long as there is nothing to find
        while (i <= to - 16
                && ((special(at(bytes, i))
                                        | angles(at(bytes, i))
                                        | special(at(bytes, i + 8))
                                        | angles(at(bytes, i + 8)))
                                & HIGH)
                        == 0) {
            i += 16;
        }
        for (; i <= to - 8; i += 8) {
            long word = at(bytes, i);
            long hit = special(word) | angles(word);
            if ((hit & HIGH) != 0) {
                return i + (Long.numberOfTrailingZeros(hit & HIGH) >> 3);
            }
        }
        while (i < to && isPlain(bytes[i])) {
            i++;
        }
        return i;
    }

    /** {@link #plainText} in a value, which {@code quote} ends. */
    static int plainValue(byte quote, byte[] bytes, int from, int to) {
        int i = from;
        long quotes = quote * ONES;
        for (; i <= to - 8; i += 8) {
            long word = at(bytes, i);
            long hit = special(word) | angles(word) | zeros(word ^ quotes);
            if ((hit & HIGH) != 0) {
                return i + (Long.numberOfTrailingZeros(hit & HIGH) >> 3);
            }
        }
        while (i < to && isPlain(bytes[i]) && bytes[i] != quote) {
            i++;
        }
        return i;
    }

    /** Where the first byte stands that cannot be written as it is everywhere: {@code < > &}, the quote, or a control; or {@code to}. */
    static int marked(byte quote, byte[] bytes, int from, int to) {
        int i = from;
        long quotes = quote * ONES;
        for (; i <= to - 8; i += 8) {
            long word = at(bytes, i);
            long controls = word - 0x20 * ONES & ~word & HIGH;
            long hit = controls | angles(word) | zeros(word ^ '&' * ONES) | zeros(word ^ quotes);
            if (hit != 0) {
                return i + (Long.numberOfTrailingZeros(hit) >> 3);
            }
        }
        while (i < to && (isPlain(bytes[i]) || bytes[i] < 0) && bytes[i] != quote) {
            i++;
        }
        return i;
    }

    private static boolean isPlain(byte b) {
        return b >= 0x20 && b != '&' && (b | 0x02) != '>';
    }

    /** Hits below 0x20, above 0x7F and {@code &}. */
    private static long special(long word) {
        return word - 0x20 * ONES | word | zeros(word ^ '&' * ONES);
    }

    /** Hits {@code <} and {@code >}, which differ in one bit. */
    private static long angles(long word) {
        return zeros((word | 0x02 * ONES) ^ '>' * ONES);
    }

    private static long zeros(long word) {
        return word - ONES & ~word & HIGH;
    }
}
