package io.escalus4j.server.auth;

import static io.escalus4j.server.auth.SaslCondition.INVALID_AUTHZID;
import static io.escalus4j.server.auth.SaslCondition.MALFORMED_REQUEST;
import static io.escalus4j.server.auth.SaslCondition.NOT_AUTHORIZED;

import io.escalus4j.server.store.Accounts;
import io.escalus4j.server.store.Credentials;
import io.escalus4j.server.xmpp.Jid;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PLAIN (RFC 4616): {@code [authzid] NUL authcid NUL password}. */
final class PlainMechanism implements SaslMechanism {
    private static final Pattern MESSAGE =
            Pattern.compile("(?<authzid>[^\0]*)\0(?<authcid>[^\0]+)\0(?<password>[^\0]+)");

    private final String domain;
    private final Accounts accounts;
    private final Passwords passwords;

    PlainMechanism(String domain, Accounts accounts, Passwords passwords) {
        this.domain = domain;
        this.accounts = accounts;
        this.passwords = passwords;
    }

    @Override
    public CompletionStage<SaslStep> step(byte[] message) {
        return SaslText.decode(message)
                .map(MESSAGE::matcher)
                .filter(Matcher::matches)
                .map(this::verify)
                .orElseGet(() -> SaslStep.failed(MALFORMED_REQUEST));
    }

    private CompletionStage<SaslStep> verify(Matcher message) {
        return SaslText.account(message.group("authcid"), domain)
                .map(account -> verify(account, message.group("authzid"), message.group("password")))
                .orElseGet(() -> SaslStep.failed(NOT_AUTHORIZED));
    }

    /**
     * The password is at hand here and never else, so credentials that have become weak are replaced (XEP-0438); if that
     * fails, they are good enough for this login.
     */
    private CompletionStage<Boolean> verify(Jid account, Optional<Credentials> known, String password) {
        return passwords
                .verify(account, known, password)
                .thenCompose(right -> right && known.filter(passwords::isWeak).isPresent()
                        ? passwords
                                .derive(password)
                                .thenCompose(stronger -> accounts.replace(account, known.get(), stronger))
                                .handle((replaced, failed) -> true)
                        : CompletableFuture.completedFuture(right));
    }

    private CompletionStage<SaslStep> verify(Jid account, String authzid, String password) {
        if (!SaslText.isOwn(authzid, account)) {
            return SaslStep.failed(INVALID_AUTHZID);
        }
        return accounts.credentials(account)
                .thenCompose(known -> verify(account, known, password))
                .thenApply(right -> right
                        ? new SaslStep.Success(Principal.of(account), new byte[0])
                        : new SaslStep.Failure(NOT_AUTHORIZED));
    }
}
