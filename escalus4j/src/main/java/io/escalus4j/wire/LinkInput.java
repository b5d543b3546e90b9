package io.escalus4j.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** Bytes on their way to the client: what was read from the socket may have to wait before it is seen. For one reader. */
final class LinkInput extends InputStream {
    /** How long a read may take, as {@link java.net.Socket#getSoTimeout()} says it. */
    interface Timeout {
        int millis() throws IOException;
    }

    private final InputStream socket;
    private final Pipe pipe;
    private final Timeout timeout;
    private final byte[] buffer = new byte[16 * 1024];
    private int next;
    private int end;
    private long release;

    LinkInput(InputStream socket, Pipe pipe, Timeout timeout) {
        this.socket = socket;
        this.pipe = pipe;
        this.timeout = timeout;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (next == end) {
            int read = fill();
            if (read < 0) {
                return read;
            }
        }
        await(release);
        int taken = Math.min(length, end - next);
        System.arraycopy(buffer, next, bytes, offset, taken);
        next += taken;
        return taken;
    }

    /** What is held back stays in the socket, as far as it is not here yet. */
    private int fill() throws IOException {
        await(System.nanoTime());
        int read = socket.read(buffer);
        if (read > 0) {
            next = 0;
            end = read;
            release = pipe.isClear() ? System.nanoTime() : pipe.release(read);
        }
        return read;
    }

    private void await(long moment) throws IOException {
        int millis = timeout.millis();
        if (!pipe.await(moment, millis == 0 ? Deadline.never() : Deadline.in(Duration.ofMillis(millis)))) {
            throw new SocketTimeoutException("Read timed out");
        }
    }

    @Override
    public int available() throws IOException {
        return end - next;
    }
}
