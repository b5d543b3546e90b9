package io.escalus4j.stories.server;

import io.escalus4j.control.Feed;
import io.escalus4j.control.HookEvent;
import io.escalus4j.control.LogLine;
import io.escalus4j.control.ServerControl;
import io.escalus4j.control.SessionInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The inside of a server in this JVM, by its own hand. Thread-safe. */
record EmbeddedControl(io.escalus4j.server.control.ServerControl server) implements ServerControl {

    @Override
    public List<SessionInfo> sessions() {
        return server.sessions().stream()
                .map(one -> new SessionInfo(one.jid(), one.presence(), one.priority(), one.connected()))
                .toList();
    }

    @Override
    public String metrics() {
        return server.metrics();
    }

    @Override
    public Feed<HookEvent> events(long after) {
        return feed(
                server.events(after),
                one -> new HookEvent(one.number(), one.at(), one.hook(), one.subject(), one.jids()));
    }

    @Override
    public Feed<LogLine> log(long after) {
        return feed(
                server.log(after),
                one -> new LogLine(one.number(), one.at(), one.level(), one.logger(), one.about(), one.text()));
    }

    private static <T, R> Feed<R> feed(io.escalus4j.server.control.Feed<T> feed, Function<T, R> entry) {
        return new Feed<>(feed.entries().stream().map(entry).toList(), feed.last(), feed.lost());
    }

    @Override
    public Map<String, Map<String, Object>> modules() {
        return server.modules();
    }

    @Override
    public void set(String module, Map<String, Object> options) {
        server.set(module, options);
    }

    @Override
    public void without(String module) {
        server.without(module);
    }

    @Override
    public void install(Class<?> module) {
        server.install(module.getName());
    }

    @Override
    public void uninstall(Class<?> module) {
        server.uninstall(module.getName());
    }

    @Override
    public Instant now() {
        return server.now();
    }

    @Override
    public void advance(Duration time) {
        server.advance(time);
    }

    @Override
    public boolean awaitIdle(Duration within) {
        return server.awaitIdle(within);
    }

    @Override
    public void reset() {
        server.reset();
    }
}
