package io.escalus4j.exml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which elements one step of a {@link Path} takes.
 *
 * @param name {@link #ANY} for all
 * @param namespace empty for all
 * @param place the one among those of one parent, from 1, or 0 for all
 */
record PathStep(boolean isAnywhere, String name, Optional<String> namespace, List<Condition> conditions, int place) {
    static final String ANY = "*";

    /** An attribute is there, with this value if there is one. */
    record Condition(String attribute, Optional<String> value) {
        boolean holdsFor(Element element) {
            Optional<String> actual = element.attribute(attribute);
            return value.isEmpty() ? actual.isPresent() : actual.equals(value);
        }

        @Override
        public String toString() {
            return value.map(v -> "[@%s='%s']".formatted(attribute, v.replace("'", "''")))
                    .orElse("[@" + attribute + "]");
        }
    }

    static PathStep child(String name, Optional<String> namespace) {
        return new PathStep(false, name, namespace, List.of(), 0);
    }

    PathStep anywhere() {
        return new PathStep(true, name, namespace, conditions, place);
    }

    PathStep where(String attribute, Optional<String> value) {
        requireNoPlace("[@" + attribute + "]");
        var more = new ArrayList<>(conditions);
        more.add(new Condition(XmlChars.requireQualifiedName(attribute), value));
        return new PathStep(isAnywhere, name, namespace, List.copyOf(more), place);
    }

    PathStep at(int wanted) {
        requireNoPlace("[" + wanted + "]");
        if (wanted < 1) {
            throw new IllegalArgumentException("place is %d, it must be 1 or more".formatted(wanted));
        }
        return new PathStep(isAnywhere, name, namespace, conditions, wanted);
    }

    private void requireNoPlace(String next) {
        if (place > 0) {
            throw new IllegalArgumentException(
                    "'%s' behind '[%d]', a place must be the last condition of its step".formatted(next, place));
        }
    }

    /** Whether {@code element} is taken, unless its place is another one. */
    boolean matches(Element element) {
        return (name.equals(ANY) || name.equals(element.name()))
                && (namespace.isEmpty() || namespace.get().equals(element.namespace()))
                && conditions.stream().allMatch(condition -> condition.holdsFor(element));
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        namespace.ifPresent(wanted -> text.append('{').append(wanted).append('}'));
        text.append(name);
        conditions.forEach(text::append);
        return place == 0
                ? text.toString()
                : text.append('[').append(place).append(']').toString();
    }
}
