package io.escalus4j.wire;

import java.io.IOException;
import javax.net.SocketFactory;

/** Makes connections: a wire, and one step after the other. */
public final class Connector {
    private Connector() {}

    /** @throws ConnectionException if anything at all goes wrong; nothing is left open then */
    public static Connection connect(ConnectionSettings settings) {
        Wire tcp = wire(settings);
        Wire linked = settings.link().map(link -> link.over(tcp)).orElse(tcp);
        Wire wire = settings.content().equals(Ns.CLIENT) ? linked : new ContentWire(linked, settings.content());
        var connection = new Connection(settings, wire);
        Features features = Features.NONE;
        String at = "";
        try {
            for (ConnectionStep step : settings.steps()) {
                at = step.name();
                connection.beginStep();
                features = step.run(connection, features);
            }
            return connection;
        } catch (Throwable cause) {
            wire.drop();
            throw new ConnectionException(settings.toString(), at, features, cause);
        }
    }

    private static SocketFactory sockets(ConnectionSettings settings) {
        return settings.link().map(link -> link.sockets(settings.sockets())).orElseGet(settings::sockets);
    }

    private static Wire wire(ConnectionSettings whole) {
        ConnectionSettings settings = whole.withSockets(sockets(whole));
        var deadline = Deadline.in(settings.timeout());
        try {
            return switch (settings.transport().carrier()) {
                case TCP -> TcpWire.connect(settings.sockets(), settings.address(), settings.limits(), deadline);
                case WEB_SOCKET -> WebSocketWire.connect(settings, deadline);
                case BOSH -> BoshWire.connect(settings);
            };
        } catch (IOException | RuntimeException e) {
            throw new ConnectionException(settings.toString(), "connect", Features.NONE, e);
        }
    }
}
