package io.escalus4j;

import io.escalus4j.history.Address;
import java.nio.charset.StandardCharsets;

/**
 * An XMPP address as a client sees it (RFC 7622): equal if both mean the same entity, whatever the case of their letters
 * and the form of their Unicode. Immutable.
 *
 * <pre>{@code
 * Jid.of("Alice@Localhost/res1").equals(Jid.of("alice@localhost/res1"));   // but not alice@localhost/res10
 * }</pre>
 *
 * @param local empty for a domain
 * @param resource empty for a bare JID
 */
public record Jid(String local, String domain, String resource) {
    private static final int MAX_PART_BYTES = 1023;
    private static final int MAX_SHOWN = 80;
    private static final String FORBIDDEN_IN_LOCAL = "\"&'/:<>@ ";

    public Jid {
        String text = text(local, domain, resource);
        require(!domain.isEmpty(), text, "a domain is not empty", "3.2");
        require(
                local.chars().noneMatch(c -> FORBIDDEN_IN_LOCAL.indexOf(c) >= 0),
                text,
                "a local part has none of \"&'/:<>@ and space",
                "3.3");
        require(
                domain.chars().noneMatch(c -> c <= ' ' || c == '@' || c == '/'),
                text,
                "a domain is a host name",
                "3.2");
        require(isShort(local) && isShort(domain) && isShort(resource), text, "a part has at most 1023 bytes", "3.1");
        Address address = Address.of(text);
        local = address.local();
        domain = address.domain();
        resource = address.resource();
    }

    /** @throws IllegalArgumentException if {@code text} is no JID */
    public static Jid of(String text) {
        int slash = text.indexOf('/');
        String bare = slash < 0 ? text : text.substring(0, slash);
        int at = bare.indexOf('@');
        require(at != 0, text, "a local part is not empty", "3.3");
        require(slash != text.length() - 1, text, "a resource is not empty", "3.4");
        return new Jid(
                at < 0 ? "" : bare.substring(0, at),
                bare.substring(at + 1),
                slash < 0 ? "" : text.substring(slash + 1));
    }

    /** {@code local@domain}. */
    public static Jid of(String local, String domain) {
        return new Jid(local, domain, "");
    }

    public Jid bare() {
        return isBare() ? this : new Jid(local, domain, "");
    }

    public boolean isBare() {
        return resource.isEmpty();
    }

    public Jid withResource(String resource) {
        return new Jid(local, domain, resource);
    }

    @Override
    public String toString() {
        return text(local, domain, resource);
    }

    private static String text(String local, String domain, String resource) {
        return (local.isEmpty() ? "" : local + '@') + domain + (resource.isEmpty() ? "" : '/' + resource);
    }

    private static boolean isShort(String part) {
        return part.getBytes(StandardCharsets.UTF_8).length <= MAX_PART_BYTES;
    }

    private static void require(boolean holds, String text, String rule, String section) {
        if (!holds) {
            String shown = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "..." : text;
            throw new IllegalArgumentException(
                    "'%s' is not a JID: %s (RFC 7622 section %s)".formatted(shown, rule, section));
        }
    }
}
