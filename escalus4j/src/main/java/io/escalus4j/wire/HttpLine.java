package io.escalus4j.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * One connection to an HTTP/1.1 server, on which one request follows the answer to another (RFC 9112). Confined to one
 * thread, except for {@link #drop}.
 */
final class HttpLine {
    private static final String REQUEST =
            "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: text/xml; charset=utf-8\r\nContent-Length: %d\r\n\r\n";

    private final ConnectionSettings settings;
    private final int mostBytes;
    private final TcpLine line;
    private final byte[] buffer = new byte[8192];
    private int at;
    private int end;
    private boolean reusable = true;

    private HttpLine(ConnectionSettings settings, int mostBytes, TcpLine line) {
        this.settings = settings;
        this.mostBytes = mostBytes;
        this.line = line;
    }

    /** @param mostBytes that one answer may have */
    static HttpLine connect(ConnectionSettings settings, int mostBytes) throws IOException {
        return new HttpLine(settings, mostBytes, TcpLine.connect(settings, Deadline.in(settings.timeout())));
    }

    TcpLine line() {
        return line;
    }

    /** Whether another request may follow. */
    boolean isReusable() {
        return reusable;
    }

    /** Asks, and waits for the answer as long as it takes. */
    byte[] post(byte[] content) throws IOException {
        byte[] head = REQUEST.formatted(settings.path(), settings.hostHeader(), content.length)
                .getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[head.length + content.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(content, 0, all, head.length, content.length);
        line.write(all);
        var answer = HttpHead.read(this::next);
        reusable = !answer.header("connection").equalsIgnoreCase("close");
        byte[] body = answer.header("transfer-encoding").equalsIgnoreCase("chunked")
                ? chunks()
                : bytes(length(answer.header("content-length")));
        if (answer.status() != 200) {
            throw new IOException("the server answered with status %d: %s"
                    .formatted(answer.status(), new String(body, StandardCharsets.UTF_8).strip()));
        }
        return body;
    }

    private int length(String text) throws IOException {
        if (!text.matches("[0-9]{1,9}")) {
            throw new IOException("the answer says no length (RFC 9112 section 6.3)");
        }
        return checked(Integer.parseInt(text));
    }

    private int checked(int length) throws IOException {
        if (length > mostBytes) {
            throw new IOException("an answer of %d bytes, %d are allowed".formatted(length, mostBytes));
        }
        return length;
    }

    private byte[] bytes(int length) throws IOException {
        byte[] body = new byte[length];
        for (int i = 0; i < length; i++) {
            body[i] = (byte) required();
        }
        return body;
    }

    /** Each has its length before it, in hexadecimal (section 7.1). */
    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        for (int length = chunkLength(); length > 0; length = chunkLength()) {
            checked(body.size() + length);
            body.writeBytes(bytes(length));
            readLine();
        }
        readLine();
        return body.toByteArray();
    }

    private int chunkLength() throws IOException {
        String text = readLine().replaceFirst(";.*", "").strip();
        if (!text.matches("[0-9a-fA-F]{1,7}")) {
            throw new IOException("a chunk of the answer says no length (RFC 9112 section 7.1)");
        }
        return Integer.parseInt(text, 16);
    }

    private String readLine() throws IOException {
        var text = new StringBuilder();
        for (int next = required(); next != '\n'; next = required()) {
            text.append((char) next);
            checked(text.length());
        }
        return text.toString().strip();
    }

    private int required() throws IOException {
        int next = next();
        if (next < 0) {
            throw new IOException("the server closed the connection within its answer");
        }
        return next;
    }

    private int next() throws IOException {
        if (at == end) {
            at = 0;
            end = Math.max(0, line.read(buffer, Deadline.never()));
        }
        return end == 0 ? -1 : buffer[at++] & 0xFF;
    }

    void drop() {
        line.drop();
    }
}
