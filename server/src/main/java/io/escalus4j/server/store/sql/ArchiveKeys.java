package io.escalus4j.server.store.sql;

import io.escalus4j.server.xmpp.Jid;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Numbers that stand for names in the indexes of archives, the same on every server. A key only narrows the search: who
 * can choose a name could choose one with somebody else's key, so the name is compared as well.
 */
final class ArchiveKeys {
    /** To be followed by {@link #of}. */
    static final String OWNER = " where owner_key = ? and owner = ?";

    private ArchiveKeys() {}

    static int of(Jid name) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256")
                            .digest(name.toString().getBytes(StandardCharsets.UTF_8)))
                    .getInt();
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }
}
