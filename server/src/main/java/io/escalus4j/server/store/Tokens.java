package io.escalus4j.server.store;

import io.escalus4j.server.xmpp.Jid;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The tokens that clients log in with instead of a password (XEP-0484). A client, an account's installation, has two places:
 * one for the token that it uses, one for a new one that it has not used yet (section 6.1). Thread-safe, like every port.
 */
public interface Tokens {
    /** What this client may log in with, the new token first. */
    CompletionStage<List<Token>> of(Jid account, String client);

    /**
     * Puts a token into the client's new place, where it replaces what is there.
     *
     * @param clients that an account may have; beyond that the one whose tokens end first is forgotten
     */
    CompletionStage<Void> offer(Jid account, String client, Token token, int clients);

    /**
     * Notes that the client has used its token: a new one takes the place of the one in use.
     *
     * @param count of the client, 0 if it does not count
     * @return {@code false} if the token is gone meanwhile, or has been used with this count or a higher one
     */
    CompletionStage<Boolean> use(Jid account, String client, Token token, long count);

    CompletionStage<Void> remove(Jid account, String client, Token token);

    /** Removes all tokens of the account. */
    CompletionStage<Void> clear(Jid account);

    /**
     * What is kept of a token. Its texts do not have the hash.
     *
     * @param mechanism the only one that it may be used with
     * @param hash SHA-256 of the token
     */
    record Token(String mechanism, byte[] hash, Instant expiry) {
        /** Names the token among those of its client. */
        public String name() {
            return HexFormat.of().formatHex(hash);
        }

        @Override
        public String toString() {
            return "Token[mechanism=%s, expiry=%s]".formatted(mechanism, expiry);
        }
    }
}
