package io.escalus4j.server.control;

import io.escalus4j.server.XmppServer;
import io.escalus4j.server.config.ModuleOptions;
import io.escalus4j.server.config.Profile;
import io.escalus4j.server.module.Hook;
import io.escalus4j.server.module.HookSubject;
import io.escalus4j.server.xmpp.Jid;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a test may see and change of a server's inside. Thread-safe.
 *
 * <pre>{@code
 * try (var control = ServerControl.of(server)) {
 *     control.set("offline", Map.of("messages", 2));
 *     control.advance(Duration.ofMinutes(10));
 * }
 * }</pre>
 *
 * <p>It keeps the newest {@value #MOST} events and lines from when it is made. What is wrong with a call is an
 * {@link IllegalArgumentException}, what the server cannot do an {@link IllegalStateException}.
 */
public final class ServerControl implements AutoCloseable {
    private static final int MOST = 10_000;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final XmppServer server;
    private final AddedModules added;
    private final Ring<HookEvent> events = new Ring<>(MOST, HookEvent::number);
    private final Ring<LogLine> lines = new Ring<>(MOST, LogLine::number);
    private final List<LogTap.Open> taps;

    private ServerControl(XmppServer server) {
        this.server = server;
        this.added = new AddedModules(server.context());
        server.modules().observe(this::happened);
        this.taps =
                LogTap.onClassPath().stream().map(tap -> tap.open(this::logged)).toList();
    }

    /** @throws IllegalStateException if the server is one for production */
    public static ServerControl of(XmppServer server) {
        if (server.context().config().profile() != Profile.TEST) {
            throw new IllegalStateException("a server lets nobody look inside and change it but in the test profile");
        }
        return new ServerControl(server);
    }

    private void happened(Hook<?> hook, HookSubject subject) {
        var jids = subject.jids().stream().map(Jid::toString).toList();
        events.add(number -> new HookEvent(number, now(), hook.toString(), subject.kind(), jids));
    }

    /** Threads are named after their server, so lines of another server in this JVM are known. */
    private void logged(LogTap.Line line) {
        boolean ofAnother = line.thread().startsWith("xmpp-") && !line.thread().startsWith(server.name() + '-');
        if (!ofAnother) {
            lines.add(number -> new LogLine(number, line.at(), line.level(), line.logger(), line.about(), line.text()));
        }
    }

    // ---- what can be seen

    /** In the order of their JIDs. */
    public List<SessionInfo> sessions() {
        return server.sessions().all().stream()
                .map(SessionInfo::of)
                .sorted(Comparator.comparing(SessionInfo::jid))
                .toList();
    }

    /** In the text format of Prometheus. */
    public String metrics() {
        return server.scrapeMetrics();
    }

    public Feed<HookEvent> events(long after) {
        return events.after(after);
    }

    /** @throws IllegalStateException if no {@link LogTap} is on the class path */
    public Feed<LogLine> log(long after) {
        if (taps.isEmpty()) {
            throw new IllegalStateException(
                    "nobody can get at the log: no %s is on the class path".formatted(LogTap.class.getName()));
        }
        return lines.after(after);
    }

    public Instant now() {
        return server.context().time().now();
    }

    // ---- modules

    /** The options of each module that is installed, by its name in the configuration. */
    public Map<String, Map<String, Object>> modules() {
        var options = new LinkedHashMap<String, Map<String, Object>>();
        server.installed().settings().forEach((name, setting) -> options.put(name, ModuleOptions.of(setting)));
        return options;
    }

    /** Installs the module with exactly these options; the others have their standard. */
    public void set(String module, Map<String, Object> options) {
        var standard = server.installed().standard(module);
        server.installed().set(module, ModuleOptions.read(module, standard, options));
    }

    public void without(String module) {
        server.installed().without(module);
    }

    /** Installs a module that is not in the catalogue, by the name of its class, see {@link AddedModules}. */
    public void install(String className) {
        added.install(className);
    }

    public void uninstall(String className) {
        added.uninstall(className);
    }

    // ---- time

    /** Returns when all that became due has run; how many timers that were. */
    public int advance(Duration time) {
        return server.advance(time);
    }

    /** Whether nothing goes on inside, before the time is over. */
    public boolean awaitIdle(Duration within) {
        return server.awaitIdle(within.compareTo(LONGEST) > 0 ? LONGEST : within);
    }

    // ---- the end

    /** Modules and options are as when the server started; sessions, accounts, feeds and the time stay. */
    public void reset() {
        added.reset();
        server.installed().reset();
    }

    @Override
    public void close() {
        taps.forEach(LogTap.Open::close);
    }
}
