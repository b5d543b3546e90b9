package io.escalus4j.history;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;

/**
 * A JID taken apart for comparison: case and Unicode forms that mean the same are equal (RFC 7622). Immutable.
 *
 * <pre>{@code
 * Address.of("Alice@LOCALHOST/res1").equals(Address.of("alice@localhost/res1"));
 * }</pre>
 *
 * <p>Reading is total: what is no valid JID is an address too, equal to itself only. Local part and domain ignore case
 * and width, the resource does not ignore case.
 */
public record Address(String local, String domain, String resource) {

    public static Address of(String jid) {
        int slash = jid.indexOf('/');
        String bare = slash < 0 ? jid : jid.substring(0, slash);
        int at = bare.indexOf('@');
        if (at == 0 || slash == jid.length() - 1 || at == bare.length() - 1) {
            return new Address("", jid, "");
        }
        return new Address(
                at < 0 ? "" : folded(bare.substring(0, at)),
                domain(bare.substring(at + 1)),
                slash < 0 ? "" : nfc(jid.substring(slash + 1)));
    }

    /** The address without its resource. */
    public Address bare() {
        return new Address(local, domain, "");
    }

    public boolean isBare() {
        return resource.isEmpty();
    }

    @Override
    public String toString() {
        return (local.isEmpty() ? "" : local + '@') + domain + (resource.isEmpty() ? "" : '/' + resource);
    }

    /** A final dot is no part of the name (RFC 7622 section 3.2). */
    private static String domain(String text) {
        String name = folded(IDN.toUnicode(text, IDN.ALLOW_UNASSIGNED));
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private static String folded(String text) {
        return nfc(Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT));
    }

    private static String nfc(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }
}
