package io.escalus4j;

import io.escalus4j.exml.Element;
import io.escalus4j.exml.StreamEvent;
import io.escalus4j.exml.XmlException;
import io.escalus4j.wire.Deadline;
import io.escalus4j.wire.Ending;
import io.escalus4j.wire.StreamManagement;
import io.escalus4j.wire.Wire;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * A negotiated stream: one thread reads it for as long as it lasts. Thread-safe. The receiver is called by the reader
 * alone; when {@link #ended} completes it has got everything that came.
 */
final class LiveStream {
    private final Wire wire;
    private final Optional<StreamManagement> management;
    private final Duration keepAlive;
    private final Consumer<Element> receiver;
    private final CompletableFuture<Ending> ended = new CompletableFuture<>();
    private final AtomicReference<Optional<Ending>> ours = new AtomicReference<>(Optional.empty());
    private final CompletableFuture<Thread> reader = new CompletableFuture<>();

    /** @param keepAlive how long nothing may come until the wire is kept alive */
    LiveStream(Wire wire, Optional<StreamManagement> management, Duration keepAlive, Consumer<Element> receiver) {
        this.wire = wire;
        this.management = management;
        this.keepAlive = keepAlive;
        this.receiver = receiver;
    }

    /** @param first what the reader does before it reads */
    void start(String name, Runnable first) {
        reader.complete(Threads.start("reader-" + name, () -> {
            first.run();
            read();
        }));
    }

    /** Completes when nothing more will come, with the reason. */
    CompletableFuture<Ending> ended() {
        return ended;
    }

    /** Why it has ended, or is about to because we want it. */
    Optional<Ending> ending() {
        return ours.get().or(() -> Optional.ofNullable(ended.getNow(null)));
    }

    // ---- reading

    private void read() {
        Ending ending;
        try {
            ending = readToEnd();
        } catch (XmlException e) {
            ending = Ending.of("the server sent what is no XML stream: " + e.getMessage());
        } catch (IOException e) {
            ending = Ending.of("the connection was lost: " + e.getMessage());
        } catch (RuntimeException e) {
            ending = Ending.of(e);
        }
        answerEnd();
        wire.close();
        ended.complete(ours.get().orElse(ending));
    }

    private Ending readToEnd() throws IOException {
        while (true) {
            Optional<StreamEvent> event = next();
            if (event.isEmpty()) {
                return Ending.of("the server closed the connection without </stream:stream>");
            }
            if (event.get() instanceof StreamEvent.Whole whole) {
                management.ifPresent(counters -> counters.received(whole.element()));
                receiver.accept(whole.element());
                if (Ending.isStreamError(whole.element())) {
                    return Ending.streamError(whole.element());
                }
            } else if (event.get() instanceof StreamEvent.Start start) {
                receiver.accept(start.header());
            } else {
                return Ending.of("the server closed the stream");
            }
        }
    }

    private Optional<StreamEvent> next() throws IOException {
        while (true) {
            try {
                return wire.next(Deadline.in(keepAlive));
            } catch (SocketTimeoutException silence) {
                wire.keepAlive();
            }
        }
    }

    /** Both sides close (RFC 6120 section 4.4). */
    private void answerEnd() {
        if (ours.get().isEmpty()) {
            endQuietly();
        }
    }

    private void endQuietly() {
        try {
            wire.end();
        } catch (IOException gone) {
            // who is gone needs no good-bye
        }
    }

    // ---- writing

    void send(Element element) throws IOException {
        if (management.isPresent()) {
            management.get().send(element, wire);
        } else {
            wire.send(element);
        }
    }

    /** Who is gone hears nothing: the reader notices. */
    void sendIfOpen(Element element) {
        try {
            send(element);
        } catch (IOException gone) {
            // the reader of the stream notices
        }
    }

    void sendRaw(byte[] bytes) throws IOException {
        wire.sendRaw(bytes);
    }

    // ---- ending

    /** Says good-bye and waits for the server's, at most for {@code timeout}. */
    void close(Duration timeout) {
        if (endOnce("the story closed it")) {
            endQuietly();
            Waits.until(ended, Deadline.in(timeout));
        }
        wire.close();
    }

    /** Ends it at once. */
    void kill(String why) {
        endOnce(why);
        wire.drop();
    }

    private boolean endOnce(String why) {
        return !ended.isDone() && ours.compareAndSet(Optional.empty(), Optional.of(Ending.of(why)));
    }

    /** Whether the reader's thread is no more, after at most {@code timeout}. */
    boolean isOver(Duration timeout) {
        try {
            Thread thread = reader.join();
            thread.join(Math.max(1, timeout.toMillis()));
            return !thread.isAlive();
        } catch (InterruptedException e) {
            throw Interrupted.now();
        }
    }
}
