package io.escalus4j.server.auth;

import io.escalus4j.server.xmpp.Jid;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The accounts that a certificate names: subject alternative names of the type id-on-xmppAddr (RFC 6120 section
 * 13.7.1.4), read as the DER that they are.
 *
 * <pre>
 * SEQUENCE { OBJECT IDENTIFIER 1.3.6.1.5.5.7.8.5, [0] { UTF8String alice@localhost } }
 * </pre>
 */
final class XmppAddresses {
    private static final int OTHER_NAME = 0;
    private static final int SEQUENCE = 0x30;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int VALUE = 0xA0;
    private static final int UTF8_STRING = 0x0C;
    private static final byte[] XMPP_ADDR = {0x2B, 6, 1, 5, 5, 7, 8, 5};

    private XmppAddresses() {}

    /** None if there are no such names, or anything but them where they should be. */
    static List<Jid> of(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> name.get(0).equals(OTHER_NAME) && name.get(1) instanceof byte[])
                            .flatMap(name -> address((byte[]) name.get(1)).stream())
                            .distinct()
                            .toList();
        } catch (CertificateParsingException malformed) {
            return List.of();
        }
    }

    /** Empty for another type of name, a malformed one, or one that is no account's. */
    static Optional<Jid> address(byte[] otherName) {
        return content(otherName, SEQUENCE, true)
                .filter(name -> content(name, OBJECT_IDENTIFIER, false)
                        .filter(oid -> Arrays.equals(oid, XMPP_ADDR))
                        .isPresent())
                .map(name -> Arrays.copyOfRange(name, 2 + XMPP_ADDR.length, name.length))
                .flatMap(value -> content(value, VALUE, true))
                .flatMap(value -> content(value, UTF8_STRING, true))
                .flatMap(SaslText::decode)
                .flatMap(Jid::parse)
                .filter(jid -> jid.isBare() && !jid.isDomain());
    }

    /** What is in the first element of {@code der}, if it has this tag; {@code alone} if nothing may follow. */
    private static Optional<byte[]> content(byte[] der, int tag, boolean alone) {
        if (der.length < 2 || (der[0] & 0xFF) != tag) {
            return Optional.empty();
        }
        int length = der[1] & 0xFF;
        int start = 2;
        if (length >= 0x80) {
            int bytes = length & 0x7F;
            if (bytes == 0 || bytes > 2 || der.length < 2 + bytes) {
                return Optional.empty();
            }
            length = bytes == 1 ? der[2] & 0xFF : (der[2] & 0xFF) << 8 | der[3] & 0xFF;
            start += bytes;
        }
        int end = start + length;
        return end > der.length || alone && end != der.length
                ? Optional.empty()
                : Optional.of(Arrays.copyOfRange(der, start, end));
    }
}
