package io.escalus4j.wire;

import io.escalus4j.exml.Element;
import io.escalus4j.exml.StreamEvent;
import java.io.IOException;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/**
 * A way for XML to the server and back: TCP, WebSocket or BOSH.
 *
 * <p>Sending is thread-safe, {@link #next} belongs to one thread at a time, {@link #close} and {@link #drop}
 * may be called by anybody and wake both.
 */
public interface Wire {
    /** Opens the stream, or opens it anew: what comes from here on belongs to the new one. */
    void open(Element header) throws IOException;

    void send(Element element) throws IOException;

    /** Sends bytes just as they are. */
    void sendRaw(byte[] bytes) throws IOException;

    /** Sends the end of the stream. */
    void end() throws IOException;

    /**
     * The next event; empty when the peer sends no more.
     *
     * @throws java.net.SocketTimeoutException if the deadline is past
     * @throws io.escalus4j.exml.XmlException if what came is no XML stream
     */
    Optional<StreamEvent> next(Deadline deadline) throws IOException;

    /** Encrypts everything from here on; the peer's certificate must be one of {@code domain}. */
    void secure(Trust trust, String domain, Deadline deadline) throws IOException;

    /** Compresses everything from here on (XEP-0138). */
    default void compress() throws IOException {
        throw new IOException("this wire is not compressed: HTTP has its own ways (RFC 7395, XEP-0206 section 4)");
    }

    /** Sends something that says nothing, so that nobody in between takes the connection for dead. */
    void keepAlive() throws IOException;

    boolean isSecure();

    /** What channel bindings are made of; empty where nothing is encrypted, or by somebody else. */
    default Optional<SSLSession> tlsSession() {
        return Optional.empty();
    }

    /** What does the work, where this one only stands before it. */
    default Wire bare() {
        return this;
    }

    /** For people, for example {@code TLSv1.3, TLS_AES_128_GCM_SHA256}. */
    String describe();

    /** Gives everything back in good order, as far as nobody else is still sending. */
    void close();

    /** Gives everything back at once, without a word to the peer. */
    void drop();
}
