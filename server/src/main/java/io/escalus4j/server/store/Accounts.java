package io.escalus4j.server.store;

import io.escalus4j.server.xmpp.Jid;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The accounts and how they prove who they are; never a password. Thread-safe, like every port. */
public interface Accounts extends OwnedData {
    /** Creates the account; {@code false} if there is one already. */
    CompletionStage<Boolean> create(Jid account, Credentials credentials);

    CompletionStage<Boolean> exists(Jid account);

    CompletionStage<Optional<Credentials>> credentials(Jid account);

    /** {@code false} if there is no such account. */
    CompletionStage<Boolean> change(Jid account, Credentials credentials);

    /** {@link #change}, but only if the credentials are still {@code known}; {@code false} otherwise. */
    CompletionStage<Boolean> replace(Jid account, Credentials known, Credentials credentials);

    /** Of a domain, by their JIDs. */
    CompletionStage<List<Jid>> all(String domain);

    /** The first of them, at most {@code most}. */
    CompletionStage<List<Jid>> first(String domain, int most);

    /** How many a domain has. */
    CompletionStage<Integer> count(String domain);
}
