package io.escalus4j.stories.server;

import io.escalus4j.Scene;
import io.escalus4j.wire.ClientCertificate;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.opentest4j.TestAbortedException;

/** Who signs the certificates of clients: servers of ours are started with trust in it, for SASL EXTERNAL (XEP-0178). Thread-safe. */
public final class ClientAuthority {
    private static final String XMPP_ADDR = "1.3.6.1.5.5.7.8.5";
    private static final X509Bundle OURS = authority();

    private ClientAuthority() {}

    private static X509Bundle authority() {
        try {
            return new CertificateBuilder()
                    .ecp256()
                    .subject("CN=Authority of the stories")
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The authority's certificate in a file of {@code folder}. */
    static Path pemIn(Path folder) {
        try {
            return Files.writeString(folder.resolve("clients.pem"), OURS.getCertificatePEM());
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /**
     * A certificate that names these accounts.
     *
     * @throws TestAbortedException if the server under test does not trust this authority
     */
    public static ClientCertificate certificate(Scene scene, String... accounts) {
        requireTrust(scene);
        return signed(OURS, accounts);
    }

    /** One that names these accounts too, but is signed by somebody else. */
    public static ClientCertificate forged(Scene scene, String... accounts) {
        requireTrust(scene);
        return signed(authority(), accounts);
    }

    private static void requireTrust(Scene scene) {
        if (scene.settings().get(ServerUnderTest.TARGET).orElse("embedded").contains(":")) {
            throw new TestAbortedException("not applicable: only servers of ours trust the authority of the stories");
        }
    }

    private static ClientCertificate signed(X509Bundle authority, String... accounts) {
        try {
            var builder =
                    new CertificateBuilder().ecp256().subject("CN=Somebody").addExtendedKeyUsageClientAuth();
            for (String account : accounts) {
                builder.addSanOtherName(XMPP_ADDR, utf8String(account));
            }
            var bundle = builder.buildIssuedBy(authority);
            return ClientCertificate.of(
                    List.of(bundle.getCertificatePath()), bundle.getKeyPair().getPrivate());
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** DER: tag, length, content; names of stories are short. */
    private static byte[] utf8String(String text) {
        var der = new ByteArrayOutputStream();
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        der.write(0x0C);
        if (utf8.length > 0x7F) {
            der.write(0x81);
        }
        der.write(utf8.length);
        der.writeBytes(utf8);
        return der.toByteArray();
    }
}
