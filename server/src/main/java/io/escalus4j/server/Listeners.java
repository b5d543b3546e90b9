package io.escalus4j.server;

import io.escalus4j.server.net.Listener;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** All ports of one server. Thread-safe. */
record Listeners(
        Listener tcp,
        Optional<Listener> direct,
        Optional<Listener> http,
        Optional<Listener> https,
        Optional<Listener> components) {

    private Stream<Listener> all() {
        return Stream.of(Optional.of(tcp), direct, http, https, components).flatMap(Optional::stream);
    }

    /** Nobody new gets in. */
    void stopAccepting() {
        all().forEach(Listener::stopAccepting);
    }

    void close(Duration limit) {
        all().forEach(listener -> listener.close(limit));
    }
}
