package io.escalus4j.control;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An inside that is what a test says. Thread-safe. */
public final class FakeControl implements ServerControl {
    private final Map<String, Map<String, Object>> modules = new ConcurrentHashMap<>();
    private final List<Class<?>> added = new ArrayList<>();
    private final List<LogLine> lines = new ArrayList<>();
    private final List<SessionInfo> sessions = new ArrayList<>();

    private Instant now = Instant.EPOCH;

    public FakeControl() {
        install();
    }

    private void install() {
        modules.put("offline", Map.of("messages", 100));
        modules.put("blocking", Map.of());
    }

    public synchronized void logs(String level, String about, String text) {
        lines.add(new LogLine(lines.size() + 1, Instant.EPOCH, level, "server.Router", about, text));
    }

    public synchronized void has(SessionInfo session) {
        sessions.add(session);
    }

    public synchronized List<Class<?>> added() {
        return List.copyOf(added);
    }

    @Override
    public synchronized List<SessionInfo> sessions() {
        return List.copyOf(sessions);
    }

    @Override
    public String metrics() {
        return """
                # HELP xmpp_sessions bound
                xmpp_sessions 2.0
                xmpp_stanzas_total{direction="in",kind="iq"} 3.0
                xmpp_stanzas_total{direction="in",kind="message"} 4.0
                xmpp_stanzas_total_created 9.0
                """;
    }

    @Override
    public Feed<HookEvent> events(long after) {
        return new Feed<>(List.of(), 0, 0);
    }

    @Override
    public synchronized Feed<LogLine> log(long after) {
        return new Feed<>(lines.stream().filter(line -> line.number() > after).toList(), lines.size(), 0);
    }

    @Override
    public Map<String, Map<String, Object>> modules() {
        return new LinkedHashMap<>(modules);
    }

    @Override
    public void set(String module, Map<String, Object> options) {
        modules.put(module, Map.copyOf(options));
    }

    @Override
    public void without(String module) {
        modules.remove(module);
    }

    @Override
    public synchronized void install(Class<?> module) {
        added.add(module);
    }

    @Override
    public synchronized void uninstall(Class<?> module) {
        added.remove(module);
    }

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public synchronized void advance(Duration time) {
        now = now.plus(time);
    }

    @Override
    public boolean awaitIdle(Duration within) {
        return true;
    }

    @Override
    public synchronized void reset() {
        modules.clear();
        install();
        added.clear();
        now = Instant.EPOCH;
    }
}
