package io.escalus4j.match;

import io.escalus4j.exml.Element;
import io.escalus4j.history.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Says which matchers got a stanza, which did not and why each stanza would not do, and what is left over.
 *
 * <pre>
 *   ok   any message
 *   FAIL available presence from alice
 *          chat from bob: is a presence, but was a message
 * left over:
 *   chat from bob
 * </pre>
 */
final class AssignmentText {
    private AssignmentText() {}

    static List<String> lines(Assignment assignment, Names names) {
        var lines = new ArrayList<String>();
        var unmatched = assignment.unmatchedIndexes().boxed().toList();
        for (int i = 0; i < assignment.matchers().size(); i++) {
            boolean ok = !unmatched.contains(i);
            lines.add(
                    (ok ? "  ok   " : "  FAIL ") + assignment.matchers().get(i).describe());
            if (!ok) {
                lines.addAll(reasons(assignment, i, names));
            }
        }
        lines.addAll(left(assignment, names));
        return lines;
    }

    private static List<String> reasons(Assignment assignment, int matcher, Names names) {
        return IntStream.range(0, assignment.stanzas().size())
                .limit(Account.MOST)
                .mapToObj(stanza -> "         %s: %s"
                        .formatted(
                                Account.brief(assignment.stanzas().get(stanza), names),
                                reason(assignment, matcher, stanza, names)))
                .toList();
    }

    private static String reason(Assignment assignment, int matcher, int stanza, Names names) {
        Match match = assignment.grid().get(matcher).get(stanza);
        return match.claims().stream()
                .filter(claim -> !claim.ok())
                .map(claim -> names.explain(claim.text()))
                .findFirst()
                .orElseGet(() -> "taken by "
                        + assignment.takerOf(stanza).map(Matcher::describe).orElse("nobody"));
    }

    private static List<String> left(Assignment assignment, Names names) {
        List<Element> left = assignment.left();
        return left.isEmpty()
                ? List.of()
                : Account.limited(
                        "left over:",
                        left.stream()
                                .map(stanza -> "  " + Account.brief(stanza, names) + "  " + Account.xml(stanza))
                                .toList());
    }
}
