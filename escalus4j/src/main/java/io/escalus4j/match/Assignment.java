package io.escalus4j.match;

import io.escalus4j.exml.Element;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Who gets which stanza, when several are expected in any order: as many matchers as possible get one each.
 *
 * <p>Kuhn's augmenting paths: a matcher whose stanza is taken asks the taker to move to another one. So a broad
 * matcher that comes first never starves a narrow one.
 *
 * @param matchers what was wanted
 * @param stanzas what was there
 * @param pairs each matcher with the stanza it got
 */
public record Assignment(List<Matcher> matchers, List<Element> stanzas, List<Pair> pairs) {

    /** @param matcher index into {@link #matchers()} @param stanza index into {@link #stanzas()} */
    public record Pair(int matcher, int stanza) {}

    public static Assignment best(List<? extends Matcher> matchers, List<Element> stanzas) {
        var wanted = List.<Matcher>copyOf(matchers);
        var there = List.copyOf(stanzas);
        return new Assignment(wanted, there, new Search(wanted, there).pairs());
    }

    /** Whether every matcher got a stanza and no stanza is left. */
    public boolean isComplete() {
        return pairs.size() == matchers.size() && pairs.size() == stanzas.size();
    }

    /** Whether every matcher got a stanza. */
    public boolean isSatisfied() {
        return pairs.size() == matchers.size();
    }

    public List<Matcher> unmatched() {
        return indexes(matchers.size(), pairs.stream().map(Pair::matcher).toList()).stream()
                .map(matchers::get)
                .toList();
    }

    public List<Element> left() {
        return indexes(stanzas.size(), pairs.stream().map(Pair::stanza).toList()).stream()
                .map(stanzas::get)
                .toList();
    }

    private static List<Integer> indexes(int size, List<Integer> used) {
        var free = new ArrayList<Integer>();
        for (int i = 0; i < size; i++) {
            if (!used.contains(i)) {
                free.add(i);
            }
        }
        return free;
    }

    private static final class Search {
        private static final int FREE = -1;
        private final boolean[][] fits;
        private final int[] taker;

        Search(List<Matcher> matchers, List<Element> stanzas) {
            fits = new boolean[matchers.size()][stanzas.size()];
            taker = new int[stanzas.size()];
            Arrays.fill(taker, FREE);
            for (int m = 0; m < fits.length; m++) {
                for (int s = 0; s < taker.length; s++) {
                    fits[m][s] = matchers.get(m).matches(stanzas.get(s));
                }
            }
            for (int m = 0; m < fits.length; m++) {
                take(m, new boolean[taker.length]);
            }
        }

        private boolean take(int matcher, boolean[] asked) {
            for (int s = 0; s < taker.length; s++) {
                if (fits[matcher][s] && !asked[s]) {
                    asked[s] = true;
                    if (taker[s] == FREE || take(taker[s], asked)) {
                        taker[s] = matcher;
                        return true;
                    }
                }
            }
            return false;
        }

        List<Pair> pairs() {
            var pairs = new ArrayList<Pair>();
            for (int m = 0; m < fits.length; m++) {
                for (int s = 0; s < taker.length; s++) {
                    if (taker[s] == m) {
                        pairs.add(new Pair(m, s));
                    }
                }
            }
            return List.copyOf(pairs);
        }
    }
}
