package io.escalus4j.server.net;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.spec.PSSParameterSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSession;

/**
 * The channel bindings that the JDK can give (RFC 5056). Thread-safe.
 *
 * <p>{@code tls-server-end-point} (RFC 5929 section 4) is there unless the certificate's signature has no hash of its own,
 * {@code tls-exporter} (RFC 9266) from JDK 25 on, over TLS 1.3. For {@code tls-unique} no JDK tells the Finished messages.
 */
final class ChannelBindings {
    private static final String LABEL = "EXPORTER-Channel-Binding";
    private static final int LENGTH = 32;
    private static final Optional<MethodHandle> EXPORTER = exporter();

    private ChannelBindings() {}

    /** By type. */
    static Map<String, byte[]> of(SSLSession session, X509Certificate own) {
        var bindings = new HashMap<String, byte[]>();
        endPoint(own).ifPresent(data -> bindings.put("tls-server-end-point", data));
        exported(session).ifPresent(data -> bindings.put("tls-exporter", data));
        return bindings;
    }

    private static Optional<MethodHandle> exporter() {
        try {
            var type = MethodType.methodType(byte[].class, String.class, byte[].class, int.class);
            return Optional.of(MethodHandles.publicLookup()
                    .findVirtual(ExtendedSSLSession.class, "exportKeyingMaterialData", type));
        } catch (ReflectiveOperationException beforeJdk25) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> exported(SSLSession session) {
        if (EXPORTER.isEmpty()
                || !(session instanceof ExtendedSSLSession tls)
                || !tls.getProtocol().equals("TLSv1.3")) {
            return Optional.empty();
        }
        try {
            return Optional.of((byte[]) EXPORTER.get().invokeExact(tls, LABEL, new byte[0], LENGTH));
        } catch (Throwable refused) {
            throw new IllegalStateException("TLS exports no keying material", refused);
        }
    }

    /** The certificate, hashed as its signature is, but never by MD5 or SHA-1. */
    static Optional<byte[]> endPoint(X509Certificate own) {
        try {
            Optional<String> hash = hash(own);
            return hash.isEmpty()
                    ? Optional.empty()
                    : Optional.of(MessageDigest.getInstance(hash.get()).digest(own.getEncoded()));
        } catch (GeneralSecurityException | IOException unknown) {
            return Optional.empty();
        }
    }

    private static Optional<String> hash(X509Certificate own) throws GeneralSecurityException, IOException {
        String signature = own.getSigAlgName();
        if (signature.equals("RSASSA-PSS")) {
            var parameters = AlgorithmParameters.getInstance(signature);
            parameters.init(own.getSigAlgParams());
            return Optional.of(
                    strong(parameters.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm()));
        }
        int with = signature.indexOf("with");
        return with < 0 ? Optional.empty() : Optional.of(strong(signature.substring(0, with)));
    }

    /** {@code SHA256}, as signatures have it, is {@code SHA-256} to who digests. */
    private static String strong(String hash) {
        String name = hash.startsWith("SHA") && !hash.contains("-") ? "SHA-" + hash.substring(3) : hash;
        return name.equals("MD5") || name.equals("SHA-1") ? "SHA-256" : name;
    }
}
