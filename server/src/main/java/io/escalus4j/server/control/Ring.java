package io.escalus4j.server.control;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/** The newest entries of something, numbered from 1; the oldest is forgotten when there are too many. Thread-safe. */
final class Ring<T> {
    private final int most;
    private final ToLongFunction<T> number;
    private final Deque<T> entries = new ArrayDeque<>();
    private long last;

    Ring(int most, ToLongFunction<T> number) {
        this.most = most;
        this.number = number;
    }

    synchronized void add(LongFunction<T> entry) {
        entries.addLast(entry.apply(++last));
        if (entries.size() > most) {
            entries.removeFirst();
        }
    }

    synchronized Feed<T> after(long seen) {
        long first = last - entries.size() + 1;
        return new Feed<>(
                entries.stream()
                        .filter(entry -> number.applyAsLong(entry) > seen)
                        .toList(),
                last,
                Math.max(0, first - 1 - seen));
    }
}
