package io.escalus4j;

import io.escalus4j.users.Provisioner;
import io.escalus4j.wire.Tls;
import io.escalus4j.wire.Trust;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * A server that runs already, wherever. Immutable; every {@code with} returns a copy. Closing it does nothing.
 *
 * <pre>{@code
 * RemoteServer.at("example.org", new InetSocketAddress("127.0.0.1", 5222))
 *     .withTrust(Trust.certificate(Path.of("ca.pem")));
 * }</pre>
 *
 * <p>Accounts are made by in-band registration unless {@link #withProvisioner} says otherwise.
 */
public record RemoteServer(
        String domain,
        InetSocketAddress address,
        Tls tls,
        Trust trust,
        Optional<Provisioner> own,
        Optional<Quiescence> quiescence)
        implements ServerHandle {

    public static RemoteServer at(String domain, InetSocketAddress address) {
        return new RemoteServer(domain, address, Tls.REQUIRED, Trust.system(), Optional.empty(), Optional.empty());
    }

    /** With {@link Tls#DIRECT} the address is that of the TLS port. */
    public RemoteServer withTls(Tls tls) {
        return new RemoteServer(domain, address, tls, trust, own, quiescence);
    }

    public RemoteServer withTrust(Trust trust) {
        return new RemoteServer(domain, address, tls, trust, own, quiescence);
    }

    public RemoteServer withProvisioner(Provisioner provisioner) {
        return new RemoteServer(domain, address, tls, trust, Optional.of(provisioner), quiescence);
    }

    public RemoteServer withQuiescence(Quiescence quiescence) {
        return new RemoteServer(domain, address, tls, trust, own, Optional.of(quiescence));
    }

    @Override
    public Provisioner provisioner() {
        return own.orElseGet(() -> Provisioner.inBand(connection()));
    }

    @Override
    public void close() {
        // not ours to stop
    }
}
