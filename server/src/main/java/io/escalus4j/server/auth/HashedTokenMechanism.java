package io.escalus4j.server.auth;

import static io.escalus4j.server.auth.SaslCondition.CREDENTIALS_EXPIRED;
import static io.escalus4j.server.auth.SaslCondition.MALFORMED_REQUEST;
import static io.escalus4j.server.auth.SaslCondition.NOT_AUTHORIZED;

import io.escalus4j.server.auth.FastTokens.Use;
import io.escalus4j.server.store.Tokens.Token;
import io.escalus4j.server.xmpp.Jid;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * HT-SHA-256-* (draft-schmaus-kitten-sasl-ht): both sides prove in one message each that they know the token.
 *
 * <pre>
 * C: alice NUL HMAC(token, "Initiator" + channel binding)
 * S: HMAC(token, "Responder" + channel binding)
 * </pre>
 */
final class HashedTokenMechanism implements SaslMechanism {
    static final Scram HASH = Scram.of("SHA-256");
    /** Stands in where there is no token, so that there is always something to compare. */
    private static final Token NOBODYS = new Token("", new byte[32], Instant.MAX);

    private final String mechanism;
    private final String domain;
    private final byte[] binding;
    private final Use use;
    private final FastTokens tokens;

    HashedTokenMechanism(String mechanism, String domain, byte[] binding, Use use, FastTokens tokens) {
        this.mechanism = mechanism;
        this.domain = domain;
        this.binding = binding;
        this.use = use;
        this.tokens = tokens;
    }

    @Override
    public CompletionStage<SaslStep> step(byte[] message) {
        int end = 0;
        while (end < message.length && message[end] != 0) {
            end++;
        }
        if (end == 0 || end >= message.length - 1) {
            return SaslStep.failed(MALFORMED_REQUEST);
        }
        byte[] proof = Arrays.copyOfRange(message, end + 1, message.length);
        return SaslText.decode(Arrays.copyOf(message, end))
                .flatMap(name -> SaslText.account(name, domain))
                .map(account -> step(account, proof))
                .orElseGet(() -> SaslStep.failed(NOT_AUTHORIZED));
    }

    private CompletionStage<SaslStep> step(Jid account, byte[] proof) {
        return tokens.of(account, use.client())
                .thenCompose(known -> known(known, proof)
                        .map(token -> step(account, token))
                        .orElseGet(() -> SaslStep.failed(NOT_AUTHORIZED)));
    }

    /** Each is compared, in a time that does not depend on how near it is (XEP-0484 section 7). */
    private Optional<Token> known(List<Token> known, byte[] proof) {
        Optional<Token> right = Optional.empty();
        for (Token token : known.isEmpty() ? List.of(NOBODYS) : known) {
            boolean matches = MessageDigest.isEqual(hashed(token, "Initiator"), proof);
            if (matches && token.mechanism().equals(mechanism)) {
                right = Optional.of(token);
            }
        }
        return right;
    }

    private CompletionStage<SaslStep> step(Jid account, Token token) {
        if (tokens.isOver(token)) {
            return SaslStep.failed(CREDENTIALS_EXPIRED);
        }
        if (use.count() < 0) {
            return SaslStep.failed(MALFORMED_REQUEST);
        }
        return tokens.used(account, token, use)
                .thenApply(right -> right
                        ? new SaslStep.Success(Principal.of(account), hashed(token, "Responder"))
                        : new SaslStep.Failure(NOT_AUTHORIZED));
    }

    /** The hash of the token is the key that HMAC makes of it. */
    private byte[] hashed(Token token, String side) {
        var message = new ByteArrayOutputStream();
        message.writeBytes(side.getBytes(StandardCharsets.US_ASCII));
        message.writeBytes(binding);
        return HASH.hmac(token.hash(), message.toByteArray());
    }
}
