package io.escalus4j.server.route;

import io.escalus4j.server.module.StanzaHandler;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The domains that other programs serve (XEP-0114), and who of them is connected. Thread-safe.
 *
 * <p>A domain may be known without anybody being there for it: then it is away for a while, not unknown.
 */
public final class Components {
    private final ConcurrentHashMap<String, StanzaHandler> connected = new ConcurrentHashMap<>();
    private volatile Function<String, Optional<String>> secrets = domain -> Optional.empty();

    /** From now on those may connect of whose domains there is a secret; who is connected stays. */
    public void admit(Function<String, Optional<String>> added) {
        secrets = added;
    }

    /** What the component of this domain must know; empty if nobody may serve it. */
    public Optional<String> secret(String domain) {
        return secrets.apply(domain);
    }

    /** From now on {@code handler} gets what is for the domain; {@code false} if somebody else does already. */
    public boolean add(String domain, StanzaHandler handler) {
        return connected.putIfAbsent(domain, handler) == null;
    }

    /** Nobody gets it any more, if it was this one. */
    public void remove(String domain, StanzaHandler handler) {
        connected.remove(domain, handler);
    }

    public Optional<StanzaHandler> at(String domain) {
        return Optional.ofNullable(connected.get(domain));
    }

    public int count() {
        return connected.size();
    }
}
