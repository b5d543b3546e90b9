package io.escalus4j.peer;

import io.escalus4j.RemoteServer;
import io.escalus4j.ServerHandle;
import io.escalus4j.control.FakeControl;
import io.escalus4j.control.Insight;
import io.escalus4j.users.Provisioner;
import io.escalus4j.wire.Tls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/** A toy server that lets one look inside, where there is what the test says. */
public record OpenServer(ToyServer toy, FakeControl control, Insight inside) implements ServerHandle {
    public static OpenServer start() throws IOException {
        var control = new FakeControl();
        return new OpenServer(ToyServer.start(), control, Insight.of(control));
    }

    private RemoteServer remote() {
        return toy.handle();
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
    public Optional<Insight> insight() {
        return Optional.of(inside);
    }

    @Override
    public void close() {
        try {
            toy.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
