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
        Optional<Quiescence> quiescence,
        Doors doors)
        implements ServerHandle {

    /**
     * Where else than at its address a server listens.
     *
     * @param directTls where TLS comes first
     * @param http where WebSocket and BOSH are spoken without TLS
     * @param https where they are spoken over TLS
     */
    public record Doors(
            Optional<InetSocketAddress> directTls,
            Optional<InetSocketAddress> http,
            Optional<InetSocketAddress> https) {
        static final Doors NONE = new Doors(Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static RemoteServer at(String domain, InetSocketAddress address) {
        return new RemoteServer(
                domain, address, Tls.REQUIRED, Trust.system(), Optional.empty(), Optional.empty(), Doors.NONE);
    }

    /** With {@link Tls#DIRECT} the address is that of the TLS port. */
    public RemoteServer withTls(Tls tls) {
        return new RemoteServer(domain, address, tls, trust, own, quiescence, doors);
    }

    /** Where else it listens. */
    public RemoteServer withDoors(Doors others) {
        return new RemoteServer(domain, address, tls, trust, own, quiescence, others);
    }

    @Override
    public Optional<InetSocketAddress> directTls() {
        return doors.directTls();
    }

    @Override
    public Optional<InetSocketAddress> http() {
        return doors.http();
    }

    @Override
    public Optional<InetSocketAddress> https() {
        return doors.https();
    }

    public RemoteServer withTrust(Trust trust) {
        return new RemoteServer(domain, address, tls, trust, own, quiescence, doors);
    }

    public RemoteServer withProvisioner(Provisioner provisioner) {
        return new RemoteServer(domain, address, tls, trust, Optional.of(provisioner), quiescence, doors);
    }

    public RemoteServer withQuiescence(Quiescence quiescence) {
        return new RemoteServer(domain, address, tls, trust, own, Optional.of(quiescence), doors);
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
