package io.escalus4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The values that somebody has seen one after the other, run-length coded and bounded. Thread-safe. */
final class Seen {
    private static final int MOST_RUNS = 40;
    private static final int LONGEST = 200;

    private record Run(String text, int times) {
        @Override
        public String toString() {
            return times == 1 ? text : "%s (%d times)".formatted(text, times);
        }
    }

    private final List<Run> runs = new ArrayList<>();
    private int forgotten;
    private Object last = "nothing yet";

    synchronized void value(Object value) {
        last = Objects.requireNonNullElse(value, "null");
        add(text(value));
    }

    synchronized void thrown(Throwable trouble) {
        last = trouble;
        add("threw " + cut("%s: %s".formatted(trouble.getClass().getSimpleName(), trouble.getMessage())));
    }

    /** The first runs tell how it began and the last how it ended; what is too much between is counted. */
    private void add(String text) {
        int end = runs.size() - 1;
        if (end >= 0 && runs.get(end).text().equals(text)) {
            runs.set(end, new Run(text, runs.get(end).times() + 1));
            return;
        }
        runs.add(new Run(text, 1));
        if (runs.size() > MOST_RUNS) {
            runs.remove(MOST_RUNS / 2);
            forgotten++;
        }
    }

    /** What was seen last: a value, or what asking for it threw. */
    synchronized Object last() {
        return last;
    }

    static String text(Object value) {
        return cut(String.valueOf(value));
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    @Override
    public synchronized String toString() {
        if (runs.isEmpty()) {
            return "nothing, it did not answer";
        }
        var words = new ArrayList<>(runs.stream().map(Run::toString).toList());
        if (forgotten > 0) {
            words.add(MOST_RUNS / 2, "… %d other values …".formatted(forgotten));
        }
        return String.join(", then ", words);
    }
}
