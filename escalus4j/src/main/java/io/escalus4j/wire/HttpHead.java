package io.escalus4j.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The first part of an HTTP/1.1 answer (RFC 9112): its status and its headers. Immutable.
 *
 * @param status for example 200
 * @param headers by their names in lower case
 */
record HttpHead(int status, Map<String, String> headers) {
    private static final int MOST_BYTES = 16 * 1024;

    /** Reads byte by byte what {@code in} has, up to the blank line and no further. */
    static HttpHead read(ByteSource in) throws IOException {
        var head = new ByteArrayOutputStream();
        int newlines = 0;
        while (newlines < 2) {
            int next = in.next();
            if (next < 0) {
                throw new IOException(
                        head.size() == 0
                                ? "the server closed the connection without an answer"
                                : "the server closed the connection within its answer");
            }
            if (head.size() == MOST_BYTES) {
                throw new IOException("the headers of the answer are longer than %d bytes".formatted(MOST_BYTES));
            }
            head.write(next);
            newlines = next == '\n' ? newlines + 1 : next == '\r' ? newlines : 0;
        }
        return parse(head.toString(StandardCharsets.ISO_8859_1));
    }

    private static HttpHead parse(String text) throws IOException {
        String[] lines = text.split("\r?\n");
        if (!lines[0].matches("HTTP/1\\.[01] [0-9]{3}.*")) {
            throw new IOException("the server does not speak HTTP/1.1 (RFC 9112 section 4)");
        }
        var headers = new TreeMap<String, String>();
        Arrays.stream(lines)
                .skip(1)
                .filter(line -> line.contains(":"))
                .forEach(line -> headers.put(
                        line.substring(0, line.indexOf(':')).strip().toLowerCase(Locale.ROOT),
                        line.substring(line.indexOf(':') + 1).strip()));
        return new HttpHead(Integer.parseInt(lines[0].substring(9, 12)), headers);
    }

    String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    /** Gives one byte after the other, -1 at the end. */
    @FunctionalInterface
    interface ByteSource {
        int next() throws IOException;
    }
}
