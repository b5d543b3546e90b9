package io.escalus4j.server.stream;

import io.escalus4j.server.auth.TlsChannel;
import java.net.InetAddress;
import java.util.List;

/** The connection under a stream. What is not called thread-safe is to be called on the connection's event loop only. */
public interface Wire {
    /** Where the peer is. */
    InetAddress address();

    /** How the connection came in, for the metrics: {@code tcp} or {@code tls}, for example. */
    String transport();

    /** How the stream is cut up. Thread-safe. */
    Framing framing();

    boolean isSecure();

    /** What TLS can say for the client, once its handshake is over. */
    default TlsChannel security() {
        return TlsChannel.NONE;
    }

    /** From here on everything is TLS, both ways; what was written before still goes out in the clear. */
    void secure();

    /** Whether bytes are taken from the peer; what it sends meanwhile waits in the buffers of the network. */
    void reading(boolean wanted);

    /** Hands bytes to the socket, each of them a whole as its framing has it; {@code written} runs when they are in it, or lost with it. */
    void write(List<byte[]> bytes, Runnable written);

    /** The last was written: ends our side and waits, within bounds, for the peer to end its own, ignoring what it says. */
    void finish();

    /** Ends both sides now. */
    void abort();

    /** Thread-safe. */
    boolean inEventLoop();

    /** Runs {@code task} on the event loop, after everything that was handed in before. Thread-safe. */
    void execute(Runnable task);

    /** Runs {@code writer} on the event loop, together with those of its other connections. Thread-safe. */
    void whenWriting(Runnable writer);
}
