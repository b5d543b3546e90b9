package io.escalus4j.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/**
 * Who a client is on TLS, for SASL EXTERNAL (XEP-0178). Immutable and thread-safe; its texts do not have the key.
 *
 * <pre>{@code
 * settings.withClientCertificate(ClientCertificate.pkcs12(Path.of("alice.p12"), "changeit")).withMechanism("EXTERNAL")
 * }</pre>
 */
public final class ClientCertificate {
    private final List<X509Certificate> chain;
    private final PrivateKey key;

    private ClientCertificate(List<X509Certificate> chain, PrivateKey key) {
        this.chain = List.copyOf(chain);
        this.key = key;
    }

    /** @param chain the client's own certificate first */
    public static ClientCertificate of(List<X509Certificate> chain, PrivateKey key) {
        return new ClientCertificate(chain, key);
    }

    /** The first key of a PKCS #12 file. */
    public static ClientCertificate pkcs12(Path file, String password) {
        try (InputStream in = Files.newInputStream(file)) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            String alias = store.aliases().nextElement();
            var chain = List.of(store.getCertificateChain(alias)).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            return new ClientCertificate(chain, (PrivateKey) store.getKey(alias, password.toCharArray()));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IllegalArgumentException("%s holds no key with a certificate in PKCS #12".formatted(file), e);
        } catch (IOException e) {
            throw new UncheckedIOException("the certificate of %s cannot be read".formatted(file), e);
        }
    }

    KeyManager[] keys() {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setKeyEntry("client", key, new char[0], chain.toArray(X509Certificate[]::new));
            var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, new char[0]);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("the client's certificate cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return chain.get(0).getSubjectX500Principal().getName();
    }
}
