package io.escalus4j.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/**
 * One TCP connection, plain or encrypted, under any wire. Sending is thread-safe, reading belongs to one thread at a time,
 * {@link #close} and {@link #drop} may be called by anybody and wake both.
 */
final class TcpLine {
    private final Socket tcp;
    private final ReentrantLock sending = new ReentrantLock();
    private volatile Socket socket;

    private TcpLine(Socket tcp) {
        this.tcp = tcp;
        this.socket = tcp;
    }

    static TcpLine connect(SocketFactory sockets, InetSocketAddress address, Deadline deadline) throws IOException {
        Socket socket = sockets.createSocket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(resolved(address), deadline.millis());
            return new TcpLine(socket);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** The same for a wire that has TLS from its first byte on. */
    static TcpLine connect(ConnectionSettings settings, Deadline deadline) throws IOException {
        TcpLine line = connect(settings.sockets(), settings.address(), deadline);
        try {
            if (settings.tls() == Tls.DIRECT) {
                line.secure(settings.trust(), settings.domain(), deadline);
            }
            return line;
        } catch (IOException | RuntimeException e) {
            line.drop();
            throw e;
        }
    }

    private static InetSocketAddress resolved(InetSocketAddress address) {
        return address.isUnresolved() ? new InetSocketAddress(address.getHostString(), address.getPort()) : address;
    }

    void write(byte[] bytes) throws IOException {
        sending.lock();
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } finally {
            sending.unlock();
        }
    }

    /**
     * As {@link java.io.InputStream#read(byte[])}.
     *
     * @throws java.net.SocketTimeoutException if the deadline is past
     */
    int read(byte[] buffer, Deadline deadline) throws IOException {
        socket.setSoTimeout(deadline.millis());
        return socket.getInputStream().read(buffer);
    }

    /** Encrypts everything from here on; the peer's certificate must be one of {@code domain}. */
    void secure(Trust trust, String domain, Deadline deadline) throws IOException {
        var tls = (SSLSocket) trust.context().getSocketFactory().createSocket(tcp, domain, tcp.getPort(), true);
        var parameters = tls.getSSLParameters();
        trust.demand(parameters, domain);
        tls.setSSLParameters(parameters);
        tls.setSoTimeout(deadline.millis());
        tls.startHandshake();
        socket = tls;
    }

    boolean isSecure() {
        return socket != tcp;
    }

    Optional<SSLSession> tlsSession() {
        return socket instanceof SSLSocket tls ? Optional.of(tls.getSession()) : Optional.empty();
    }

    /** For example {@code TLSv1.3, TLS_AES_128_GCM_SHA256}. */
    String describe() {
        return tlsSession()
                .map(session -> "%s, %s".formatted(session.getProtocol(), session.getCipherSuite()))
                .orElse("plain TCP");
    }

    /** TLS says good-bye under the same lock as it writes: behind a blocked writer we would wait for ever. */
    void close() {
        if (sending.tryLock()) {
            try {
                closeQuietly(socket);
            } finally {
                sending.unlock();
            }
        }
        drop();
    }

    void drop() {
        closeQuietly(tcp);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            // a socket that cannot be closed is closed
        }
    }

    @Override
    public String toString() {
        return "%s, %s".formatted(tcp.getRemoteSocketAddress(), describe());
    }
}
