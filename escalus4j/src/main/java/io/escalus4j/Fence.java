package io.escalus4j;

import io.escalus4j.wire.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/**
 * Proves that nothing which was sent before is still on its way, without sleeping.
 *
 * <ol>
 *   <li>Every client pings its server: the answers say that the server has read and handed on all that they had sent
 *       (RFC 6120 section 10.1: a stream's stanzas are processed in order).
 *   <li>If the server can tell when it is idle ({@link Quiescence}) that is waited for. Else every client sends every
 *       watcher, itself too, a headline to the full JID, and that is waited for: stanzas of one sender to one recipient
 *       keep their order (same section). A headline that bounces is as good. One that the server swallows, for example
 *       because of a privacy list, costs the whole timeout, which then was a quiet period; the history says so.
 *   <li>The watchers ping once more: what the server had written to them before has arrived when the answer has.
 * </ol>
 *
 * <p>What a third party sends on behalf of a client, for example a chat room, is not bound to the order of that client:
 * only {@link Quiescence} covers it. A client whose stream has ended sends and gets nothing; it is left out.
 */
final class Fence {
    private final Telling telling;
    private final List<Client> senders;
    private final List<Client> watchers;
    private final Duration timeout;

    private Fence(Telling telling, Collection<Client> senders, Collection<Client> watchers, Duration timeout) {
        this.telling = telling;
        this.senders = live(senders);
        this.watchers = live(watchers);
        this.timeout = timeout;
    }

    /** Nothing that {@code senders} and {@code watchers} have sent is still due to {@code watchers}. */
    static void between(Telling telling, Collection<Client> senders, Collection<Client> watchers) {
        new Fence(telling, senders, watchers, telling.settings().timeout()).pass();
    }

    /** What all live clients have sent until now has been dealt with, and what the server has written to them has arrived. */
    static void before(Telling telling) {
        var all = telling.clients();
        new Fence(telling, all, List.of(), telling.settings().timeout()).ping(live(all));
    }

    private static List<Client> live(Collection<Client> clients) {
        return clients.stream().filter(Client::isLive).distinct().toList();
    }

    private void pass() {
        var all = new ArrayList<>(senders);
        watchers.stream().filter(watcher -> !senders.contains(watcher)).forEach(all::add);
        ping(all);
        if (telling.quiescence().isPresent()) {
            quiesce(telling.quiescence().get());
        } else {
            mark(all);
        }
        ping(watchers);
        watchers.forEach(watcher -> telling.history().fence(watcher.nickname(), proof(telling)));
    }

    /** What has proven that nothing more is due. */
    static String proof(Telling telling) {
        return telling.quiescence().isPresent() ? "the server is idle" : "pings and marks are back";
    }

    private void quiesce(Quiescence quiescence) {
        try {
            quiescence.await(timeout);
        } catch (TimeoutException e) {
            throw new AssertionError(
                    "the server was not idle within %s: %s".formatted(Deadline.words(timeout), e.getMessage()), e);
        } catch (InterruptedException e) {
            throw Interrupted.now();
        }
    }

    private void ping(List<Client> clients) {
        var deadline = Deadline.in(timeout);
        List<CompletableFuture<?>> answers =
                clients.stream().<CompletableFuture<?>>map(Client::ping).toList();
        for (int i = 0; i < answers.size(); i++) {
            if (!Waits.until(answers.get(i), deadline)) {
                throw new AssertionError(
                        "%s's server did not answer the ping of a fence within %s (XEP-0199 section 4.2)"
                                .formatted(clients.get(i).nickname(), Deadline.words(timeout)));
            }
        }
    }

    private record Due(Client sender, Client watcher, CompletableFuture<?> seen) {}

    private void mark(List<Client> all) {
        var due = new ArrayList<Due>();
        for (Client sender : all) {
            for (Client watcher : watchers) {
                due.add(new Due(sender, watcher, sender.mark(watcher)));
            }
        }
        var deadline = Deadline.in(timeout);
        for (Due one : due) {
            if (!Waits.until(one.seen(), deadline)) {
                telling.history()
                        .note(
                                one.watcher().nickname(),
                                "the mark of %s did not come, but there was silence for %s"
                                        .formatted(one.sender().nickname(), Deadline.words(timeout)));
            }
        }
    }
}
