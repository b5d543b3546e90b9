package io.escalus4j.server.xmpp;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A page of a list that is at hand (XEP-0059): its items and what the answer says of them.
 *
 * @param set empty where there is nothing to page
 */
public record ResultSet<T>(List<T> items, Optional<Element> set) {
    public static final String NS = "http://jabber.org/protocol/rsm";

    /** What came of a wish for a page. */
    public sealed interface Outcome<T> {
        record Found<T>(ResultSet<T> page) implements Outcome<T> {}

        record Refused<T>(StanzaError error) implements Outcome<T> {}
    }

    /** From {@code from}, as many as {@code to - from}. */
    private record Slice(int from, int to) {}

    /**
     * The page that {@code query} wants, the first if it wants none in particular.
     *
     * @param query the element that may have a {@code <set/>} in it
     * @param key what a client names an item by
     * @param most items on one page, whatever the client wants
     */
    public static <T> Outcome<T> page(Element query, List<T> all, Function<T, String> key, int most) {
        var set = query.child("set", NS).orElse(Element.of("set", NS));
        var max = number(set, "max", most);
        var index = number(set, "index", 0);
        if (max.isEmpty() || index.isEmpty()) {
            return refused(Condition.BAD_REQUEST, "a number is allowed for max and index (XEP-0059 section 2)");
        }
        if (max.get() < 0 || index.get() < 0 || index.get() > 0 && index.get() >= all.size()) {
            return refused(
                    Condition.ITEM_NOT_FOUND, "there is no page there, %d items are (XEP-0059 section 2)", all.size());
        }
        return slice(set, all.stream().map(key).toList(), Math.min(max.get(), most), index.get())
                .<Outcome<T>>map(slice -> new Outcome.Found<>(cut(all, key, slice)))
                .orElseGet(() -> refused(Condition.ITEM_NOT_FOUND, "the item to start from is not there"));
    }

    private static <T> Outcome<T> refused(Condition condition, String text, Object... args) {
        return new Outcome.Refused<>(StanzaError.of(condition, text, args));
    }

    /** Empty if it is no number. */
    private static Optional<Integer> number(Element set, String name, int otherwise) {
        var text = set.childText(name).map(String::strip);
        try {
            return Optional.of(text.map(Integer::parseInt).orElse(otherwise));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    /** Empty if a cursor points nowhere. */
    private static Optional<Slice> slice(Element set, List<String> keys, int max, int index) {
        var before = set.childText("before");
        var after = set.childText("after");
        if (before.isPresent()) {
            int end = before.get().isEmpty() ? keys.size() : keys.indexOf(before.get());
            return end < 0 ? Optional.empty() : Optional.of(new Slice(Math.max(0, end - max), end));
        }
        int start = after.map(keys::indexOf).map(at -> at < 0 ? -1 : at + 1).orElse(index);
        return start < 0 ? Optional.empty() : Optional.of(new Slice(start, Math.min(keys.size(), start + max)));
    }

    private static <T> ResultSet<T> cut(List<T> all, Function<T, String> key, Slice slice) {
        var items = all.subList(slice.from(), slice.to());
        if (all.isEmpty()) {
            return new ResultSet<>(items, Optional.empty());
        }
        var count = Element.text("count", NS, Integer.toString(all.size()));
        var set = Element.of("set", NS);
        return new ResultSet<>(
                items,
                Optional.of(
                        items.isEmpty()
                                ? set.with(count)
                                : set.with(
                                        Element.text("first", NS, key.apply(items.get(0)))
                                                .with("index", Integer.toString(slice.from())),
                                        Element.text("last", NS, key.apply(items.get(items.size() - 1))),
                                        count)));
    }
}
