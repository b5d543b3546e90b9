package io.escalus4j.server.store.sql;

import io.escalus4j.server.xmpp.Jid;
import java.sql.SQLException;

/** A port's part in {@link SqlStores#remove}, whose one transaction {@code sql} is. */
interface Forgetting {
    void forget(Sql sql, Jid owner) throws SQLException;
}
