package io.escalus4j.server.auth;

import io.escalus4j.server.xmpp.Jid;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The accounts that a certificate names: subject alternative names of the type id-on-xmppAddr (RFC 6120 section
 * 13.7.1.4). They are read from the extension's own DER, since the JDKs do not agree on how they give out such names.
 *
 * <pre>
 * OCTET STRING { SEQUENCE { [0] { OBJECT IDENTIFIER 1.3.6.1.5.5.7.8.5, [0] { UTF8String alice@localhost } } ... } }
 * </pre>
 */
final class XmppAddresses {
    private static final String SUBJECT_ALT_NAME = "2.5.29.17";
    private static final int OCTET_STRING = 0x04;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int UTF8_STRING = 0x0C;
    private static final int SEQUENCE = 0x30;
    private static final int CONTEXT_0 = 0xA0;
    private static final byte[] XMPP_ADDR = {0x2B, 6, 1, 5, 5, 7, 8, 5};

    private XmppAddresses() {}

    /** Tag, length, content (ITU-T X.690). */
    private record Der(int tag, byte[] content) {}

    /** None if there are no such names. */
    static List<Jid> of(X509Certificate certificate) {
        return Optional.ofNullable(certificate.getExtensionValue(SUBJECT_ALT_NAME))
                .map(XmppAddresses::of)
                .orElse(List.of());
    }

    /** @param extension the value of the extension; a malformed one names nobody */
    static List<Jid> of(byte[] extension) {
        return only(extension, OCTET_STRING)
                .flatMap(octets -> only(octets, SEQUENCE))
                .map(XmppAddresses::elements)
                .orElse(List.of())
                .stream()
                .filter(name -> name.tag() == CONTEXT_0)
                .flatMap(name -> address(elements(name.content())).stream())
                .distinct()
                .toList();
    }

    /** Empty for another type of name, a malformed one, or one that is no account's. */
    private static Optional<Jid> address(List<Der> otherName) {
        boolean isXmpp = otherName.size() == 2
                && otherName.get(0).tag() == OBJECT_IDENTIFIER
                && Arrays.equals(otherName.get(0).content(), XMPP_ADDR)
                && otherName.get(1).tag() == CONTEXT_0;
        return isXmpp
                ? only(otherName.get(1).content(), UTF8_STRING)
                        .flatMap(SaslText::decode)
                        .flatMap(Jid::parse)
                        .filter(jid -> jid.isBare() && !jid.isDomain())
                : Optional.empty();
    }

    /** The content of the one element of this tag that is there. */
    private static Optional<byte[]> only(byte[] der, int tag) {
        var elements = elements(der);
        return elements.size() == 1 && elements.get(0).tag() == tag
                ? Optional.of(elements.get(0).content())
                : Optional.empty();
    }

    /** All elements, one after the other; none if they do not end where the bytes do. */
    private static List<Der> elements(byte[] der) {
        var found = new ArrayList<Der>();
        int at = 0;
        while (at + 2 <= der.length) {
            int first = der[at + 1] & 0xFF;
            int lengthBytes = first < 0x80 ? 0 : first & 0x7F;
            int start = at + 2 + lengthBytes;
            if (first == 0x80 || lengthBytes > 2 || start > der.length) {
                return List.of();
            }
            int end = start + (lengthBytes == 0 ? first : number(der, at + 2, start));
            if (end > der.length) {
                return List.of();
            }
            found.add(new Der(der[at] & 0xFF, Arrays.copyOfRange(der, start, end)));
            at = end;
        }
        return at == der.length ? found : List.of();
    }

    private static int number(byte[] der, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number << 8 | der[i] & 0xFF;
        }
        return number;
    }
}
