package io.escalus4j.server.auth;

import static io.escalus4j.server.auth.SaslCondition.INVALID_AUTHZID;
import static io.escalus4j.server.auth.SaslCondition.MALFORMED_REQUEST;
import static io.escalus4j.server.auth.SaslCondition.NOT_AUTHORIZED;

import io.escalus4j.server.store.Accounts;
import io.escalus4j.server.xmpp.Jid;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * EXTERNAL by the client's certificate (RFC 4422 appendix A, XEP-0178 section 2): it names accounts, the client may say
 * which of them it is. Nothing else in the certificate counts, least of all its subject.
 */
final class ExternalMechanism implements SaslMechanism {
    private final List<Jid> named;
    private final Accounts accounts;

    ExternalMechanism(SaslOffer offer, Accounts accounts) {
        this.named = offer.channel().client().map(XmppAddresses::of).orElse(List.of()).stream()
                .filter(jid -> jid.domain().equals(offer.domain()))
                .toList();
        this.accounts = accounts;
    }

    @Override
    public CompletionStage<SaslStep> step(byte[] message) {
        return SaslText.decode(message).map(this::claimed).orElseGet(() -> SaslStep.failed(MALFORMED_REQUEST));
    }

    private CompletionStage<SaslStep> claimed(String authzid) {
        if (named.isEmpty()) {
            return SaslStep.failed(NOT_AUTHORIZED);
        }
        if (authzid.isEmpty()) {
            return named.size() == 1 ? known(named.get(0)) : SaslStep.failed(INVALID_AUTHZID);
        }
        return Jid.parse(authzid)
                .filter(named::contains)
                .map(this::known)
                .orElseGet(() -> SaslStep.failed(INVALID_AUTHZID));
    }

    private CompletionStage<SaslStep> known(Jid account) {
        return accounts.exists(account)
                .thenApply(exists -> exists
                        ? new SaslStep.Success(Principal.of(account), new byte[0])
                        : new SaslStep.Failure(NOT_AUTHORIZED));
    }
}
