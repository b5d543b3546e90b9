package io.escalus4j.exml;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Finds what a {@link Path} means, one element at a time. Goes through the tree once and in document order, with a
 * stack of its own; at each level it knows which steps may be taken there, as a set of bits. So every way that the path
 * can be read is tried, no element is found twice, and the cost is that of the elements times the steps.
 */
final class PathWalk implements Iterator<Element> {
    /** An element whose children are looked at: {@code steps} may be taken by them, {@code taken} counts who did. */
    private record Level(Iterator<Node> children, long steps, int[] taken) {}

    private final List<PathStep> steps;
    private final ArrayDeque<Level> levels = new ArrayDeque<>();
    private final ArrayDeque<Element> found = new ArrayDeque<>(1);

    PathWalk(List<PathStep> steps, Element from) {
        this.steps = steps;
        enter(from, 1);
    }

    @Override
    public boolean hasNext() {
        while (found.isEmpty() && !levels.isEmpty()) {
            Level level = levels.peek();
            if (!level.children().hasNext()) {
                levels.pop();
            } else if (level.children().next() instanceof Element child) {
                look(child, level);
            }
        }
        return !found.isEmpty();
    }

    @Override
    public Element next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the path finds no more");
        }
        return found.pop();
    }

    private void look(Element element, Level level) {
        long below = 0;
        for (int i = 0; i < steps.size(); i++) {
            if ((level.steps() & 1L << i) != 0) {
                below |= steps.get(i).isAnywhere() ? 1L << i : 0;
                below |= takes(i, element, level) ? 2L << i : 0;
            }
        }
        if ((below & 1L << steps.size()) != 0) {
            found.add(element);
        }
        enter(element, below & (1L << steps.size()) - 1);
    }

    private boolean takes(int step, Element element, Level level) {
        int place = steps.get(step).place();
        return steps.get(step).matches(element) && (place == 0 || ++level.taken()[step] == place);
    }

    private void enter(Element element, long below) {
        if (below != 0) {
            levels.push(new Level(element.children().iterator(), below, new int[steps.size()]));
        }
    }
}
