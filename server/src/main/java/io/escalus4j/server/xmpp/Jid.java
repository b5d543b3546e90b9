package io.escalus4j.server.xmpp;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import rocks.xmpp.precis.PrecisProfiles;

/**
 * An XMPP address, normalised once when it is read (RFC 7622): two that are equal name the same entity. Immutable.
 *
 * <p>{@code localhost} is a domain, {@code alice@localhost} a bare JID, {@code alice@localhost/phone} a full one.
 */
public final class Jid {
    private static final int MAX_PART_BYTES = 1023;
    private static final String FORBIDDEN_IN_LOCAL = "\"&'/:<>@ ";

    private final String local;
    private final String domain;
    private final String resource;
    // made when they are asked for; two threads may both make them, and both are right
    private String text = "";
    private int hash;

    private Jid(String local, String domain, String resource) {
        this.local = local;
        this.domain = domain;
        this.resource = resource;
    }

    /** @throws IllegalArgumentException if {@code text} is no JID */
    public static Jid of(String text) {
        return parse(text)
                .orElseThrow(
                        () -> new IllegalArgumentException("'%s' is not a JID (RFC 7622 section 3)".formatted(text)));
    }

    /** {@code local@domain}. */
    public static Jid of(String local, String domain) {
        return of(local + '@' + domain);
    }

    /** What a peer wrote, if it is a JID. */
    public static Optional<Jid> parse(String text) {
        int slash = text.indexOf('/');
        String bare = slash < 0 ? text : text.substring(0, slash);
        int at = bare.indexOf('@');
        try {
            String local = at < 0 ? "" : localpart(bare.substring(0, at));
            String domain = domainpart(bare.substring(at + 1));
            return Optional.of(new Jid(local, domain, slash < 0 ? "" : resourcepart(text.substring(slash + 1))));
        } catch (IllegalArgumentException refusedByPrecis) {
            return Optional.empty();
        }
    }

    private static String localpart(String text) {
        if (isPlain(text, true)) {
            return text;
        }
        String enforced = PrecisProfiles.USERNAME_CASE_MAPPED.enforce(text);
        require(enforced.chars().noneMatch(c -> FORBIDDEN_IN_LOCAL.indexOf(c) >= 0), text);
        return bounded(enforced);
    }

    private static String domainpart(String text) {
        String domain = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        if (isPlain(domain, true)) {
            return domain;
        }
        require(domain.chars().noneMatch(c -> c <= ' ' || c == '@' || c == '/' || c == '<' || c == '>'), text);
        return bounded(PrecisProfiles.IDN.enforce(domain));
    }

    private static String resourcepart(String text) {
        return isPlain(text, false) ? text : bounded(PrecisProfiles.OPAQUE_STRING.enforce(text));
    }

    /** Whether these are short ASCII letters, digits, dots and dashes, which no PRECIS profile changes. */
    private static boolean isPlain(String text, boolean lowerCaseOnly) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_';
            if (!plain && (lowerCaseOnly || c < 'A' || c > 'Z')) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MAX_PART_BYTES;
    }

    private static String bounded(String part) {
        int bytes = part.getBytes(StandardCharsets.UTF_8).length;
        require(bytes > 0 && bytes <= MAX_PART_BYTES, part);
        return part;
    }

    private static void require(boolean holds, String part) {
        if (!holds) {
            throw new IllegalArgumentException("'%s' is no part of a JID".formatted(part));
        }
    }

    /** The localpart, empty for a domain. */
    public String local() {
        return local;
    }

    public String domain() {
        return domain;
    }

    /** The resourcepart, empty unless this is a full JID. */
    public String resource() {
        return resource;
    }

    public boolean isDomain() {
        return local.isEmpty() && resource.isEmpty();
    }

    /** Whether there is no resourcepart. */
    public boolean isBare() {
        return resource.isEmpty();
    }

    public Jid bare() {
        return isBare() ? this : new Jid(local, domain, "");
    }

    /** @throws IllegalArgumentException if {@code text} is no resourcepart */
    public Jid withResource(String text) {
        return new Jid(local, domain, resourcepart(text));
    }

    /** The address of the domain that this one belongs to. */
    public Jid toDomain() {
        return isDomain() ? this : new Jid("", domain, "");
    }

    /** Whether {@code other} is this entity, a resource of it, or an account or resource of the domain that this is. */
    public boolean covers(Jid other) {
        return equals(other) || isBare() && equals(other.bare()) || isDomain() && domain.equals(other.domain);
    }

    @Override
    public boolean equals(Object other) {
        return other == this
                || other instanceof Jid jid
                        && local.equals(jid.local)
                        && domain.equals(jid.domain)
                        && resource.equals(jid.resource);
    }

    @Override
    public int hashCode() {
        int made = hash;
        if (made == 0) {
            made = (local.hashCode() * 31 + domain.hashCode()) * 31 + resource.hashCode();
            hash = made;
        }
        return made;
    }

    @Override
    public String toString() {
        String made = text;
        if (made.isEmpty()) {
            String bare = local.isEmpty() ? domain : local + '@' + domain;
            made = resource.isEmpty() ? bare : bare + '/' + resource;
            text = made;
        }
        return made;
    }
}
