package io.escalus4j.wire;

import io.escalus4j.exml.Element;
import io.escalus4j.exml.StreamEvent;
import io.escalus4j.exml.StreamParser;
import io.escalus4j.exml.XmlLimits;
import io.escalus4j.exml.XmlWriter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** A stream over one TCP connection (RFC 6120 section 3), plain or encrypted. Thread-safe as {@link Wire} says. */
public final class TcpWire implements Wire {
    private final Socket tcp;
    private final StreamParser parser;
    private final byte[] buffer = new byte[8192];
    private final ReentrantLock sending = new ReentrantLock();
    private volatile Socket socket;
    /** What a stream looks like that somebody opens by raw bytes. */
    private volatile XmlWriter writer =
            XmlWriter.inStream(XmlWriter.streamHeader("stream", "stream", Ns.STREAMS, Ns.CLIENT));

    private TcpWire(Socket tcp, XmlLimits limits) {
        this.tcp = tcp;
        this.socket = tcp;
        this.parser = StreamParser.ofStream(limits);
    }

    public static TcpWire connect(SocketFactory sockets, InetSocketAddress address, XmlLimits limits, Deadline deadline)
            throws IOException {
        Socket socket = sockets.createSocket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(resolved(address), deadline.millis());
            return new TcpWire(socket, limits);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static InetSocketAddress resolved(InetSocketAddress address) {
        return address.isUnresolved() ? new InetSocketAddress(address.getHostString(), address.getPort()) : address;
    }

    @Override
    public void open(Element header) throws IOException {
        parser.reset();
        writer = XmlWriter.inStream(header);
        sendRaw(writer.open());
    }

    @Override
    public void send(Element element) throws IOException {
        sendRaw(writer.write(element));
    }

    @Override
    public void end() throws IOException {
        sendRaw(writer.close());
    }

    @Override
    public void sendRaw(byte[] bytes) throws IOException {
        sending.lock();
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } finally {
            sending.unlock();
        }
    }

    @Override
    public Optional<StreamEvent> next(Deadline deadline) throws IOException {
        Optional<StreamEvent> event = parser.next();
        while (event.isEmpty()) {
            socket.setSoTimeout(deadline.millis());
            int length = socket.getInputStream().read(buffer);
            if (length < 0) {
                return event;
            }
            parser.feed(buffer, 0, length);
            event = parser.next();
        }
        return event;
    }

    /** What came in plain text behind {@code <proceed/>} could be an attacker's, believed as if it had come encrypted. */
    @Override
    public void secure(Trust trust, String domain, Deadline deadline) throws IOException {
        if (!parser.isDrained()) {
            throw new IOException(
                    "plain text came behind <proceed/>, the next byte must belong to TLS (RFC 6120 section 5.4.3.3)");
        }
        var tls = (SSLSocket) trust.context().getSocketFactory().createSocket(tcp, domain, tcp.getPort(), true);
        var parameters = tls.getSSLParameters();
        trust.demand(parameters, domain);
        tls.setSSLParameters(parameters);
        tls.setSoTimeout(deadline.millis());
        tls.startHandshake();
        socket = tls;
    }

    @Override
    public boolean isSecure() {
        return socket != tcp;
    }

    @Override
    public Optional<SSLSession> tlsSession() {
        return socket instanceof SSLSocket tls ? Optional.of(tls.getSession()) : Optional.empty();
    }

    @Override
    public String describe() {
        return socket instanceof SSLSocket tls
                ? "%s, %s"
                        .formatted(
                                tls.getSession().getProtocol(), tls.getSession().getCipherSuite())
                : "plain TCP";
    }

    /** TLS says good-bye under the same lock as it writes: behind a blocked writer we would wait for ever. */
    @Override
    public void close() {
        if (sending.tryLock()) {
            try {
                closeQuietly(socket);
            } finally {
                sending.unlock();
            }
        }
        drop();
    }

    @Override
    public void drop() {
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
