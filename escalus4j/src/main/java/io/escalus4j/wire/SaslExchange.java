package io.escalus4j.wire;

import java.util.Optional;

/**
 * One authentication, from the client's side. Texts of its exceptions never carry what was exchanged. Confined to one
 * thread.
 */
public interface SaslExchange {
    /** What the client says first; empty if it waits for a challenge. */
    Optional<byte[]> initialResponse();

    /** @throws SaslViolation if the challenge breaks the mechanism's rules */
    byte[] respond(byte[] challenge);

    /**
     * The server says that it knows us now; does it?
     *
     * @param data what came with its success, may be empty
     * @throws SaslViolation if it has not proven itself where the mechanism asks for it
     */
    void finish(byte[] data);
}
