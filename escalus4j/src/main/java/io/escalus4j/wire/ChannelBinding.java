package io.escalus4j.wire;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * What both ends of one TLS connection know and nobody in between does (RFC 5056), the strongest first. Thread-safe.
 *
 * <p>{@code tls-unique} is missing: no JDK gives out the Finished messages that it is made of, and TLS 1.3 has none
 * (RFC 9266 section 1).
 */
public enum ChannelBinding {
    /** Of the connection itself (RFC 9266): from JDK 25 on, with TLS 1.3. */
    TLS_EXPORTER("tls-exporter") {
        @Override
        Optional<byte[]> of(SSLSession session) {
            return EXPORT.filter(exporter -> session.getProtocol().equals("TLSv1.3"))
                    .filter(exporter -> session instanceof ExtendedSSLSession)
                    .map(exporter -> exported(exporter, (ExtendedSSLSession) session));
        }
    },
    /** Of the server's certificate (RFC 5929 section 4): who has stolen that one is not seen. */
    TLS_SERVER_END_POINT("tls-server-end-point") {
        @Override
        Optional<byte[]> of(SSLSession session) {
            try {
                return endPoint((X509Certificate) session.getPeerCertificates()[0]);
            } catch (SSLPeerUnverifiedException anonymous) {
                return Optional.empty();
            }
        }
    };

    private static final String LABEL = "EXPORTER-Channel-Binding";
    private static final int LENGTH = 32;
    private static final Optional<MethodHandle> EXPORT = exporter();

    private final String type;

    ChannelBinding(String type) {
        this.type = type;
    }

    /** Its name in the registry, for example {@code tls-exporter}. */
    public String type() {
        return type;
    }

    /** Empty if this JVM, or this version of TLS, does not have it. */
    abstract Optional<byte[]> of(SSLSession session);

    private static Optional<MethodHandle> exporter() {
        try {
            var type = MethodType.methodType(byte[].class, String.class, byte[].class, int.class);
            return Optional.of(MethodHandles.publicLookup()
                    .findVirtual(ExtendedSSLSession.class, "exportKeyingMaterialData", type));
        } catch (ReflectiveOperationException beforeJdk25) {
            return Optional.empty();
        }
    }

    private static byte[] exported(MethodHandle exporter, ExtendedSSLSession session) {
        try {
            return (byte[]) exporter.invokeExact(session, LABEL, new byte[0], LENGTH);
        } catch (Throwable refused) {
            throw new IllegalStateException("TLS exports no keying material: " + refused.getMessage(), refused);
        }
    }

    /** The certificate, hashed as its signature is, but never by MD5 or SHA-1; empty if it is not signed by way of one hash. */
    static Optional<byte[]> endPoint(X509Certificate certificate) {
        try {
            Optional<String> hash = hash(certificate);
            return hash.isEmpty()
                    ? Optional.empty()
                    : Optional.of(MessageDigest.getInstance(hash.get()).digest(certificate.getEncoded()));
        } catch (GeneralSecurityException unknown) {
            return Optional.empty();
        }
    }

    private static Optional<String> hash(X509Certificate certificate) throws GeneralSecurityException {
        String signature = certificate.getSigAlgName();
        if (signature.equals("RSASSA-PSS")) {
            return pssHash(certificate.getSigAlgParams());
        }
        int with = signature.indexOf("with");
        return with < 0 ? Optional.empty() : Optional.of(strong(signature.substring(0, with)));
    }

    private static Optional<String> pssHash(byte[] encoded) throws GeneralSecurityException {
        var parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
        try {
            parameters.init(encoded);
        } catch (IOException broken) {
            return Optional.empty();
        }
        return Optional.of(
                strong(parameters.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm()));
    }

    /** {@code SHA256} is {@code SHA-256} to the JDK. */
    private static String strong(String hash) {
        return switch (hash) {
            case "MD5", "SHA1", "SHA-1" -> "SHA-256";
            default -> hash.startsWith("SHA") && !hash.contains("-") ? "SHA-" + hash.substring(3) : hash;
        };
    }
}
