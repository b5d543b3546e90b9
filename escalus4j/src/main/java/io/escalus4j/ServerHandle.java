package io.escalus4j;

import io.escalus4j.control.Insight;
import io.escalus4j.users.Provisioner;
import io.escalus4j.wire.ConnectionSettings;
import io.escalus4j.wire.Tls;
import io.escalus4j.wire.Transport;
import io.escalus4j.wire.Trust;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Supplier;
import org.opentest4j.TestAbortedException;

/**
 * The server that stories are told on: embedded, stand-alone or far away. Stories know no more of it than this. Thread-safe.
 *
 * @see RemoteServer
 */
public interface ServerHandle extends AutoCloseable {
    /** The XMPP domain of the users. */
    String domain();

    /** Where clients connect over TCP. */
    InetSocketAddress address();

    /** Where TLS is spoken from the first byte, if anywhere (XEP-0368). */
    default Optional<InetSocketAddress> directTls() {
        return Optional.empty();
    }

    /** Where WebSocket and BOSH are spoken without TLS, if anywhere. */
    default Optional<InetSocketAddress> http() {
        return Optional.empty();
    }

    /** Where WebSocket and BOSH are spoken over TLS, if anywhere. */
    default Optional<InetSocketAddress> https() {
        return Optional.empty();
    }

    /** How clients encrypt, unless a story says otherwise. */
    default Tls tls() {
        return Tls.REQUIRED;
    }

    /** Which certificates its clients believe. */
    default Trust trust() {
        return Trust.system();
    }

    /** Makes and removes the accounts of the stories. */
    Provisioner provisioner();

    /** Tells when nothing is on its way inside the server, if it can; else stories use a fence of marker messages. */
    default Optional<Quiescence> quiescence() {
        return Optional.empty();
    }

    /** The time of the server, if a story may move it. */
    default Optional<Clockwork> clockwork() {
        return Optional.empty();
    }

    /** Starts a server like this one, for one story alone, whose time is that story's; empty where there can be none. */
    default Optional<Supplier<ServerHandle>> alone() {
        return Optional.empty();
    }

    /** Where components connect (XEP-0114), if they may. */
    default Optional<ComponentDoor> components() {
        return Optional.empty();
    }

    /** The inside of the server, if it lets tests look there: always the same. */
    default Optional<Insight> insight() {
        return Optional.empty();
    }

    /** How a client connects, before it is said who that is. */
    default ConnectionSettings connection() {
        InetSocketAddress at = tls() == Tls.DIRECT ? directTls().orElse(address()) : address();
        return ConnectionSettings.to(domain(), at).withTls(tls()).withTrust(trust());
    }

    /**
     * The same for one way of connecting.
     *
     * @throws TestAbortedException if the server is not known to have it: the story does not apply
     */
    default ConnectionSettings connection(Transport transport) {
        var at = switch (transport) {
            case TCP, STARTTLS -> Optional.of(address());
            case TLS -> directTls();
            case WS, BOSH -> http();
            case WSS, BOSH_TLS -> https();
        };
        return connection()
                .withAddress(at.orElseThrow(() -> new TestAbortedException(
                        "not applicable: nobody has said where the server speaks " + transport)))
                .withTransport(transport);
    }

    /** Stops what this handle has started; nothing for a server that was there before. */
    @Override
    void close();
}
