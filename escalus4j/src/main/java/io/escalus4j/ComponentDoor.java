package io.escalus4j;

import java.net.InetSocketAddress;

/**
 * Where components connect to a server (XEP-0114), and what they must know. The secret is in no text of this type.
 * Immutable.
 *
 * @param below the domain right below which they may serve any, for example {@code components.localhost}
 */
public record ComponentDoor(InetSocketAddress address, String below, String secret) {
    @Override
    public String toString() {
        return "ComponentDoor[address=%s, below=%s]".formatted(address, below);
    }
}
