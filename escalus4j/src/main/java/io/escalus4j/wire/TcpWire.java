package io.escalus4j.wire;

import io.escalus4j.exml.Element;
import io.escalus4j.exml.StreamEvent;
import io.escalus4j.exml.StreamParser;
import io.escalus4j.exml.XmlLimits;
import io.escalus4j.exml.XmlWriter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSession;

/** A stream over one TCP connection (RFC 6120 section 3), plain or encrypted. Thread-safe as {@link Wire} says. */
public final class TcpWire implements Wire {
    private final TcpLine line;
    private final StreamParser parser;
    private final byte[] buffer = new byte[8192];
    private volatile Optional<Zlib> zlib = Optional.empty();
    /** What a stream looks like that somebody opens by raw bytes. */
    private volatile XmlWriter writer =
            XmlWriter.inStream(XmlWriter.streamHeader("stream", "stream", Ns.STREAMS, Ns.CLIENT));

    private TcpWire(TcpLine line, XmlLimits limits) {
        this.line = line;
        this.parser = StreamParser.ofStream(limits);
    }

    public static TcpWire connect(SocketFactory sockets, InetSocketAddress address, XmlLimits limits, Deadline deadline)
            throws IOException {
        return new TcpWire(TcpLine.connect(sockets, address, deadline), limits);
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
        if (zlib.isPresent()) {
            zlib.get().write(bytes, line);
        } else {
            line.write(bytes);
        }
    }

    /** White space between stanzas (RFC 6120 section 4.6.1). */
    @Override
    public void keepAlive() throws IOException {
        sendRaw(new byte[] {' '});
    }

    @Override
    public Optional<StreamEvent> next(Deadline deadline) throws IOException {
        Optional<StreamEvent> event = parser.next();
        while (event.isEmpty()) {
            int length = read(deadline);
            if (length < 0) {
                return event;
            }
            parser.feed(buffer, 0, length);
            event = parser.next();
        }
        return event;
    }

    private int read(Deadline deadline) throws IOException {
        return zlib.isPresent() ? zlib.get().read(buffer, line, deadline) : line.read(buffer, deadline);
    }

    /** What came in plain text behind {@code <proceed/>} could be an attacker's, believed as if it had come encrypted. */
    @Override
    public void secure(Trust trust, String domain, Deadline deadline) throws IOException {
        if (!parser.isDrained()) {
            throw new IOException(
                    "plain text came behind <proceed/>, the next byte must belong to TLS (RFC 6120 section 5.4.3.3)");
        }
        line.secure(trust, domain, deadline);
    }

    /** Compresses everything from here on, both ways (XEP-0138); the parser and its limits stay the same. */
    @Override
    public void compress() throws IOException {
        if (!parser.isDrained()) {
            throw new IOException("plain text came behind <compressed/>, the next byte must be compressed (XEP-0138)");
        }
        zlib = Optional.of(new Zlib());
    }

    @Override
    public boolean isSecure() {
        return line.isSecure();
    }

    @Override
    public Optional<SSLSession> tlsSession() {
        return line.tlsSession();
    }

    @Override
    public String describe() {
        return line.describe();
    }

    @Override
    public void close() {
        line.close();
    }

    @Override
    public void drop() {
        line.drop();
    }

    @Override
    public String toString() {
        return line.toString();
    }
}
