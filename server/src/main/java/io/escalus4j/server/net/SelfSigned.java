package io.escalus4j.server.net;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.net.IDN;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate that a server makes for itself (RFC 5280), since the JDK has no API for it: a P-256 key, the domains
 * and the loopback address as alternative names, a year of validity.
 *
 * <p>It is written in DER by hand: tag, length, content (ITU-T X.690).
 */
record SelfSigned(X509Certificate certificate, PrivateKey key) {
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int UTF8_STRING = 0x0C;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int DNS_NAME = 0x82;
    private static final int IP_ADDRESS = 0x87;
    private static final int VERSION = 0xA0;
    private static final int EXTENSIONS = 0xA3;
    private static final byte[] ECDSA_WITH_SHA256 = {6, 8, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 4, 3, 2};
    private static final byte[] COMMON_NAME = {6, 3, 0x55, 4, 3};
    private static final byte[] SUBJECT_ALT_NAME = {6, 3, 0x55, 0x1D, 0x11};
    private static final byte[] X509_V3 = {INTEGER, 1, 2};
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    static SelfSigned of(List<String> domains, Instant now, SecureRandom random) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair pair = generator.generateKeyPair();
            byte[] toBeSigned = toBeSigned(domains, now, pair.getPublic().getEncoded(), new BigInteger(120, random));
            return new SelfSigned(read(signed(toBeSigned, pair.getPrivate())), pair.getPrivate());
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static X509Certificate read(byte[] der) throws GeneralSecurityException {
        var factory = CertificateFactory.getInstance("X.509");
        return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
    }

    private static byte[] signed(byte[] toBeSigned, PrivateKey key) throws GeneralSecurityException {
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key);
        signature.update(toBeSigned);
        return der(SEQUENCE, toBeSigned, algorithm(), der(BIT_STRING, new byte[1], signature.sign()));
    }

    private static byte[] toBeSigned(List<String> domains, Instant now, byte[] publicKey, BigInteger serial) {
        byte[] name = name(domains.get(0));
        byte[] validity = der(SEQUENCE, time(now.minusSeconds(3600)), time(now.plusSeconds(365 * 86_400L)));
        return der(
                SEQUENCE,
                der(VERSION, X509_V3),
                der(INTEGER, serial.toByteArray()),
                algorithm(),
                name,
                validity,
                name,
                publicKey,
                der(EXTENSIONS, der(SEQUENCE, alternativeNames(domains))));
    }

    private static byte[] algorithm() {
        return der(SEQUENCE, ECDSA_WITH_SHA256);
    }

    private static byte[] name(String commonName) {
        byte[] text = commonName.getBytes(StandardCharsets.UTF_8);
        return der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8_STRING, text))));
    }

    private static byte[] time(Instant instant) {
        return der(GENERALIZED_TIME, TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] alternativeNames(List<String> domains) {
        var names = new ArrayList<byte[]>();
        for (String domain : domains) {
            names.add(der(DNS_NAME, IDN.toASCII(domain).getBytes(StandardCharsets.US_ASCII)));
        }
        names.add(der(IP_ADDRESS, InetAddress.getLoopbackAddress().getAddress()));
        return der(SEQUENCE, SUBJECT_ALT_NAME, der(OCTET_STRING, der(SEQUENCE, names.toArray(byte[][]::new))));
    }

    private static byte[] der(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        var out = new ByteArrayOutputStream();
        out.write(tag);
        length(content.size(), out);
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    /** Below 128 the length itself, otherwise 0x80 plus the number of its bytes first. */
    private static void length(int length, ByteArrayOutputStream out) {
        if (length >= 0x80) {
            out.write(length > 0xFF ? 0x82 : 0x81);
        }
        if (length > 0xFF) {
            out.write(length >> 8);
        }
        out.write(length);
    }
}
