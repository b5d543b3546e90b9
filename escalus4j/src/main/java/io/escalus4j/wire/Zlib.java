package io.escalus4j.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Compression of a stream both ways (XEP-0138, RFC 1950). What is sent can be read at once, and no more is inflated than
 * is asked for: a bomb meets the limits of the parser. Sending is thread-safe, reading belongs to one thread at a time.
 */
final class Zlib {
    private final ReentrantLock sending = new ReentrantLock();
    private final Deflater deflater = new Deflater();
    private final Inflater inflater = new Inflater();
    private final byte[] deflated = new byte[8192];
    private final byte[] received = new byte[8192];

    void write(byte[] bytes, TcpLine line) throws IOException {
        sending.lock(); // what is compressed first must be sent first
        try {
            deflater.setInput(bytes);
            var out = new ByteArrayOutputStream();
            int length = deflater.deflate(deflated, 0, deflated.length, Deflater.SYNC_FLUSH);
            while (length > 0) {
                out.write(deflated, 0, length);
                length = deflater.deflate(deflated, 0, deflated.length, Deflater.SYNC_FLUSH);
            }
            line.write(out.toByteArray());
        } finally {
            sending.unlock();
        }
    }

    /** As {@link TcpLine#read}. */
    int read(byte[] buffer, TcpLine line, Deadline deadline) throws IOException {
        try {
            int length = inflater.inflate(buffer);
            while (length == 0) {
                int more = inflater.finished() ? -1 : line.read(received, deadline);
                if (more < 0) {
                    return -1;
                }
                inflater.setInput(received, 0, more);
                length = inflater.inflate(buffer);
            }
            return length;
        } catch (DataFormatException broken) {
            throw new IOException("what came is not compressed with zlib: " + broken.getMessage(), broken);
        }
    }
}
