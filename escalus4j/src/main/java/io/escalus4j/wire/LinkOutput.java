package io.escalus4j.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Bytes on their way to the server. They go straight on as long as nothing is wrong; else they wait here in their order,
 * and a thread that lives only as long takes them on. Who writes waits when a megabyte waits already, as for a full
 * socket. Thread-safe.
 */
final class LinkOutput extends OutputStream {
    private static final int CAPACITY = 1024 * 1024;

    private record Chunk(byte[] bytes, long release) {}

    private final OutputStream socket;
    private final Pipe pipe;
    private final Deque<Chunk> waiting = new ArrayDeque<>();
    private int size;
    private boolean busy;
    private boolean broken;
    private Runnable last = () -> {};

    LinkOutput(OutputStream socket, Pipe pipe) {
        this.socket = socket;
        this.pipe = pipe;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        byte[] shaped = pipe.shaped(bytes, offset, length);
        if (goesStraightOn()) {
            try {
                socket.write(shaped);
            } finally {
                done();
            }
            pipe.cutIfDue();
        } else {
            queue(shaped);
        }
    }

    private synchronized boolean goesStraightOn() throws IOException {
        requireOpen();
        boolean straight = !busy && pipe.isClear();
        busy = busy || straight;
        return straight;
    }

    private void requireOpen() throws IOException {
        if (broken || pipe.isClosed()) {
            throw new SocketException("Socket closed");
        }
    }

    private synchronized void done() {
        busy = !waiting.isEmpty();
        if (busy) {
            start();
        }
    }

    private synchronized void queue(byte[] bytes) throws IOException {
        awaitRoom(bytes.length);
        waiting.add(new Chunk(bytes, pipe.release(bytes.length)));
        size += bytes.length;
        if (!busy) {
            busy = true;
            start();
        }
    }

    private void awaitRoom(int length) throws IOException {
        try {
            requireOpen();
            while (size > 0 && size + length > CAPACITY) {
                wait();
                requireOpen();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SocketException("interrupted");
        }
    }

    private void start() {
        var thread = new Thread(this::carry, "link-out");
        thread.setDaemon(true);
        thread.start();
    }

    private void carry() {
        try {
            for (var next = next(); next.isPresent(); next = next()) {
                pipe.await(next.get().release(), Deadline.never());
                socket.write(next.get().bytes());
                taken(next.get());
                pipe.cutIfDue();
            }
        } catch (IOException gone) {
            breakOff();
        }
    }

    private synchronized Optional<Chunk> next() {
        if (waiting.isEmpty()) {
            busy = false;
            last.run();
        }
        return Optional.ofNullable(waiting.peek());
    }

    private synchronized void taken(Chunk chunk) {
        waiting.remove();
        size -= chunk.bytes().length;
        notifyAll();
    }

    private synchronized void breakOff() {
        broken = true;
        waiting.clear();
        busy = false;
        notifyAll();
        last.run();
    }

    /** Runs {@code then} when nothing waits here any more. */
    void whenEmpty(Runnable then) {
        synchronized (this) {
            if (busy) {
                last = then;
                return;
            }
        }
        then.run();
    }

    /** Whoever waits for room waits no longer. */
    synchronized void wake() {
        notifyAll();
    }

    @Override
    public void flush() throws IOException {
        // a socket has nothing to flush
    }
}
