package io.escalus4j.server.config;

/**
 * What one session may hold.
 *
 * @param perAccount how many resources of one account may be connected at once
 * @param queueBytes that may wait for a client that reads too slowly; beyond that its connection is cut
 * @param queueStanzas the same in stanzas
 */
public record SessionConfig(int perAccount, int queueBytes, int queueStanzas) {
    public static final SessionConfig STANDARD = new SessionConfig(10, 4 * 1024 * 1024, 10_000);

    public SessionConfig {
        Require.atLeast("per_account", 1, perAccount);
        Require.atLeast("queue_bytes", 10_000, queueBytes);
        Require.atLeast("queue_stanzas", 10, queueStanzas);
    }

    public SessionConfig perAccount(int sessions) {
        return new SessionConfig(sessions, queueBytes, queueStanzas);
    }
}
