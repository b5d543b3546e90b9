package io.escalus4j.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.server.RawClient;
import io.escalus4j.server.XmppServer;
import io.escalus4j.server.config.TlsConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The certificate that a server shows: its own, or the one it was given. */
class TlsConfigTest {
    private static final Instant NOW = Instant.parse("2030-01-02T03:04:05Z");

    @TempDir
    private Path folder;

    private static SelfSigned selfSigned(List<String> domains) {
        return SelfSigned.of(domains, NOW, new SecureRandom());
    }

    private static List<Object> names(X509Certificate certificate) throws Exception {
        return certificate.getSubjectAlternativeNames().stream()
                .map(Collection::toArray)
                .map(pair -> pair[1])
                .toList();
    }

    @Test
    void a_self_made_certificate_is_for_all_domains_and_signed_by_itself() throws Exception {
        var made = selfSigned(List.of("example.org", "localhost"));

        made.certificate().verify(made.certificate().getPublicKey());
        made.certificate().checkValidity(Date.from(NOW));
        assertThat(made.certificate().getVersion()).isEqualTo(3);
        assertThat(made.certificate().getSubjectX500Principal().getName()).isEqualTo("CN=example.org");
        assertThat(names(made.certificate())).containsExactly("example.org", "localhost", "127.0.0.1");
        assertThat(made.certificate().getNotAfter()).isEqualTo(NOW.plus(Duration.ofDays(365)));
    }

    @Test
    void its_names_may_be_long_many_and_of_any_script() throws Exception {
        var domains = IntStream.range(0, 50)
                .mapToObj(i -> "domain-number-%d.example.org".formatted(i))
                .toList();

        assertThat(names(selfSigned(domains).certificate())).hasSize(51).containsAll(domains);
        assertThat(names(selfSigned(List.of("münchen.example")).certificate())).contains("xn--mnchen-3ya.example");
    }

    @Test
    void each_has_a_key_and_a_number_of_its_own() {
        var one = selfSigned(List.of("localhost"));
        var other = selfSigned(List.of("localhost"));

        assertThat(one.key()).isNotEqualTo(other.key());
        assertThat(one.certificate().getSerialNumber())
                .isPositive()
                .isNotEqualTo(other.certificate().getSerialNumber());
    }

    private Optional<String> pem(String file, String type, byte[] der) throws IOException {
        String text = "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(type, Base64.getMimeEncoder().encodeToString(der), type);
        return Optional.of(Files.writeString(folder.resolve(file), text).toString());
    }

    @Test
    void a_certificate_from_a_file_is_the_one_that_clients_see() throws Exception {
        var mine = SelfSigned.of(List.of("localhost"), Instant.now(), new SecureRandom());
        var config = new TlsConfig(
                pem("cert.pem", "CERTIFICATE", mine.certificate().getEncoded()),
                pem("key.pem", "PRIVATE KEY", mine.key().getEncoded()),
                Optional.empty());

        try (var server = XmppServer.builder().tls(config).start();
                var client = RawClient.to(server.directTlsAddress().orElseThrow())) {
            assertThat(server.certificate()).isEqualTo(mine.certificate());
            assertThat(client.startTls(mine.certificate()).open()).contains("mechanism");
        }
    }
}
