package io.escalus4j.exml;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Finds elements, attributes and text below an element, in document order. Immutable and thread-safe.
 *
 * <pre>{@code
 * Path.of("{jabber:iq:roster}query/item[@subscription='both']/@jid").values(iq);
 * Path.here().element("query", "jabber:iq:roster").element("item").where("subscription", "both").attribute("jid").values(iq);
 * }</pre>
 *
 * <p>The text form, each step of which looks at the children of what the step before it found:
 *
 * <ul>
 *   <li>{@code item} an element of this name in any namespace, {@code *} any element, {@code {jabber:iq:roster}item} and
 *       <code>{jabber:iq:roster}*</code> those of a namespace, inherited or not
 *   <li>{@code //item} looks at all descendants instead of the children
 *   <li>{@code [@jid='bob@localhost']} an attribute has this value, {@code [@jid]} it is there; a quote is doubled inside
 *       of itself
 *   <li>{@code [2]} the second of those that one parent has, as in XPath; the last condition of its step
 *   <li>{@code @jid} the value of the attribute of this literal name, or {@code text()}; only at the end
 * </ul>
 *
 * The empty path is the element itself. What is not of this form throws an {@link IllegalArgumentException} when the
 * path is made.
 */
public final class Path {
    private static final int MOST_STEPS = 63;
    private static final Path HERE = new Path(List.of(), Optional.empty());

    private final List<PathStep> steps;
    /** {@code @name} or {@code text()}. */
    private final Optional<String> terminal;

    private Path(List<PathStep> steps, Optional<String> terminal) {
        this.steps = steps;
        this.terminal = terminal;
    }

    /** The path of this text form. */
    public static Path of(String text) {
        return new PathText(text).parse();
    }

    /** The empty path: the element itself. */
    public static Path here() {
        return HERE;
    }

    // ---- steps

    /** Children of this name in any namespace. */
    public Path element(String name) {
        return with(named(name));
    }

    public Path element(String name, String namespace) {
        return with(named(name, namespace));
    }

    /** Children of any name in this namespace. */
    public Path elementIn(String namespace) {
        return with(PathStep.child(PathStep.ANY, Optional.of(namespace)));
    }

    public Path anyElement() {
        return with(PathStep.child(PathStep.ANY, Optional.empty()));
    }

    /** Elements of this name anywhere below, instead of among the children. */
    public Path descendant(String name) {
        return with(named(name).anywhere());
    }

    public Path descendant(String name, String namespace) {
        return with(named(name, namespace).anywhere());
    }

    public Path anyDescendant() {
        return with(PathStep.child(PathStep.ANY, Optional.empty()).anywhere());
    }

    private static PathStep named(String name) {
        return PathStep.child(XmlChars.requireName(name), Optional.empty());
    }

    private static PathStep named(String name, String namespace) {
        return PathStep.child(XmlChars.requireName(name), Optional.of(namespace));
    }

    /** Of the last step only elements whose attribute of this literal name has this value. */
    public Path where(String attribute, String value) {
        return changed(step -> step.where(attribute, Optional.of(value)));
    }

    /** Of the last step only elements that have an attribute of this literal name. */
    public Path having(String attribute) {
        return changed(step -> step.where(attribute, Optional.empty()));
    }

    /** Of the last step only the element at this place among those of one parent, counted from 1. */
    public Path at(int place) {
        return changed(step -> step.at(place));
    }

    /** The values of the attribute with this literal name. */
    public Path attribute(String qualifiedName) {
        return ending("@" + XmlChars.requireQualifiedName(qualifiedName));
    }

    /** The text that stands directly in the elements; empty for an element without text. */
    public Path text() {
        return ending("text()");
    }

    Path with(PathStep step) {
        requireOpen(step.toString());
        if (steps.size() == MOST_STEPS) {
            throw new IllegalArgumentException("path has more than %d steps: %s".formatted(MOST_STEPS, this));
        }
        var longer = new ArrayList<>(steps);
        longer.add(step);
        return new Path(List.copyOf(longer), terminal);
    }

    private Path changed(UnaryOperator<PathStep> change) {
        requireOpen("a condition");
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a condition needs a step before it, for example *[@jid]");
        }
        var changed = new ArrayList<>(steps);
        changed.set(changed.size() - 1, change.apply(changed.get(changed.size() - 1)));
        return new Path(List.copyOf(changed), terminal);
    }

    private Path ending(String last) {
        requireOpen(last);
        return new Path(steps, Optional.of(last));
    }

    private void requireOpen(String next) {
        if (terminal.isPresent()) {
            throw new IllegalArgumentException(
                    "'%s' behind '%s', that must be the end of a path".formatted(next, terminal.get()));
        }
    }

    // ---- finding

    /**
     * The first element.
     *
     * @throws IllegalArgumentException if the path ends with an attribute or text
     */
    public Optional<Element> first(Element from) {
        return requireElements().find(from).findFirst();
    }

    /** All elements in document order; throws as {@link #first} does. */
    public List<Element> all(Element from) {
        return requireElements().find(from).toList();
    }

    /**
     * The first value: of the attribute, or the text.
     *
     * @throws IllegalArgumentException if the path ends with neither
     */
    public Optional<String> value(Element from) {
        return requireValues().read(from).findFirst();
    }

    public String value(Element from, String otherwise) {
        return value(from).orElse(otherwise);
    }

    /** All values in document order; throws as {@link #value} does. */
    public List<String> values(Element from) {
        return requireValues().read(from).toList();
    }

    private Path requireElements() {
        if (terminal.isPresent()) {
            throw new IllegalArgumentException(
                    "'%s' finds values and no elements, it must not end with %s".formatted(this, terminal.get()));
        }
        return this;
    }

    private Path requireValues() {
        if (terminal.isEmpty()) {
            throw new IllegalArgumentException(
                    "'%s' finds elements and no values, it must end with @name or text()".formatted(this));
        }
        return this;
    }

    private Stream<Element> find(Element from) {
        if (steps.isEmpty()) {
            return Stream.of(from);
        }
        Iterator<Element> walk = new PathWalk(steps, from);
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(walk, Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    private Stream<String> read(Element from) {
        String last = terminal.orElseThrow();
        return last.startsWith("@")
                ? find(from).flatMap(element -> element.attribute(last.substring(1)).stream())
                : find(from).map(Element::text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Path path && steps.equals(path.steps) && terminal.equals(path.terminal);
    }

    @Override
    public int hashCode() {
        return 31 * steps.hashCode() + terminal.hashCode();
    }

    /** The text form, which {@link #of} understands. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (PathStep step : steps) {
            text.append(step.isAnywhere() ? "//" : text.isEmpty() ? "" : "/").append(step);
        }
        terminal.ifPresent(last -> text.append(text.isEmpty() ? "" : "/").append(last));
        return text.toString();
    }
}
