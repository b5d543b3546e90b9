package io.escalus4j.server.xep;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.escalus4j.server.time.Time;
import io.escalus4j.server.xep.Command.Step.Asking;
import io.escalus4j.server.xmpp.Jid;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The commands that wait for their requester (XEP-0050 section 3.3), bounded in number and time. Thread-safe.
 *
 * <p>Ids that have ended are remembered for a while: whoever uses one is told so, and not that it is wrong.
 */
final class CommandSessions {
    private static final int REMEMBERED = 10_000;
    private static final Duration MEMORY = Duration.ofDays(1);

    private final AdHoc.Limits limits;
    private final Cache<Key, Running> running;
    private final Cache<Key, Boolean> known;

    /** A session is its requester's alone. */
    record Key(Jid requester, String id) {}

    /** @param asked the forms up to now, the last one is open; never empty */
    record Running(Command command, List<Asking> asked) {
        Asking open() {
            return asked.get(asked.size() - 1);
        }

        boolean isFirst() {
            return asked.size() == 1;
        }

        Running then(Asking next) {
            return new Running(
                    command, Stream.concat(asked.stream(), Stream.of(next)).toList());
        }

        Running back() {
            return new Running(command, asked.subList(0, asked.size() - 1));
        }
    }

    CommandSessions(AdHoc.Limits limits, Time time) {
        this.limits = limits;
        this.running = Caffeine.newBuilder()
                .expireAfterWrite(limits.idle())
                .ticker(time::ticks)
                .build();
        this.known = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterWrite(MEMORY)
                .ticker(time::ticks)
                .build();
    }

    Optional<Running> find(Key key) {
        return Optional.ofNullable(running.getIfPresent(key));
    }

    /** Whether there was such a session. */
    boolean knows(Key key) {
        return known.getIfPresent(key) != null;
    }

    /** Whether there is no room for one more; a requester's own oldest session makes room for the next. */
    boolean isFullFor(Jid requester) {
        running.cleanUp();
        return running.asMap().size() >= limits.sessions() && of(requester).size() < limits.perRequester();
    }

    void put(Key key, Running session) {
        if (find(key).isEmpty()) {
            makeRoom(key.requester());
        }
        known.put(key, true);
        running.put(key, session);
    }

    /** Many clients leave a form that was refused, and open another. */
    private void makeRoom(Jid requester) {
        var own = of(requester);
        if (own.size() >= limits.perRequester()) {
            own.stream().max(Comparator.comparing(this::age)).ifPresent(this::end);
        }
    }

    private List<Key> of(Jid requester) {
        return running.asMap().keySet().stream()
                .filter(key -> key.requester().equals(requester))
                .toList();
    }

    private Duration age(Key key) {
        return running.policy()
                .expireAfterWrite()
                .flatMap(expiration -> expiration.ageOf(key))
                .orElse(Duration.ZERO);
    }

    void end(Key key) {
        known.put(key, true);
        running.invalidate(key);
    }
}
