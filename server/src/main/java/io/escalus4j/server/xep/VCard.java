package io.escalus4j.server.xep;

import io.escalus4j.server.ServerContext;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Reply;
import io.escalus4j.server.module.To;
import io.escalus4j.server.module.Xep;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.StanzaError;
import io.escalus4j.server.xmpp.StanzaError.Condition;

/**
 * Keeps one vCard per account and shows it to everybody. Thread-safe.
 *
 * <p>To set another's is refused by the router: setting is for the own account.
 */
public final class VCard implements Module {
    static final String NS = "vcard-temp";
    private static final String KEY = NS;

    private final Limits limits;
    private final OwnDocuments documents;

    /** @param bytes of one vCard with its photo */
    public record Limits(int bytes) {
        public static final Limits STANDARD = new Limits(128 * 1024);

        public Limits {
            if (bytes < 1) {
                throw new IllegalArgumentException("bytes must be at least 1, was %d".formatted(bytes));
            }
        }
    }

    VCard(ServerContext context, Limits limits) {
        this.limits = limits;
        this.documents = new OwnDocuments(context, "vcard", context.stores().vcards(), 1);
    }

    @Override
    public Xep xep() {
        return new Xep(54, "vcard-temp", "1.3.0");
    }

    @Override
    public void install(Hooks hooks) {
        hooks.feature(NS)
                .iq(Iq.Type.GET, To.ACCOUNT, NS, "vCard", this::get)
                .iq(Iq.Type.SET, To.OWN_ACCOUNT, NS, "vCard", this::set);
    }

    private Reply get(Iq iq) {
        Jid owner = iq.to().orElse(iq.from()).bare();
        return Reply.later(documents
                .find(owner, KEY)
                .thenApply(found ->
                        found.map(Reply::result).orElseGet(() -> Reply.refused(whenNone(iq.from(), owner)))));
    }

    /** Others must not see whether it is the vCard or the account that is missing (section 3.3). */
    private static Condition whenNone(Jid asking, Jid owner) {
        return asking.bare().equals(owner) ? Condition.ITEM_NOT_FOUND : Condition.SERVICE_UNAVAILABLE;
    }

    private Reply set(Iq iq) {
        int bytes = iq.payload().toBytes().length;
        var tooBig = StanzaError.of(
                Condition.POLICY_VIOLATION, "a vCard of %d bytes, %d are allowed", bytes, limits.bytes());
        return bytes > limits.bytes()
                ? documents.refused(tooBig)
                : documents.put(iq.from().bare(), KEY, iq.payload(), tooBig);
    }
}
