package io.escalus4j.match;

import io.escalus4j.exml.Element;
import io.escalus4j.history.Names;
import io.escalus4j.history.PrettyXml;
import io.escalus4j.history.Redaction;
import io.escalus4j.history.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The middle of a failure text: what was received and why it is not what was wanted. */
@FunctionalInterface
interface Account {
    int MOST = 10;

    List<String> lines(List<Element> received, Names names);

    static Account nearest(Matcher wanted) {
        return (received, names) -> {
            if (received.isEmpty()) {
                return List.of("nothing was received");
            }
            Element nearest = FailureText.nearest(wanted, received).orElseThrow();
            var lines = new ArrayList<>(List.of("nearest of %d received:".formatted(received.size())));
            lines.addAll(claims(wanted, nearest, names));
            lines.addAll(others(wanted, received, nearest, names));
            return lines;
        };
    }

    static Account mismatch(Matcher wanted) {
        return (received, names) -> claims(wanted, received.get(0), names);
    }

    private static List<String> claims(Matcher wanted, Element stanza, Names names) {
        var claims = wanted.match(stanza).claims();
        var lines = new ArrayList<String>();
        claims.forEach(claim -> lines.add("  " + names.explain(claim.toString())));
        lines.add(xml(stanza));
        wanted.differences(stanza).stream().filter(line -> !said(line, claims)).forEach(lines::add);
        return lines;
    }

    private static boolean said(String line, List<Claim> claims) {
        return claims.stream().anyMatch(claim -> claim.text().endsWith(line));
    }

    /** Every other stanza with the first reason against it. */
    private static List<String> others(Matcher wanted, List<Element> received, Element nearest, Names names) {
        var others = received.stream().filter(stanza -> stanza != nearest).toList();
        if (others.isEmpty()) {
            return List.of();
        }
        return limited(
                "the others:",
                others.stream()
                        .map(stanza -> "  " + brief(stanza, names) + ": " + reason(wanted.match(stanza), names))
                        .toList());
    }

    private static String reason(Match match, Names names) {
        return match.claims().stream()
                .filter(claim -> !claim.ok())
                .map(claim -> names.explain(claim.text()))
                .findFirst()
                .orElse("would do");
    }

    static Account unwanted() {
        return (received, names) -> limited(
                "received %d:".formatted(received.size()),
                received.stream()
                        .flatMap(stanza -> Stream.of("  " + brief(stanza, names), xml(stanza)))
                        .toList());
    }

    static Account all(List<Matcher> wanted) {
        return (received, names) -> {
            var assignment = Assignment.best(wanted, received);
            var lines = new ArrayList<>(List.of("%d of %d found among %d received:"
                    .formatted(assignment.pairs().size(), wanted.size(), received.size())));
            lines.addAll(AssignmentText.lines(assignment, names));
            return lines;
        };
    }

    static String brief(Element stanza, Names names) {
        return new Summary(names).incoming(stanza);
    }

    static String xml(Element stanza) {
        return PrettyXml.of(Redaction.redact(stanza));
    }

    static List<String> limited(String head, List<String> lines) {
        var limited = new ArrayList<>(List.of(head));
        limited.addAll(lines.subList(0, Math.min(MOST, lines.size())));
        if (lines.size() > MOST) {
            limited.add("  and %d more".formatted(lines.size() - MOST));
        }
        return limited;
    }
}
