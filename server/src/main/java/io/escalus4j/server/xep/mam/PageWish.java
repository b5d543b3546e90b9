package io.escalus4j.server.xep.mam;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.ArchiveId;
import io.escalus4j.server.store.ArchiveSlice;
import io.escalus4j.server.xmpp.ResultSet;
import java.util.Optional;
import java.util.function.Function;

/** Reads which page is wanted (XEP-0059 section 2). Pure. */
final class PageWish {
    private static final int DIGITS = 9;

    private PageWish() {}

    /** @throws Refusal if that is no page */
    static ArchiveSlice read(Element query, Function<String, ArchiveId> id, ArchiveConfig config) {
        var sets = query.elements("set", ResultSet.NS);
        Refusal.unless(sets.size() <= 1, "%d elements <set/>, one is allowed (XEP-0059 section 2)", sets.size());
        Element set = sets.isEmpty() ? Element.of("set", ResultSet.NS) : sets.get(0);
        int max = Math.min(number(set, "max").orElse(config.page()), config.maxPage());
        var before = text(set, "before");
        var after = text(set, "after").filter(text -> !text.isEmpty());
        var index = number(set, "index");
        int starts = count(before) + count(after) + count(index);
        Refusal.unless(
                starts <= 1,
                "%d of before, after and index, one is allowed; between two messages lie before-id and after-id (XEP-0313 section 4.3.2)",
                starts);
        if (before.isPresent()) {
            return before.get().isEmpty() ? ArchiveSlice.last(max) : ArchiveSlice.before(id.apply(before.get()), max);
        }
        return after.map(text -> ArchiveSlice.after(id.apply(text), max))
                .orElseGet(() -> ArchiveSlice.from(index.orElse(0), max));
    }

    private static int count(Optional<?> wish) {
        return wish.isPresent() ? 1 : 0;
    }

    private static Optional<String> text(Element set, String name) {
        var elements = set.elements(name, ResultSet.NS);
        Refusal.unless(
                elements.size() <= 1, "%d elements <%s/>, one is allowed (XEP-0059 section 2)", elements.size(), name);
        return elements.stream().findFirst().map(element -> element.text().strip());
    }

    /** More than anybody has is as good as all. */
    private static Optional<Integer> number(Element set, String name) {
        return text(set, name).map(text -> {
            Refusal.unless(
                    text.matches("[0-9]+"), "%s is '%s', allowed is a number from 0 (XEP-0059 section 2)", name, text);
            return text.length() > DIGITS ? Integer.MAX_VALUE : Integer.parseInt(text);
        });
    }
}
