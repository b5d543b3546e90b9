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
    private static final List<String> STARTS = List.of("index", "before", "after");
    private static final int DIGITS = 9;

    /** What came of a wish for a page. */
    public sealed interface Outcome<T> {
        record Found<T>(ResultSet<T> page) implements Outcome<T> {}

        record Refused<T>(StanzaError error) implements Outcome<T> {}
    }

    /** From {@code from}, as many as {@code to - from}. */
    private record Slice(int from, int to) {}

    /**
     * What a client wants to see of a list.
     *
     * @param max how many items
     * @param index of the first, unless one of the others says where
     * @param before the item behind the page, or nothing for the end of the list
     * @param after the item in front of the page
     */
    public record Wish(int max, int index, Optional<String> before, Optional<String> after) {}

    /**
     * The page that {@code query} wants, the first if it wants none in particular.
     *
     * @param query the element that may have a {@code <set/>} in it
     * @param key what a client names an item by
     * @param most items on one page, whatever the client wants
     */
    public static <T> Outcome<T> page(Element query, List<T> all, Function<T, String> key, int most) {
        var wish = wish(query, most);
        if (wish.isEmpty()) {
            return malformed();
        }
        return isBeyond(wish.get(), all.size())
                ? beyond(all.size())
                : slice(wish.get(), all.stream().map(key).toList())
                        .<Outcome<T>>map(slice -> new Outcome.Found<>(
                                of(all.subList(slice.from(), slice.to()), key, slice.from(), all.size())))
                        .orElseGet(ResultSet::unknown);
    }

    /** Empty if it cannot be read. */
    public static Optional<Wish> wish(Element query, int most) {
        var set = query.child("set", NS).orElse(Element.of("set", NS));
        var max = number(set, "max", most);
        return number(set, "index", 0)
                .filter(index -> max.isPresent() && query.elements("set", NS).size() <= 1 && isOneWish(set))
                .map(index ->
                        new Wish(Math.min(max.get(), most), index, set.childText("before"), set.childText("after")));
    }

    /** Each thing once, and one place to start from. */
    private static boolean isOneWish(Element set) {
        var names = set.elements().stream().map(Element::name).toList();
        return names.stream().distinct().count() == names.size()
                && names.stream().filter(STARTS::contains).count() <= 1;
    }

    public static <T> Outcome<T> malformed() {
        return refused(
                Condition.BAD_REQUEST,
                "one <set/> is allowed, with a number for max and one of index, before and after (XEP-0059 section 2)");
    }

    public static boolean isBeyond(Wish wish, int count) {
        return wish.max() < 0 || wish.index() < 0 || wish.index() > 0 && wish.index() >= count;
    }

    public static <T> Outcome<T> beyond(int count) {
        return refused(Condition.ITEM_NOT_FOUND, "there is no page there, %d items are (XEP-0059 section 2)", count);
    }

    public static <T> Outcome<T> unknown() {
        return refused(Condition.ITEM_NOT_FOUND, "the item to start from is not there");
    }

    private static <T> Outcome<T> refused(Condition condition, String text, Object... args) {
        return new Outcome.Refused<>(StanzaError.of(condition, text, args));
    }

    /** Empty if it is no number. */
    private static Optional<Integer> number(Element set, String name, int otherwise) {
        var text = set.childText(name).map(String::strip);
        return text.isEmpty()
                ? Optional.of(otherwise)
                : text.filter(digits -> digits.matches("-?[0-9]+")).map(ResultSet::bounded);
    }

    /** More than anybody has is as good as all. */
    private static int bounded(String digits) {
        if (digits.startsWith("-")) {
            return -1;
        }
        return digits.length() > DIGITS ? Integer.MAX_VALUE : Integer.parseInt(digits);
    }

    /** Empty if a cursor points nowhere. */
    private static Optional<Slice> slice(Wish wish, List<String> keys) {
        int max = wish.max();
        if (wish.before().isPresent()) {
            String before = wish.before().get();
            int end = before.isEmpty() ? keys.size() : keys.indexOf(before);
            return end < 0 ? Optional.empty() : Optional.of(new Slice(Math.max(0, end - max), end));
        }
        int start =
                wish.after().map(keys::indexOf).map(at -> at < 0 ? -1 : at + 1).orElse(wish.index());
        return start < 0 ? Optional.empty() : Optional.of(new Slice(start, Math.min(keys.size(), start + max)));
    }

    /**
     * These items, and where they stand.
     *
     * @param index how many stand before them
     * @param count how many there are in the list
     */
    public static <T> ResultSet<T> of(List<T> items, Function<T, String> key, int index, int count) {
        if (count == 0) {
            return new ResultSet<>(items, Optional.empty());
        }
        var counted = Element.text("count", NS, Integer.toString(count));
        var set = Element.of("set", NS);
        return new ResultSet<>(
                items,
                Optional.of(
                        items.isEmpty()
                                ? set.with(counted)
                                : set.with(
                                        Element.text("first", NS, key.apply(items.get(0)))
                                                .with("index", Integer.toString(index)),
                                        Element.text("last", NS, key.apply(items.get(items.size() - 1))),
                                        counted)));
    }
}
