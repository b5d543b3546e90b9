package io.escalus4j.match;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;

/**
 * As many pairs as possible between a left and a right side of which some fit each other: maximum bipartite matching.
 *
 * <p>Each left one in turn looks for an augmenting path, breadth first: if all that fit it are taken, a taker moves to
 * another one that fits it, or its taker does. So the order on the left never costs a pair. Confined to one call.
 */
final class Pairing {
    private static final int NONE = -1;

    private final BitSet[] fits;
    private final int[] leftOf;
    private final int[] rightOf;

    private Pairing(BitSet[] fits, int rights) {
        this.fits = fits;
        this.leftOf = none(rights);
        this.rightOf = none(fits.length);
    }

    /** @return for each left one the right one that it gets, or -1 */
    static int[] best(BitSet[] fits, int rights) {
        var pairing = new Pairing(fits, rights);
        for (int left = 0; left < fits.length; left++) {
            pairing.seat(left);
        }
        return pairing.rightOf;
    }

    private static int[] none(int size) {
        int[] none = new int[size];
        Arrays.fill(none, NONE);
        return none;
    }

    private void seat(int newcomer) {
        int[] asker = none(leftOf.length);
        var looking = new ArrayDeque<Integer>();
        looking.add(newcomer);
        while (!looking.isEmpty()) {
            int free = ask(looking.remove(), asker, looking);
            if (free != NONE) {
                move(free, asker);
                return;
            }
        }
    }

    /** @return the first right one that fits and is free; the takers of the others will look for themselves */
    private int ask(int left, int[] asker, ArrayDeque<Integer> looking) {
        for (int right = fits[left].nextSetBit(0); right >= 0; right = fits[left].nextSetBit(right + 1)) {
            if (asker[right] != NONE) {
                continue;
            }
            asker[right] = left;
            if (leftOf[right] == NONE) {
                return right;
            }
            looking.add(leftOf[right]);
        }
        return NONE;
    }

    /** Along the path back to the newcomer everybody takes what it asked for and leaves what it had. */
    private void move(int free, int[] asker) {
        int right = free;
        while (right != NONE) {
            int left = asker[right];
            int before = rightOf[left];
            leftOf[right] = left;
            rightOf[left] = right;
            right = before;
        }
    }
}
