package io.escalus4j.control;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The modules of the server while a story is told. Whatever the story changes is as before when it is over, however it
 * ends. Thread-safe.
 *
 * <pre>{@code
 * server.modules().set("offline", "messages", 2).without("blocking").install(Echo.class);
 * }</pre>
 *
 * <p>A module that is set anew forgets what it had in memory. The change is the whole server's: a story that makes one is
 * to be told alone, or on a server of its own; two stories that change the same at a time are refused.
 */
public final class ServerModules {
    private record Undo(String key, Runnable action) {}

    private final Insight insight;
    private final String story;
    private final Consumer<String> note;
    private final Deque<Undo> undo = new ArrayDeque<>();
    private final Set<String> changed = new HashSet<>();
    private boolean over;

    ServerModules(Insight insight, String story, Consumer<String> note) {
        this.insight = insight;
        this.story = story;
        this.note = note;
    }

    private ServerControl control() {
        return insight.control();
    }

    /** The options of a module, by their names; empty if it is not installed. */
    public Optional<Map<String, Object>> options(String module) {
        return Optional.ofNullable(control().modules().get(module));
    }

    /** The names of the modules that are installed. */
    public Set<String> names() {
        return control().modules().keySet();
    }

    /** Sets one option, the others stay as they are: {@code set("offline", "messages", 2)}. */
    public ServerModules set(String module, String option, Object value) {
        return set(module, Map.of(option, value));
    }

    /**
     * Sets some options, the others stay as they are; installs the module if it is not there.
     *
     * @throws IllegalArgumentException if there is no such module or option, or the value is not allowed
     * @throws IllegalStateException if another story has changed the module and is not over
     */
    public synchronized ServerModules set(String module, Map<String, Object> options) {
        var all = new LinkedHashMap<>(options(module).orElse(Map.of()));
        all.putAll(options);
        change(module, () -> control().set(module, all));
        note.accept("the server's module %s has %s".formatted(module, options));
        return this;
    }

    /** Uninstalls the module. */
    public synchronized ServerModules without(String module) {
        change(module, () -> control().without(module));
        note.accept("the server's module %s is off".formatted(module));
        return this;
    }

    /**
     * Installs a module of the story's own: a class of the server's {@code Module}, with a constructor that takes the
     * server's context or nothing, on the server's class path.
     */
    public synchronized ServerModules install(Class<?> module) {
        change(
                module.getName(),
                () -> control().install(module),
                () -> control().uninstall(module));
        note.accept("the server has the module %s".formatted(module.getSimpleName()));
        return this;
    }

    private void change(String module, Runnable action) {
        Optional<Map<String, Object>> before = options(module);
        change(
                "module " + module,
                action,
                () -> before.ifPresentOrElse(
                        options -> control().set(module, options),
                        () -> control().without(module)));
    }

    /** What is changed first is undone last, and to what it was then; what the server refuses is no change. */
    private void change(String key, Runnable action, Runnable back) {
        if (over) {
            throw new IllegalStateException("story %s is over, it cannot change the server".formatted(story));
        }
        if (changed.contains(key)) {
            action.run();
            return;
        }
        insight.claim(key, story);
        try {
            action.run();
        } catch (RuntimeException refused) {
            insight.release(key, story);
            throw refused;
        }
        changed.add(key);
        undo.push(new Undo(key, back));
    }

    /** Undoes everything, even on a thread that is interrupted; what cannot be undone is told. */
    synchronized List<Throwable> restore() {
        over = true;
        boolean interrupted = Thread.interrupted();
        try {
            var found = new ArrayList<Throwable>();
            for (Undo one = undo.poll(); one != null; one = undo.poll()) {
                undo(one, found);
            }
            return found;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void undo(Undo one, List<Throwable> found) {
        try {
            one.action().run();
        } catch (RuntimeException e) {
            found.add(new IllegalStateException(
                    "%s of the server could not be restored: %s".formatted(one.key(), e.getMessage()), e));
        } finally {
            insight.release(one.key(), story);
        }
    }
}
