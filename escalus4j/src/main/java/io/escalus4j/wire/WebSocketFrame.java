package io.escalus4j.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * One frame (RFC 6455 section 5.2), right or wrong: a story can send any.
 *
 * <pre>
 * fin rsv opcode | masked length | [length: 2 or 8 bytes] | [mask: 4 bytes] | payload
 * </pre>
 *
 * @param last whether it is the last of its message
 * @param opcode what it is
 */
public record WebSocketFrame(boolean last, int opcode, byte[] payload) {
    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    static final int LAST = 0x80;
    static final int MASKED = 0x80;
    private static final int OPCODE = 0x0F;
    private static final int SHORT = 126;
    private static final int LONG = 127;
    private static final int MASK_BYTES = 4;

    public static WebSocketFrame text(String text) {
        return new WebSocketFrame(true, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** @param status for example 1000 (section 7.4) */
    public static WebSocketFrame close(int status) {
        return new WebSocketFrame(
                true, CLOSE, ByteBuffer.allocate(2).putShort((short) status).array());
    }

    boolean isControl() {
        return opcode >= CLOSE;
    }

    /** As a client sends it. */
    byte[] masked(SecureRandom random) {
        byte[] mask = new byte[MASK_BYTES];
        random.nextBytes(mask);
        var out = ByteBuffer.allocate(14 + payload.length);
        out.put((byte) ((last ? LAST : 0) | opcode));
        length(out, MASKED);
        out.put(mask);
        for (int i = 0; i < payload.length; i++) {
            out.put((byte) (payload[i] ^ mask[i % MASK_BYTES]));
        }
        return bytes(out);
    }

    /** As a server sends it; a client must not (section 5.1). */
    public byte[] unmasked() {
        var out = ByteBuffer.allocate(10 + payload.length);
        out.put((byte) ((last ? LAST : 0) | opcode));
        length(out, 0);
        out.put(payload);
        return bytes(out);
    }

    private void length(ByteBuffer out, int masked) {
        if (payload.length < SHORT) {
            out.put((byte) (masked | payload.length));
        } else if (payload.length <= 0xFFFF) {
            out.put((byte) (masked | SHORT)).putShort((short) payload.length);
        } else {
            out.put((byte) (masked | LONG)).putLong(payload.length);
        }
    }

    private static byte[] bytes(ByteBuffer out) {
        byte[] bytes = new byte[out.flip().remaining()];
        out.get(bytes);
        return bytes;
    }

    /**
     * The next frame of a server, if all of it is here; the position moves behind it.
     *
     * @throws IllegalArgumentException if it is none, or longer than {@code most}
     */
    static Optional<WebSocketFrame> read(ByteBuffer in, int most) {
        var look = in.duplicate();
        if (look.remaining() < 2) {
            return Optional.empty();
        }
        int first = look.get();
        int second = look.get();
        require((first & 0x70) == 0, "reserved bits are set (RFC 6455 section 5.2)");
        require((second & MASKED) == 0, "a server masks no frames (RFC 6455 section 5.1)");
        int more = lengthBytes(second);
        if (look.remaining() < more) {
            return Optional.empty();
        }
        long length = more == 0 ? second : more == 2 ? look.getShort() & 0xFFFF : look.getLong();
        require(length >= 0 && length <= most, "a frame of %d bytes, %d are allowed".formatted(length, most));
        if (look.remaining() < length) {
            return Optional.empty();
        }
        byte[] payload = new byte[(int) length];
        look.get(payload);
        in.position(look.position());
        return Optional.of(new WebSocketFrame((first & LAST) != 0, first & OPCODE, payload));
    }

    private static int lengthBytes(int second) {
        return second == SHORT ? 2 : second == LONG ? 8 : 0;
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("the server sent a bad WebSocket frame: " + rule);
        }
    }
}
