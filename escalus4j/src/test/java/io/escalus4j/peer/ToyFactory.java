package io.escalus4j.peer;

import io.escalus4j.RemoteServer;
import io.escalus4j.ServerFactory;
import io.escalus4j.ServerHandle;
import io.escalus4j.Settings;
import io.escalus4j.users.Provisioner;
import io.escalus4j.wire.Tls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Set;

/** Starts toy servers; the only factory on the class path of our tests. */
public class ToyFactory implements ServerFactory {
    @Override
    public ServerHandle start(Settings settings) throws Exception {
        return new Handle(ToyServer.start(), settings.get("escalus.toy.colour").orElse("none"));
    }

    @Override
    public Set<String> keys() {
        return Set.of("escalus.toy.colour");
    }

    /** A toy server that is stopped with its handle. */
    public record Handle(ToyServer server, String colour) implements ServerHandle {
        private RemoteServer remote() {
            return server.handle();
        }

        @Override
        public String domain() {
            return remote().domain();
        }

        @Override
        public InetSocketAddress address() {
            return remote().address();
        }

        @Override
        public Tls tls() {
            return Tls.OFF;
        }

        @Override
        public Provisioner provisioner() {
            return remote().provisioner();
        }

        @Override
        public void close() {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
