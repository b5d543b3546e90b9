package io.escalus4j.server.auth;

import static io.escalus4j.server.auth.Login.ALICE;
import static io.escalus4j.server.auth.Login.BOB;
import static io.escalus4j.server.auth.Login.step;
import static io.escalus4j.server.auth.SaslCondition.INVALID_AUTHZID;
import static io.escalus4j.server.auth.SaslCondition.MALFORMED_REQUEST;
import static io.escalus4j.server.auth.SaslCondition.NOT_AUTHORIZED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.server.xmpp.Jid;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayOutputStream;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** EXTERNAL by certificates as somebody might make them (attacks 39 and 40). */
class ExternalMechanismTest {
    private static final String XMPP_ADDR = "1.3.6.1.5.5.7.8.5";
    private static final X509Bundle AUTHORITY = authority();
    private final Login login = new Login();

    private static X509Bundle authority() {
        try {
            return new CertificateBuilder()
                    .ecp256()
                    .subject("CN=Authority")
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] der(int tag, byte[] content) {
        var out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length > 0x7F) {
            out.write(0x81);
        }
        out.write(content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] utf8(String text) {
        return der(0x0C, text.getBytes(UTF_8));
    }

    private static CertificateBuilder named(String... addresses) {
        var builder = new CertificateBuilder().ecp256().subject("CN=Somebody");
        Arrays.stream(addresses).forEach(address -> builder.addSanOtherName(XMPP_ADDR, utf8(address)));
        return builder;
    }

    private SaslStep external(CertificateBuilder certificate, String authzid) throws Exception {
        return external(certificate.buildIssuedBy(AUTHORITY).getCertificate(), authzid.getBytes(UTF_8));
    }

    private SaslStep external(X509Certificate certificate, byte[] authzid) {
        return step(login.start("EXTERNAL", new TlsChannel(Map.of(), Optional.of(certificate))), authzid);
    }

    private static void assertIs(SaslStep step, Jid account) {
        assertThat(step)
                .isInstanceOfSatisfying(
                        SaslStep.Success.class,
                        success -> assertThat(success.account()).isEqualTo(account));
    }

    @Test
    void one_address_is_who_the_client_is() throws Exception {
        assertIs(external(named("alice@localhost"), ""), ALICE);
        assertIs(external(named("alice@localhost"), "alice@localhost"), ALICE);
        assertIs(external(named("ALICE@LocalHost"), ""), ALICE);
    }

    @Test
    void of_several_addresses_the_client_says_which() throws Exception {
        var both = named("alice@localhost", "bob@localhost");

        assertIs(external(both, "bob@localhost"), BOB);
        assertThat(external(both, "")).isEqualTo(new SaslStep.Failure(INVALID_AUTHZID));
        assertThat(external(both, "carol@localhost")).isEqualTo(new SaslStep.Failure(INVALID_AUTHZID));
    }

    @Test
    void addresses_of_other_domains_are_not_ours_to_choose_from() throws Exception {
        assertIs(external(named("alice@example.org", "alice@localhost"), ""), ALICE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nobody@localhost",
                "alice@example.org",
                "localhost",
                "alice@localhost/phone",
                "@localhost",
                "alice",
                "",
                "alice@localhost\0",
                "alice@localhost@localhost",
                "a b@localhost"
            })
    void an_address_that_is_no_account_of_ours_is_nobody(String address) throws Exception {
        assertThat(external(named(address), "")).isEqualTo(new SaslStep.Failure(NOT_AUTHORIZED));
    }

    @ParameterizedTest
    @CsvSource({
        "CN=alice@localhost",
        "CN=alice",
        "'OU=\"CN=alice@localhost,\", CN=Somebody'",
        "'UID=alice, DC=localhost'",
        "'CN=alice\\,CN=admin'"
    })
    void the_subject_says_nothing(String subject) throws Exception {
        assertThat(external(new CertificateBuilder().ecp256().subject(subject), ""))
                .isEqualTo(new SaslStep.Failure(NOT_AUTHORIZED));
        assertThat(external(new CertificateBuilder().ecp256().subject(subject), "alice@localhost"))
                .isEqualTo(new SaslStep.Failure(NOT_AUTHORIZED));
    }

    @Test
    void other_kinds_of_names_say_nothing() throws Exception {
        var other = new CertificateBuilder()
                .ecp256()
                .subject("CN=Somebody")
                .addSanRfc822Name("alice@localhost")
                .addSanUriName("xmpp:alice@localhost")
                .addSanDnsName("localhost")
                .addSanOtherName("1.3.6.1.5.5.7.8.7", utf8("alice@localhost"))
                .addSanOtherName(XMPP_ADDR, der(0x16, "alice@localhost".getBytes(UTF_8)));

        assertThat(external(other, "")).isEqualTo(new SaslStep.Failure(NOT_AUTHORIZED));
    }

    @Test
    void what_is_no_utf8_is_malformed() throws Exception {
        var certificate = named("alice@localhost").buildIssuedBy(AUTHORITY).getCertificate();

        assertThat(external(certificate, new byte[] {(byte) 0xFF})).isEqualTo(new SaslStep.Failure(MALFORMED_REQUEST));
    }

    /** Made by OpenSSL 3.0: {@code subjectAltName=otherName:1.3.6.1.5.5.7.8.5;UTF8:alice@localhost}. */
    @Test
    void a_certificate_of_openssl_is_read() {
        assertThat(XmppAddresses.of(bytes("0421301fa01d06082b06010505070805a0110c0f616c696365406c6f63616c686f7374")))
                .containsExactly(ALICE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "04",
                "0400",
                "04023000",
                "0480",
                "0484ffffffff",
                "0421301fa01d06082b06010505070805a0110c0f616c696365406c6f63616c686f73", // cut
                "0421301fa01d06082b06010505070805a0110c0f616c696365406c6f63616c686f737400", // more
                "0421301fa01d06082b06010505070805a0110c10616c696365406c6f63616c686f7374", // too long inside
                "0421301fa01d06082b06010505070806a0110c0f616c696365406c6f63616c686f7374", // another type
            })
    void malformed_names_are_nobodys(String extension) {
        assertThat(XmppAddresses.of(bytes(extension))).isEqualTo(List.of());
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
