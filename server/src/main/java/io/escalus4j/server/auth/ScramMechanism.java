package io.escalus4j.server.auth;

import static io.escalus4j.server.auth.SaslCondition.INVALID_AUTHZID;
import static io.escalus4j.server.auth.SaslCondition.MALFORMED_REQUEST;
import static io.escalus4j.server.auth.SaslCondition.NOT_AUTHORIZED;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.escalus4j.server.store.Accounts;
import io.escalus4j.server.store.Credentials;
import io.escalus4j.server.xmpp.Jid;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * SCRAM (RFC 5802, RFC 7677) over one hash, with {@code -PLUS} bound to the channel.
 *
 * <pre>
 * C: n,,n=alice,r=CNONCE                      or y,, where no -PLUS is offered, or p=tls-exporter,, with -PLUS
 * S: r=CNONCE SNONCE,s=SALT,i=ITERATIONS,h=H  for an unknown user just the same, by made-up credentials
 * C: c=BASE64(n,,),r=CNONCE SNONCE,p=PROOF    behind p=tls-exporter,, come the data of that binding
 * S: v=SIGNATURE
 * </pre>
 *
 * <p>A client that says {@code y} although {@code -PLUS} is offered was told something else by somebody in between, and is
 * refused (RFC 5802 section 6).
 */
final class ScramMechanism implements SaslMechanism {
    private final Scram scram;
    private final boolean plus;
    private final SaslOffer offer;
    private final Accounts accounts;
    private final Passwords passwords;
    private Function<String, CompletionStage<SaslStep>> expected = this::first;

    ScramMechanism(Scram scram, boolean plus, SaslOffer offer, Accounts accounts, Passwords passwords) {
        this.scram = scram;
        this.plus = plus;
        this.offer = offer;
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
        if (plus != (first.flag() == 'p')) {
            return SaslStep.failed(MALFORMED_REQUEST);
        }
        boolean deceived = first.flag() == 'y' && offer.binds();
        boolean unknown =
                first.binding().filter(type -> !offer.bindings().contains(type)).isPresent();
        return deceived || unknown ? SaslStep.failed(NOT_AUTHORIZED) : named(first);
    }

    private CompletionStage<SaslStep> named(ScramMessages.First first) {
        return SaslText.account(first.user(), offer.domain())
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
        String challenge = "r=%s,s=%s,i=%d%s".formatted(nonce, salt, verifier.iterations(), hashedOffer());
        var exchange = new Exchange(account, verifier, channelInput(first), nonce, first.bare() + ',' + challenge);
        expected = message -> CompletableFuture.completedFuture(last(exchange, message));
        return new SaslStep.Challenge(challenge.getBytes(UTF_8));
    }

    /** So that the client sees whether it was told the whole offer (XEP-0474). */
    private String hashedOffer() {
        byte[] hash = scram.digest(offer.canonical().getBytes(UTF_8));
        return offer.hashed() ? ",h=" + Base64.getEncoder().encodeToString(hash) : "";
    }

    private byte[] channelInput(ScramMessages.First first) {
        var input = new ByteArrayOutputStream();
        input.writeBytes(first.gs2Header().getBytes(UTF_8));
        first.binding()
                .ifPresent(type -> input.writeBytes(offer.channel().bindings().get(type)));
        return input.toByteArray();
    }

    /**
     * @param channel what the client must have repeated of the channel
     * @param messages the first two, as they go into the signature
     */
    private record Exchange(Jid account, Credentials.Scram verifier, byte[] channel, String nonce, String messages) {}

    private SaslStep last(Exchange exchange, String message) {
        return ScramMessages.Final.parse(message)
                .map(last -> last(exchange, last))
                .orElse(new SaslStep.Failure(MALFORMED_REQUEST));
    }

    private SaslStep last(Exchange exchange, ScramMessages.Final last) {
        String signed = exchange.messages() + ',' + last.withoutProof();
        boolean genuine = MessageDigest.isEqual(last.binding(), exchange.channel())
                & MessageDigest.isEqual(
                        last.nonce().getBytes(UTF_8), exchange.nonce().getBytes(UTF_8))
                & scram.isProof(last.proof(), exchange.verifier().storedKey(), signed);
        if (!genuine) {
            return new SaslStep.Failure(NOT_AUTHORIZED);
        }
        byte[] signature = scram.hmac(exchange.verifier().serverKey(), signed);
        String v = "v=" + Base64.getEncoder().encodeToString(signature);
        return new SaslStep.Success(Principal.of(exchange.account()), v.getBytes(UTF_8));
    }
}
