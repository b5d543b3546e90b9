package io.escalus4j.wire;

import io.escalus4j.exml.Element;
import io.escalus4j.exml.StreamEvent;
import io.escalus4j.exml.StreamParser;
import io.escalus4j.exml.XmlLimits;
import io.escalus4j.exml.XmlWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/**
 * A stream in the text messages of a WebSocket (RFC 7395, RFC 6455). Thread-safe as {@link Wire} says.
 *
 * <p>{@link #sendRaw} sends its bytes as one text message, {@link #sendFrame} any frame at all, and {@link #sendBytes}
 * what is not even a frame.
 */
public final class WebSocketWire implements Wire {
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int ENVELOPE_BYTES = 4096;

    private final TcpLine line;
    private final StreamParser parser;
    private final int mostBytes;
    private final SecureRandom random = new SecureRandom();
    private final byte[] buffer = new byte[8192];
    private ByteBuffer unread = ByteBuffer.allocate(0);
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private volatile boolean over;
    private volatile boolean closeSent;

    private WebSocketWire(TcpLine line, XmlLimits limits) {
        this.line = line;
        this.parser = StreamParser.ofFrames(limits);
        this.mostBytes = limits.elementBytes() + ENVELOPE_BYTES;
    }

    static WebSocketWire connect(ConnectionSettings settings, Deadline deadline) throws IOException {
        var line = TcpLine.connect(settings, deadline);
        try {
            var wire = new WebSocketWire(line, settings.limits());
            wire.shakeHands(settings, deadline);
            return wire;
        } catch (IOException | RuntimeException e) {
            line.drop();
            throw e;
        }
    }

    // ---- the handshake

    private void shakeHands(ConnectionSettings settings, Deadline deadline) throws IOException {
        byte[] nonce = new byte[16];
        random.nextBytes(nonce);
        String key = Base64.getEncoder().encodeToString(nonce);
        line.write(request(settings, key).getBytes(StandardCharsets.US_ASCII));
        var head = HttpHead.read(() -> nextByte(deadline));
        if (head.status() != 101) {
            throw new IOException("the server answered %d, 101 switches to WebSocket (RFC 6455 section 4.1)"
                    .formatted(head.status()));
        }
        if (!head.header("sec-websocket-accept").equals(accept(key))) {
            throw new IOException("the server did not accept our key (RFC 6455 section 4.1)");
        }
        if (!head.header("sec-websocket-protocol").equals("xmpp")) {
            throw new IOException("the server chose subprotocol '%s', it must be xmpp (RFC 7395 section 3.1)"
                    .formatted(head.header("sec-websocket-protocol")));
        }
    }

    private static String request(ConnectionSettings settings, String key) {
        return "GET %s HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: %s\r\nSec-WebSocket-Protocol: xmpp\r\n\r\n"
                .formatted(settings.path(), settings.hostHeader(), key);
    }

    private static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private int nextByte(Deadline deadline) throws IOException {
        if (!unread.hasRemaining() && !fill(deadline)) {
            return -1;
        }
        return unread.get() & 0xFF;
    }

    // ---- sending

    @Override
    public void open(Element header) throws IOException {
        send(Framed.open(header));
    }

    @Override
    public void send(Element element) throws IOException {
        sendRaw(XmlWriter.standalone().write(element));
    }

    @Override
    public void end() throws IOException {
        over = true;
        send(Framed.CLOSE);
    }

    /** As one text message. */
    @Override
    public void sendRaw(byte[] bytes) throws IOException {
        sendFrame(new WebSocketFrame(true, WebSocketFrame.TEXT, bytes));
    }

    public void sendFrame(WebSocketFrame frame) throws IOException {
        line.write(frame.masked(random));
    }

    /** Sends bytes that need not be a frame. */
    public void sendBytes(byte[] bytes) throws IOException {
        line.write(bytes);
    }

    /** A ping (RFC 7395 section 3.8). */
    @Override
    public void keepAlive() throws IOException {
        sendFrame(new WebSocketFrame(true, WebSocketFrame.PING, new byte[0]));
    }

    // ---- receiving

    @Override
    public Optional<StreamEvent> next(Deadline deadline) throws IOException {
        while (true) {
            var frame = frame(deadline);
            if (frame.isEmpty() || frame.get().opcode() == WebSocketFrame.CLOSE) {
                over = true;
                return Optional.empty();
            }
            if (frame.get().opcode() == WebSocketFrame.PING) {
                sendFrame(new WebSocketFrame(
                        true, WebSocketFrame.PONG, frame.get().payload()));
            } else if (!frame.get().isControl() && isWhole(frame.get())) {
                return Optional.of(event());
            }
        }
    }

    private Optional<WebSocketFrame> frame(Deadline deadline) throws IOException {
        var frame = read();
        while (frame.isEmpty()) {
            if (!fill(deadline)) {
                return frame;
            }
            frame = read();
        }
        return frame;
    }

    private Optional<WebSocketFrame> read() throws IOException {
        try {
            return WebSocketFrame.read(unread, mostBytes);
        } catch (IllegalArgumentException bad) {
            throw new IOException(bad.getMessage(), bad);
        }
    }

    private boolean fill(Deadline deadline) throws IOException {
        int length = line.read(buffer, deadline);
        if (length < 0) {
            return false;
        }
        unread = ByteBuffer.allocate(unread.remaining() + length)
                .put(unread)
                .put(buffer, 0, length)
                .flip();
        return true;
    }

    private boolean isWhole(WebSocketFrame part) throws IOException {
        if (part.opcode() == WebSocketFrame.BINARY) {
            throw new IOException("the server sent a binary message, XMPP is text (RFC 7395 section 3.2)");
        }
        if (message.size() + part.payload().length > mostBytes) {
            throw new IOException("the server sent a message of more than %d bytes".formatted(mostBytes));
        }
        message.writeBytes(part.payload());
        return part.last();
    }

    private StreamEvent event() throws IOException {
        byte[] whole = message.toByteArray();
        message.reset();
        parser.reset();
        parser.feed(whole);
        parser.end();
        var event = parser.next();
        if (event.isEmpty() || !parser.isDrained()) {
            throw new IOException("the server sent a message that is not one element (RFC 7395 section 3.3.3): "
                    + new String(Arrays.copyOf(whole, Math.min(whole.length, 80)), StandardCharsets.UTF_8));
        }
        var framed = Framed.event(((StreamEvent.Whole) event.get()).element());
        over = over || framed instanceof StreamEvent.End;
        return framed;
    }

    // ---- the rest

    @Override
    public void secure(Trust trust, String domain, Deadline deadline) throws IOException {
        throw new IOException("there is no STARTTLS in a WebSocket, TLS comes first (RFC 7395 section 3.9)");
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
        return "WebSocket over " + line.describe();
    }

    /** Where the streams are closed the WebSocket is closed too (RFC 7395 section 3.6). */
    @Override
    public void close() {
        if (over && !closeSent) {
            closeSent = true;
            try {
                sendFrame(WebSocketFrame.close(1000));
            } catch (IOException gone) {
                // who is gone needs no good-bye
            }
        }
        line.close();
    }

    @Override
    public void drop() {
        line.drop();
    }

    @Override
    public String toString() {
        return "WebSocket to " + line;
    }
}
