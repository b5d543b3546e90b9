package io.escalus4j.control;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the stories on one server share of its inside: who changes what at the moment, and whose log lines are whose. One
 * per server, made by its {@link io.escalus4j.ServerHandle}. Thread-safe.
 */
public final class Insight {
    private static final int MOST_REMEMBERED = 10_000;

    private final ServerControl control;
    /** What is changed, and by which story. */
    private final Map<String, String> changes = new ConcurrentHashMap<>();
    /** Those that are told now, by what their users have in their names. */
    private final Map<String, String> open = new ConcurrentHashMap<>();
    /** Those that were told, with the number of the last log line that they have seen. */
    private final Map<String, Past> past = new LinkedHashMap<>();

    private long unclaimedFrom;

    private record Past(String story, long seen) {}

    private Insight(ServerControl control) {
        this.control = control;
        this.unclaimedFrom = control.log(Long.MAX_VALUE).last();
    }

    public static Insight of(ServerControl control) {
        return new Insight(control);
    }

    /** The port, for what concerns no story. */
    public ServerControl control() {
        return control;
    }

    // ---- who changes what

    void claim(String key, String story) {
        String other = changes.putIfAbsent(key, story);
        if (other != null && !other.equals(story)) {
            throw new IllegalStateException(
                    "%s is changed by story %s at the moment, and only one story at a time may: tell them one after the other (@ResourceLock, @Isolated) or on servers of their own (@StoryServer)"
                            .formatted(key, other));
        }
    }

    void release(String key, String story) {
        changes.remove(key, story);
    }

    // ---- whose lines are whose

    /** @param run what the names of its users end with */
    long opens(String run, String story) {
        open.put(run, story);
        return control.log(Long.MAX_VALUE).last();
    }

    void closes(String run, String story, long seen) {
        open.remove(run);
        synchronized (past) {
            past.put(run, new Past(story, seen));
            if (past.size() > MOST_REMEMBERED) {
                past.remove(past.keySet().iterator().next());
            }
            if (open.isEmpty()) {
                unclaimedFrom = Math.max(unclaimedFrom, seen);
            }
        }
    }

    /** Whether the line is about users of another story, told now or before. */
    boolean isOfAnother(LogLine line, String run) {
        return LogWatch.hasFreshName(line) && !line.mentions(run);
    }

    List<String> toldNow() {
        return open.values().stream().sorted().toList();
    }

    /**
     * At the end of a run: lines that came too late for the story that they belong to, or when no story was told.
     *
     * @param level from which on a line is to be declared
     */
    public List<String> leftovers(String level) {
        var found = new ArrayList<String>();
        synchronized (past) {
            long from = past.values().stream().mapToLong(Past::seen).min().orElse(unclaimedFrom);
            for (LogLine line : control.log(Math.min(from, unclaimedFrom)).entries()) {
                if (line.isAtLeast(level)) {
                    leftover(line).ifPresent(found::add);
                }
            }
        }
        return found;
    }

    private Optional<String> leftover(LogLine line) {
        var story = past.entrySet().stream()
                .filter(told -> line.mentions(told.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
        if (story.isPresent()) {
            return story.filter(told -> line.number() > told.seen())
                    .map(told -> "%s (when story %s was over)".formatted(line, told.story()));
        }
        return line.number() > unclaimedFrom && !LogWatch.hasFreshName(line)
                ? Optional.of(line + " (when no story was told)")
                : Optional.empty();
    }
}
