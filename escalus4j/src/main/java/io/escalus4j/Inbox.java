package io.escalus4j;

import io.escalus4j.exml.Element;
import io.escalus4j.match.Assignment;
import io.escalus4j.match.Matcher;
import io.escalus4j.wire.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The stanzas that a client has received and its story has not looked at, oldest first. Whoever waits for one takes the
 * first that fits and leaves the others where they are. Thread-safe; a wait ends with the deadline or with the stream.
 */
final class Inbox {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Element> unread = new ArrayList<>();
    private final int capacity;
    private boolean ended;

    Inbox(int capacity) {
        this.capacity = capacity;
    }

    /** Returns whether there was room. */
    boolean put(Element element) {
        lock.lock();
        try {
            if (unread.size() == capacity) {
                return false;
            }
            unread.add(element);
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more will come. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The first stanza that matches; empty if none came in time. */
    Optional<Element> take(Matcher wanted, Deadline deadline) {
        return await(() -> first(wanted), deadline);
    }

    private Optional<Element> first(Matcher wanted) {
        for (int i = 0; i < unread.size(); i++) {
            if (wanted.matches(unread.get(i))) {
                return Optional.of(unread.remove(i));
            }
        }
        return Optional.empty();
    }

    /** One stanza for each matcher, in the order of the matchers; empty if they did not all come in time. */
    Optional<List<Element>> takeAll(List<Matcher> wanted, Deadline deadline) {
        return await(() -> one(wanted), deadline);
    }

    private Optional<List<Element>> one(List<Matcher> wanted) {
        if (unread.size() < wanted.size()) {
            return Optional.empty();
        }
        Assignment assignment = Assignment.best(wanted, unread);
        if (!assignment.isSatisfied()) {
            return Optional.empty();
        }
        List<Element> taken = assignment.pairs().stream()
                .map(pair -> unread.get(pair.stanza()))
                .toList();
        taken.forEach(stanza -> unread.removeIf(one -> one == stanza));
        return Optional.of(taken);
    }

    /** Whether anything is unread before the deadline. */
    boolean awaitAny(Deadline deadline) {
        return await(() -> unread.stream().findFirst(), deadline).isPresent();
    }

    private <T> Optional<T> await(Supplier<Optional<T>> choice, Deadline deadline) {
        lock.lock();
        try {
            Optional<T> chosen = choice.get();
            while (chosen.isEmpty() && !ended && !deadline.isPast()) {
                changed.await(deadline.remaining(), TimeUnit.NANOSECONDS);
                chosen = choice.get();
            }
            return chosen;
        } catch (InterruptedException e) {
            throw Interrupted.now();
        } finally {
            lock.unlock();
        }
    }

    List<Element> unread() {
        lock.lock();
        try {
            return List.copyOf(unread);
        } finally {
            lock.unlock();
        }
    }

    /** Takes all. */
    List<Element> drain() {
        lock.lock();
        try {
            List<Element> all = List.copyOf(unread);
            unread.clear();
            return all;
        } finally {
            lock.unlock();
        }
    }
}
