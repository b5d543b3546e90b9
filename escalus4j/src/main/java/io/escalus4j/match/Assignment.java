package io.escalus4j.match;

import io.escalus4j.exml.Element;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Who gets which stanza, when several are expected in any order: as many matchers as possible get one each, so that a
 * broad matcher that comes first never starves a narrow one. Immutable.
 *
 * <pre>{@code
 * Assignment.best(List.of(message(), chatMessage("Hi!")), inbox).isComplete();
 * }</pre>
 *
 * @param matchers what was wanted
 * @param stanzas what was there
 * @param pairs each matcher with the stanza that it got
 * @param grid the reasons: for each matcher what it says of each stanza
 */
public record Assignment(List<Matcher> matchers, List<Element> stanzas, List<Pair> pairs, List<List<Match>> grid) {

    /**
     * One matcher and the stanza that it got.
     *
     * @param matcher index into {@link #matchers()}
     * @param stanza index into {@link #stanzas()}
     */
    public record Pair(int matcher, int stanza) {}

    public static Assignment best(List<? extends Matcher> matchers, List<Element> stanzas) {
        var wanted = List.<Matcher>copyOf(matchers);
        var there = List.copyOf(stanzas);
        var grid = wanted.stream()
                .map(matcher -> there.stream().map(matcher::match).toList())
                .toList();
        int[] got = Pairing.best(grid.stream().map(Assignment::fits).toArray(BitSet[]::new), there.size());
        var pairs = new ArrayList<Pair>();
        for (int i = 0; i < got.length; i++) {
            if (got[i] >= 0) {
                pairs.add(new Pair(i, got[i]));
            }
        }
        return new Assignment(wanted, there, List.copyOf(pairs), grid);
    }

    private static BitSet fits(List<Match> row) {
        var fits = new BitSet(row.size());
        IntStream.range(0, row.size()).filter(i -> row.get(i).matches()).forEach(fits::set);
        return fits;
    }

    /** Whether every matcher got a stanza and no stanza is left. */
    public boolean isComplete() {
        return isSatisfied() && pairs.size() == stanzas.size();
    }

    /** Whether every matcher got a stanza. */
    public boolean isSatisfied() {
        return pairs.size() == matchers.size();
    }

    /** The matchers that got none. */
    public List<Matcher> unmatched() {
        return unmatchedIndexes().mapToObj(matchers::get).toList();
    }

    /** The stanzas that nobody got. */
    public List<Element> left() {
        return leftIndexes().mapToObj(stanzas::get).toList();
    }

    /** The stanzas that somebody got. */
    public List<Element> taken() {
        return IntStream.range(0, stanzas.size())
                .filter(i -> takerOf(i).isPresent())
                .mapToObj(stanzas::get)
                .toList();
    }

    IntStream unmatchedIndexes() {
        return IntStream.range(0, matchers.size()).filter(m -> pairs.stream().noneMatch(pair -> pair.matcher() == m));
    }

    IntStream leftIndexes() {
        return IntStream.range(0, stanzas.size()).filter(s -> takerOf(s).isEmpty());
    }

    Optional<Matcher> takerOf(int stanza) {
        return pairs.stream()
                .filter(pair -> pair.stanza() == stanza)
                .map(pair -> matchers.get(pair.matcher()))
                .findFirst();
    }
}
