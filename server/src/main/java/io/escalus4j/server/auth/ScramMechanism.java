package io.escalus4j.server.auth;

import static io.escalus4j.server.auth.SaslCondition.INVALID_AUTHZID;
import static io.escalus4j.server.auth.SaslCondition.MALFORMED_REQUEST;
import static io.escalus4j.server.auth.SaslCondition.NOT_AUTHORIZED;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.escalus4j.server.store.Accounts;
import io.escalus4j.server.store.Credentials;
import io.escalus4j.server.xmpp.Jid;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * SCRAM (RFC 5802, RFC 7677) over one hash, without channel binding.
 *
 * <pre>
 * C: n,,n=alice,r=CNONCE                      the channel flag y is right too: no -PLUS is offered
 * S: r=CNONCE SNONCE,s=SALT,i=ITERATIONS      for an unknown user just the same, by made-up credentials
 * C: c=BASE64(n,,),r=CNONCE SNONCE,p=PROOF
 * S: v=SIGNATURE
 * </pre>
 */
final class ScramMechanism implements SaslMechanism {
    private final Scram scram;
    private final String domain;
    private final Accounts accounts;
    private final Passwords passwords;
    private Function<String, CompletionStage<SaslStep>> expected = this::first;

    ScramMechanism(Scram scram, String domain, Accounts accounts, Passwords passwords) {
        this.scram = scram;
        this.domain = domain;
        this.accounts = accounts;
        this.passwords = passwords;
    }

    @Override
    public CompletionStage<SaslStep> step(byte[] message) {
        var now = expected;
        expected = tooMany -> SaslStep.failed(MALFORMED_REQUEST);
        return SaslText.decode(message).map(now).orElseGet(() -> SaslStep.failed(MALFORMED_REQUEST));
    }

    private CompletionStage<SaslStep> first(String message) {
        return ScramMessages.First.parse(message).map(this::first).orElseGet(() -> SaslStep.failed(MALFORMED_REQUEST));
    }

    private CompletionStage<SaslStep> first(ScramMessages.First first) {
        return SaslText.account(first.user(), domain)
                .map(account -> first(first, account))
                .orElseGet(() -> SaslStep.failed(NOT_AUTHORIZED));
    }

    private CompletionStage<SaslStep> first(ScramMessages.First first, Jid account) {
        if (!SaslText.isOwn(first.authzid(), account)) {
            return SaslStep.failed(INVALID_AUTHZID);
        }
        return accounts.credentials(account)
                .thenApply(known -> challenge(first, account, passwords.verifier(account, known, scram)));
    }

    private SaslStep challenge(ScramMessages.First first, Jid account, Credentials.Scram verifier) {
        String nonce = first.nonce() + passwords.nonce();
        String salt = Base64.getEncoder().encodeToString(verifier.salt());
        String challenge = "r=%s,s=%s,i=%d".formatted(nonce, salt, verifier.iterations());
        var exchange = new Exchange(account, verifier, first.gs2Header(), nonce, first.bare() + ',' + challenge);
        expected = message -> CompletableFuture.completedFuture(last(exchange, message));
        return new SaslStep.Challenge(challenge.getBytes(UTF_8));
    }

    /** @param messages the first two, as they go into the signature */
    private record Exchange(Jid account, Credentials.Scram verifier, String gs2Header, String nonce, String messages) {}

    private SaslStep last(Exchange exchange, String message) {
        return ScramMessages.Final.parse(message)
                .map(last -> last(exchange, last))
                .orElse(new SaslStep.Failure(MALFORMED_REQUEST));
    }

    private SaslStep last(Exchange exchange, ScramMessages.Final last) {
        String signed = exchange.messages() + ',' + last.withoutProof();
        boolean genuine =
                MessageDigest.isEqual(last.binding(), exchange.gs2Header().getBytes(UTF_8))
                        & MessageDigest.isEqual(
                                last.nonce().getBytes(UTF_8), exchange.nonce().getBytes(UTF_8))
                        & scram.isProof(last.proof(), exchange.verifier().storedKey(), signed);
        if (!genuine) {
            return new SaslStep.Failure(NOT_AUTHORIZED);
        }
        byte[] signature = scram.hmac(exchange.verifier().serverKey(), signed);
        String v = "v=" + Base64.getEncoder().encodeToString(signature);
        return new SaslStep.Success(exchange.account(), v.getBytes(UTF_8));
    }
}
