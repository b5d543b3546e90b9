package io.escalus4j.match;

import static org.xmlunit.diff.ComparisonType.ATTR_NAME_LOOKUP;
import static org.xmlunit.diff.ComparisonType.ATTR_VALUE_EXPLICITLY_SPECIFIED;
import static org.xmlunit.diff.ComparisonType.CHILD_LOOKUP;
import static org.xmlunit.diff.ComparisonType.CHILD_NODELIST_LENGTH;
import static org.xmlunit.diff.ComparisonType.CHILD_NODELIST_SEQUENCE;
import static org.xmlunit.diff.ComparisonType.ELEMENT_NUM_ATTRIBUTES;
import static org.xmlunit.diff.ComparisonType.NAMESPACE_PREFIX;

import io.escalus4j.exml.Element;
import io.escalus4j.history.Redaction;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.dom.DOMSource;
import org.w3c.dom.Node;
import org.xmlunit.diff.Comparison;
import org.xmlunit.diff.ComparisonResult;
import org.xmlunit.diff.ComparisonType;
import org.xmlunit.diff.DOMDifferenceEngine;
import org.xmlunit.diff.DefaultNodeMatcher;
import org.xmlunit.diff.DifferenceEvaluator;
import org.xmlunit.diff.ElementSelectors;
import org.xmlunit.diff.NodeMatcher;

/** What differs between a wanted element and one that is there: found by XMLUnit, said in our words. */
final class Difference {
    private static final int MOST = 10;

    /** What the lookups of attributes and children say better, and what never counts. */
    private static final Set<ComparisonType> NEVER = EnumSet.of(
            NAMESPACE_PREFIX, ATTR_VALUE_EXPLICITLY_SPECIFIED, CHILD_NODELIST_LENGTH, ELEMENT_NUM_ATTRIBUTES);

    private Difference() {}

    static List<Claim> like(Element wanted, Element seen) {
        return claims("is like " + Checks.brief(wanted), redacted(wanted, seen, Difference::likeLines));
    }

    static List<Claim> exactly(Element wanted, Element seen) {
        return claims("is exactly " + Checks.brief(wanted), redacted(wanted, seen, Difference::exactLines));
    }

    /** The lines of {@link #like}, without secrets. */
    static List<String> words(Element wanted, Element seen) {
        return redacted(wanted, seen, Difference::likeLines);
    }

    /** The originals decide, their redacted copies give the words. */
    private static List<String> redacted(
            Element wanted, Element seen, BiFunction<Element, Element, List<String>> compare) {
        var lines = compare.apply(wanted, seen);
        Element cleanWanted = Redaction.redact(wanted);
        Element cleanSeen = Redaction.redact(seen);
        if (lines.isEmpty() || cleanWanted == wanted && cleanSeen == seen) {
            return lines;
        }
        var clean = compare.apply(cleanWanted, cleanSeen);
        return clean.isEmpty() ? List.of("differs in what is redacted") : clean;
    }

    private static List<Claim> claims(String claim, List<String> differences) {
        if (differences.isEmpty()) {
            return List.of(new Claim(true, claim));
        }
        var claims = new ArrayList<>(List.of(Claim.of(false, claim, differences.get(0))));
        differences.stream().skip(1).forEach(line -> claims.add(new Claim(false, line)));
        return claims;
    }

    /** One line for each thing that stands in {@code wanted} and not in {@code seen}. */
    private static List<String> likeLines(Element wanted, Element seen) {
        if (Dom.isTooDeep(wanted) || Dom.isTooDeep(seen)) {
            return deep(wanted, seen);
        }
        return lines(Dom.unordered(wanted), Dom.unordered(seen), new Likeness(), Difference::unlessFurther);
    }

    /** One line for each thing that is not the same. */
    private static List<String> exactLines(Element wanted, Element seen) {
        if (Dom.isTooDeep(wanted) || Dom.isTooDeep(seen)) {
            return deep(wanted, seen);
        }
        var byPlace = new DefaultNodeMatcher(ElementSelectors.byNameAndAllAttributes, ElementSelectors.byName);
        return lines(Dom.ordered(wanted), Dom.ordered(seen), byPlace, Difference::unlessNever);
    }

    private static List<String> deep(Element wanted, Element seen) {
        return wanted.equals(seen)
                ? List.of()
                : List.of(
                        "differs, but is too deep to say where, at most %d levels are compared".formatted(Dom.DEEPEST));
    }

    private static List<String> lines(Node wanted, Node seen, NodeMatcher matcher, DifferenceEvaluator evaluator) {
        var lines = new LinkedHashSet<String>();
        var engine = new DOMDifferenceEngine(DocumentBuilderFactory.newDefaultInstance());
        engine.setNodeMatcher(matcher);
        engine.setDifferenceEvaluator(evaluator);
        engine.addDifferenceListener((difference, outcome) -> lines.add(DifferenceWords.of(difference)));
        engine.compare(new DOMSource(wanted), new DOMSource(seen));
        return limited(List.copyOf(lines));
    }

    private static List<String> limited(List<String> lines) {
        if (lines.size() <= MOST) {
            return lines;
        }
        var first = new ArrayList<>(lines.subList(0, MOST));
        first.add("differs at %d more places".formatted(lines.size() - MOST));
        return first;
    }

    private static ComparisonResult unlessNever(Comparison comparison, ComparisonResult outcome) {
        return NEVER.contains(comparison.getType()) ? ComparisonResult.EQUAL : outcome;
    }

    /** Further attributes and children and another order are welcome. */
    private static ComparisonResult unlessFurther(Comparison comparison, ComparisonResult outcome) {
        ComparisonType type = comparison.getType();
        boolean further = (type == CHILD_LOOKUP || type == ATTR_NAME_LOOKUP)
                && comparison.getControlDetails().getValue() == null;
        return further || type == CHILD_NODELIST_SEQUENCE ? ComparisonResult.EQUAL : unlessNever(comparison, outcome);
    }
}
