package io.escalus4j.control;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a server lets a test see and change of its inside, be it in this JVM or behind a control port. Implementations are
 * thread-safe. Stories use {@link WhiteBox}, which undoes what a story has changed.
 *
 * <p>Options are written as in the server's configuration file: text, numbers, truth values and lists, durations as
 * {@code "30s"}. Whatever a server refuses is an {@link IllegalArgumentException} with its words.
 */
public interface ServerControl {
    /** All sessions, those too that wait for their clients (XEP-0198 section 5). */
    List<SessionInfo> sessions();

    /** All metrics, in the text format of Prometheus. */
    String metrics();

    /** What happened at the hooks of the server after the event of this number. */
    Feed<HookEvent> events(long after);

    /** What the server has logged after the line of this number. */
    Feed<LogLine> log(long after);

    /** The options of each module that is installed, by its name in the configuration. */
    Map<String, Map<String, Object>> modules();

    /** Installs the module anew, or for the first time, with exactly these options; those that are not there have their standard. */
    void set(String module, Map<String, Object> options);

    /** Uninstalls the module. */
    void without(String module);

    /** Installs a module that is not in the server's catalogue; the server must have the class on its class path. */
    void install(Class<?> module);

    /** Uninstalls what {@link #install} has installed. */
    void uninstall(Class<?> module);

    /** What time it is there. */
    Instant now();

    /** Moves the server's clock; returns when all that became due has run. */
    void advance(Duration time);

    /** Waits until nothing goes on inside; whether that was so within the time. */
    boolean awaitIdle(Duration within);

    /** Makes it as it was when it started: modules, options, the feeds. Sessions and accounts stay. */
    void reset();
}
