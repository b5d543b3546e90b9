package io.escalus4j.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stories by the document that they prove: RFCs first, then XEPs by number, then those that name none. */
final class Specs {
    static final String NONE = "No specification named";

    private static final Pattern DOCUMENT = Pattern.compile("(?i)\\b(RFC|XEP)[- ]?(\\d{1,5})\\b");
    private static final Comparator<String> ORDER =
            Comparator.comparing(Specs::rank).thenComparing(Specs::number).thenComparing(Comparator.naturalOrder());

    private Specs() {}

    /** A story that proves two documents stands under both. */
    static Map<String, List<StoryResult>> group(List<StoryResult> results) {
        var groups = new TreeMap<String, List<StoryResult>>(ORDER);
        for (StoryResult result : results) {
            documents(result)
                    .forEach(document -> groups.computeIfAbsent(document, none -> new ArrayList<>())
                            .add(result));
        }
        return groups;
    }

    private static List<String> documents(StoryResult result) {
        return result.specs().isEmpty()
                ? List.of(NONE)
                : result.specs().stream().map(Specs::document).distinct().toList();
    }

    /** {@code XEP-0280 section 8: says} is of {@code XEP-0280}; what names neither RFC nor XEP is its own. */
    static String document(String spec) {
        Matcher found = DOCUMENT.matcher(spec);
        if (!found.find()) {
            return spec;
        }
        int number = Integer.parseInt(found.group(2));
        return found.group(1).equalsIgnoreCase("RFC") ? "RFC " + number : "XEP-%04d".formatted(number);
    }

    /** What a spec says beside the document: {@code section 8: says}. */
    static String rest(String spec) {
        Matcher found = DOCUMENT.matcher(spec);
        return found.find()
                ? spec.substring(found.end()).replaceFirst("^[\\s:,]+", "").strip()
                : "";
    }

    private static int rank(String document) {
        return document.equals(NONE) ? 3 : document.startsWith("RFC ") ? 0 : document.startsWith("XEP-") ? 1 : 2;
    }

    private static int number(String document) {
        Matcher found = DOCUMENT.matcher(document);
        return found.find() ? Integer.parseInt(found.group(2)) : 0;
    }
}
