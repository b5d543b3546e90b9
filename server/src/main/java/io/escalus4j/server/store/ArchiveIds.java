package io.escalus4j.server.store;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the ids of archived messages: each is greater than all before it, whatever becomes of the clock. Thread-safe.
 *
 * <p>When the clock has been set back, ids go on from the last one, a microsecond apart, until the clock is there again.
 */
public final class ArchiveIds {
    private static final String CIPHER = "AES/ECB/NoPadding"; // one block, never the same one twice
    private static final int KEY_BYTES = 16;

    private final Clock clock;
    private final int node;
    private final AtomicLong last;
    private final SecretKeySpec key;

    /**
     * @param node tells servers apart that write to the same archives
     * @param newest that the archives have, so that ids also grow over a restart
     */
    public ArchiveIds(Clock clock, int node, Optional<ArchiveId> newest) {
        this(clock, node, newest, freshKey());
    }

    /** @param key without which nobody reads an id that is shown; all servers of the same archives have the same one */
    public ArchiveIds(Clock clock, int node, Optional<ArchiveId> newest, byte[] key) {
        this.clock = clock;
        this.key = new SecretKeySpec(key, "AES");
        this.node = Math.floorMod(node, ArchiveId.NODES);
        this.last = new AtomicLong(
                newest.map(id -> ArchiveId.at(id.time(), this.node).value()).orElse(0L));
    }

    public ArchiveId next() {
        var now = ArchiveId.at(clock.instant(), node);
        return new ArchiveId(last.accumulateAndGet(
                now.value(),
                (before, wanted) -> Math.max(new ArchiveId(before).following().value(), wanted)));
    }

    public static byte[] freshKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    // ---- on the wire

    /** The id as others get to see it, who can tell nothing from it and not guess another (XEP-0313 section 3, XEP-0359 section 5). */
    public String show(ArchiveId id) {
        var block = ByteBuffer.allocate(2 * Long.BYTES).putLong(id.value());
        return HexFormat.of().formatHex(cipher(Cipher.ENCRYPT_MODE, block.array()));
    }

    /** Empty if this is no id that has been shown. */
    public Optional<ArchiveId> read(String shown) {
        return bytes(shown)
                .map(block -> ByteBuffer.wrap(cipher(Cipher.DECRYPT_MODE, block)))
                .filter(block -> block.getLong(Long.BYTES) == 0)
                .map(block -> new ArchiveId(block.getLong(0)));
    }

    private static Optional<byte[]> bytes(String hex) {
        return hex.matches("[0-9a-f]{32}") ? Optional.of(HexFormat.of().parseHex(hex)) : Optional.empty();
    }

    private byte[] cipher(int mode, byte[] block) {
        try {
            var cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, key);
            return cipher.doFinal(block);
        } catch (GeneralSecurityException never) {
            throw new IllegalStateException("this JDK has no AES", never);
        }
    }
}
