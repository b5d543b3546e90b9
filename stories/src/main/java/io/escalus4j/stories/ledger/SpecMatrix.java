package io.escalus4j.stories.ledger;

import io.escalus4j.stories.ledger.Requirement.Excuse;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The ledger beside the stories: each demand has exactly one state.
 *
 * @param verdicts how the stories of a run ended, by their names; empty if none is looked at
 */
public record SpecMatrix(Ledger ledger, Claims claims, Map<String, Verdict> verdicts) {

    /** How a story ended. */
    public enum Verdict {
        PASSED,
        FAILED,
        SKIPPED
    }

    /** What we know about a demand. */
    public enum State {
        FAILED("failed", "a story that claims it has failed"),
        UNCOVERED("uncovered", "no story claims it and nobody says why"),
        PASSED("passed", "every story that claims it and was told has passed"),
        COVERED("covered", "a story claims it"),
        WAIVED("waived", "it is not proven, for the reason given"),
        UNTESTABLE("untestable", "no story could tell"),
        OTHERS("of others", "it binds clients, other servers or authorities");

        private final String word;
        private final String meaning;

        State(String word, String meaning) {
            this.word = word;
            this.meaning = meaning;
        }

        public String word() {
            return word;
        }

        String meaning() {
            return meaning;
        }
    }

    public State state(Requirement requirement) {
        List<String> stories = claims.of(requirement.id());
        if (!stories.isEmpty()) {
            return told(stories);
        }
        if (requirement.excuse().isPresent()) {
            return requirement.excuse().get().kind() == Excuse.Kind.WAIVED ? State.WAIVED : State.UNTESTABLE;
        }
        return requirement.of().isServer() ? State.UNCOVERED : State.OTHERS;
    }

    private State told(List<String> stories) {
        var known = stories.stream()
                .filter(verdicts::containsKey)
                .map(verdicts::get)
                .toList();
        if (known.contains(Verdict.FAILED)) {
            return State.FAILED;
        }
        return known.contains(Verdict.PASSED) ? State.PASSED : State.COVERED;
    }

    List<String> stories(Requirement requirement) {
        return claims.of(requirement.id());
    }

    Map<State, Long> counts(Stream<Requirement> requirements) {
        var counts = new EnumMap<State, Long>(State.class);
        requirements.forEach(requirement -> counts.merge(state(requirement), 1L, Long::sum));
        return counts;
    }

    /** Ids that stories claim and no file of the ledger has. */
    public List<String> unknownClaims() {
        var unknown = new TreeSet<>(claims.stories().keySet());
        unknown.removeAll(ledger.ids());
        return List.copyOf(unknown);
    }

    /** Demands on the server about which nobody says anything. */
    public List<Requirement> uncovered() {
        return ledger.requirements()
                .filter(requirement -> state(requirement) == State.UNCOVERED)
                .toList();
    }

    /** Lines that are excused although a story proves them: the excuse is out of date. */
    public List<Requirement> needlesslyExcused() {
        return ledger.requirements()
                .filter(requirement -> requirement.excuse().isPresent())
                .filter(requirement -> !stories(requirement).isEmpty())
                .toList();
    }
}
