package io.escalus4j.server.control;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * All that can be asked of the control port; docs/control-api.md has a row for each, which a test sees to. Thread-safe.
 */
final class ControlRoutes {
    /** Text goes out as it is, everything else as JSON. */
    record Text(String text) {}

    /**
     * One of them.
     *
     * @param path with {@code {name}} at its end where a name belongs
     */
    record Route(String method, String path, Function<ControlRequest, Object> answer) {
        @Override
        public String toString() {
            return method + ' ' + path;
        }

        /** The name in this path, empty if the route has none; no value if the path is another one. */
        private Optional<String> name(String asked) {
            if (!path.endsWith("{name}")) {
                return asked.equals(path) ? Optional.of("") : Optional.empty();
            }
            String start = path.substring(0, path.length() - "{name}".length());
            return Optional.of(asked)
                    .filter(text -> text.startsWith(start) && text.indexOf('/', start.length()) < 0)
                    .map(text -> text.substring(start.length()))
                    .filter(name -> !name.isEmpty());
        }
    }

    /** A route that was found, with the name in its path. */
    record Found(Route route, String name) {}

    private static final Map<String, Object> DONE = Map.of();
    private final List<Route> routes;

    ControlRoutes(ServerControl control) {
        this.routes = List.of(
                new Route("GET", "/sessions", ask -> control.sessions()),
                new Route("GET", "/metrics", ask -> new Text(control.metrics())),
                new Route("GET", "/events", ask -> readable(control.events(ask.after()))),
                new Route("GET", "/log", ask -> readable(control.log(ask.after()))),
                new Route("GET", "/modules", ask -> control.modules()),
                new Route("PUT", "/modules/{name}", ask -> done(() -> control.set(ask.name(), ask.object()))),
                new Route("DELETE", "/modules/{name}", ask -> done(() -> control.without(ask.name()))),
                new Route("PUT", "/classes/{name}", ask -> done(() -> control.install(ask.name()))),
                new Route("DELETE", "/classes/{name}", ask -> done(() -> control.uninstall(ask.name()))),
                new Route("GET", "/time", ask -> Map.of("now", control.now().toString())),
                new Route("POST", "/time", ask -> Map.of("timers", control.advance(ask.duration("advance")))),
                new Route("POST", "/idle", ask -> Map.of("idle", control.awaitIdle(ask.duration("within")))),
                new Route("POST", "/reset", ask -> done(control::reset)));
    }

    List<Route> all() {
        return routes;
    }

    /** The routes of this path, whatever their method. */
    List<Found> at(String path) {
        return routes.stream()
                .flatMap(route -> route.name(path).map(name -> new Found(route, name)).stream())
                .toList();
    }

    private static Object done(Runnable action) {
        action.run();
        return DONE;
    }

    /** Moments are text (ISO 8601). */
    private static Object readable(Feed<?> feed) {
        List<Object> entries =
                feed.entries().stream().map(ControlRoutes::readable).toList();
        return Map.of("entries", entries, "last", feed.last(), "lost", feed.lost());
    }

    private static Object readable(Object entry) {
        if (entry instanceof HookEvent event) {
            return Map.of(
                    "number", event.number(),
                    "at", event.at().toString(),
                    "hook", event.hook(),
                    "subject", event.subject(),
                    "jids", event.jids());
        }
        LogLine line = (LogLine) entry;
        return Map.of(
                "number", line.number(),
                "at", line.at().toString(),
                "level", line.level(),
                "logger", line.logger(),
                "about", line.about(),
                "text", line.text());
    }
}
