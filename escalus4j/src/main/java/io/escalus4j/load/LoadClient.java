package io.escalus4j.load;

import io.escalus4j.exml.Element;
import io.escalus4j.exml.StreamEvent;
import io.escalus4j.exml.StreamParser;
import io.escalus4j.exml.XmlException;
import io.escalus4j.exml.XmlLimits;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/**
 * One simulated user with one plain TCP stream. It reads on its {@link LoadLoop}; {@link #send} may be called on any
 * thread.
 */
public final class LoadClient {
    private static final BiConsumer<LoadClient, Element> NOBODY = (client, stanza) -> {};

    private final LoadLoop loop;
    private final SocketChannel channel;
    private final LoadLogin login;
    private final CompletableFuture<LoadClient> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private final StreamParser parser = StreamParser.ofStream(XmlLimits.STANDARD);
    private final ArrayDeque<ByteBuffer> unsent = new ArrayDeque<>();
    private final LoadLogin.Progress progress;
    private SelectionKey key;
    private boolean restarting;
    private volatile String jid = "";
    private volatile BiConsumer<LoadClient, Element> listener = NOBODY;
    private volatile long bytesRead;
    private volatile long stanzasRead;

    LoadClient(LoadLoop loop, SocketChannel channel, LoadLogin login) {
        this.loop = loop;
        this.channel = channel;
        this.login = login;
        this.progress = login.begin(this);
    }

    CompletableFuture<LoadClient> ready() {
        return ready;
    }

    /** The full JID, once it is bound. */
    public String jid() {
        return jid;
    }

    /** The localpart. */
    public String name() {
        return login.name();
    }

    /** Has each stanza that comes from now on told to {@code heard}, on the loop's thread. */
    public void listen(BiConsumer<LoadClient, Element> heard) {
        listener = heard;
    }

    /** All that has come on this stream, in bytes. */
    public long bytesRead() {
        return bytesRead;
    }

    /** How many first-level children of the stream have come. */
    public long stanzasRead() {
        return stanzasRead;
    }

    // ---- out

    /** Sends XML as it stands. Thread-safe. */
    public void send(String xml) {
        send(xml.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends XML as it stands; what the socket does not take at once waits. Thread-safe. */
    public synchronized void send(byte[] xml) {
        unsent.add(ByteBuffer.wrap(xml));
        if (unsent.size() == 1) {
            flush();
        }
    }

    synchronized void flush() {
        try {
            while (!unsent.isEmpty()) {
                channel.write(unsent.peek());
                if (unsent.peek().hasRemaining()) {
                    loop.run(() -> wantWriting(true));
                    return;
                }
                unsent.remove();
            }
            if (key != null && (key.interestOps() & SelectionKey.OP_WRITE) != 0) {
                loop.run(() -> wantWriting(false));
            }
        } catch (IOException | RuntimeException broken) {
            loop.run(() -> lost(broken));
        }
    }

    private void wantWriting(boolean wanted) {
        if (key.isValid()) {
            key.interestOps(wanted ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        }
    }

    // ---- in, on the loop's thread

    synchronized void begin(SelectionKey registered) {
        key = registered;
        send(login.header());
    }

    void read(ByteBuffer buffer) {
        try {
            int read = channel.read(buffer);
            if (read < 0) {
                throw new EOFException("the server has ended the connection of '%s'".formatted(name()));
            }
            bytesRead += read; // this thread alone writes it
            parser.feed(buffer.flip());
            for (var event = parser.next(); event.isPresent(); event = parser.next()) {
                take(event.get());
            }
        } catch (IOException | XmlException broken) {
            lost(broken);
        }
    }

    private void take(StreamEvent event) {
        if (!(event instanceof StreamEvent.Whole whole)) {
            return;
        }
        stanzasRead++;
        if (ready.isDone()) {
            listener.accept(this, whole.element());
            return;
        }
        progress.received(whole.element());
        if (restarting) {
            restarting = false;
            parser.reset();
        }
    }

    /** Opens the stream anew behind the element that is being read (RFC 6120 section 6.4.6). */
    void restart() {
        restarting = true;
        send(login.header());
    }

    void bound(String address) {
        jid = address;
        ready.complete(this);
    }

    void refused(Element answer) {
        lost(new IOException("'%s' was refused: %s".formatted(name(), answer)));
    }

    void lost(Exception why) {
        abort();
        ready.completeExceptionally(why);
    }

    // ---- the end

    /** Cuts the connection, as a phone does that is out of reach. */
    public void abort() {
        try {
            channel.close();
        } catch (IOException closedAnyway) {
            // there is nothing left to close
        }
        gone.complete(null);
    }

    /** Done when the connection is over, whoever has ended it. */
    public CompletableFuture<Void> gone() {
        return gone;
    }

    /** Ends the stream; the server ends the connection. */
    public void leave() {
        send("</stream:stream>");
    }
}
