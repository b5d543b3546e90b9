package io.escalus4j.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.server.config.SaslConfig;
import io.escalus4j.server.module.StreamOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is offered on which stream. */
class SaslMechanismsTest {
    private static final TlsChannel BINDING =
            new TlsChannel(Map.of("tls-server-end-point", new byte[32]), Optional.empty());
    private final Login login = new Login();

    @Test
    void the_strongest_mechanism_is_offered_first() {
        assertThat(login.offer(BINDING).mechanisms())
                .containsExactly(
                        "SCRAM-SHA-512-PLUS",
                        "SCRAM-SHA-384-PLUS",
                        "SCRAM-SHA-256-PLUS",
                        "SCRAM-SHA-224-PLUS",
                        "SCRAM-SHA-1-PLUS",
                        "SCRAM-SHA-512",
                        "SCRAM-SHA-384",
                        "SCRAM-SHA-256",
                        "SCRAM-SHA-224",
                        "SCRAM-SHA-1",
                        "PLAIN",
                        "ANONYMOUS");
    }

    @Test
    void hashes_that_hardly_any_client_knows_are_there_for_who_asks_for_them() {
        for (var standard : List.of(SaslConfig.STANDALONE, SaslConfig.EMBEDDED, SaslConfig.TEST)) {
            assertThat(standard.mechanisms()).noneMatch(name -> name.contains("SHA-384") || name.contains("SHA-224"));
            assertThat(standard.hashes()).containsExactly("SHA-1", "SHA-256", "SHA-512");
        }
        assertThat(SaslConfig.TEST.mechanisms("SCRAM-SHA-384-PLUS", "PLAIN").hashes())
                .containsExactly("SHA-1", "SHA-256", "SHA-384", "SHA-512");
    }

    @Test
    void nothing_is_bound_where_there_is_nothing_to_bind_to() {
        var offer = login.offer(TlsChannel.NONE);

        assertThat(offer.mechanisms()).contains("SCRAM-SHA-512").noneMatch(name -> name.endsWith("-PLUS"));
        assertThat(offer.bindings()).isEmpty();
    }

    @Test
    void no_type_is_announced_if_no_mechanism_binds() {
        var plain = new SaslMechanisms(List.of("PLAIN"), login.accounts, login.passwords);

        assertThat(plain.offer("localhost", BINDING, any -> true).bindings()).isEmpty();
    }

    @Test
    void external_is_for_who_has_shown_a_certificate() {
        assertThat(login.offer(BINDING).mechanisms()).doesNotContain("EXTERNAL");
    }

    @ParameterizedTest
    @EnumSource(
            value = StreamOption.class,
            names = {"CHANNEL_BINDING", "ANONYMOUS"})
    void what_no_module_allows_is_not_offered(StreamOption option) {
        var all = login.mechanisms.offer("localhost", BINDING, any -> true).mechanisms();

        assertThat(login.mechanisms
                        .offer("localhost", BINDING, any -> any != option)
                        .mechanisms())
                .hasSizeLessThan(all.size());
    }

    @Test
    void nobody_is_anonymous_unless_the_administrator_wants_it() {
        assertThat(SaslConfig.STANDALONE.mechanisms())
                .doesNotContain("ANONYMOUS")
                .contains("EXTERNAL", "PLAIN");
        assertThat(SaslConfig.EMBEDDED.mechanisms()).doesNotContain("ANONYMOUS");
    }

    @Test
    void a_mechanism_that_is_not_offered_cannot_be_started() {
        var scramOnly = new SaslMechanisms(List.of("SCRAM-SHA-256"), login.accounts, login.passwords);
        var offer = scramOnly.offer("localhost", BINDING, any -> true);

        assertThat(offer.mechanisms()).containsExactly("SCRAM-SHA-256");
        assertThat(scramOnly.start("PLAIN", offer)).isEmpty();
        assertThat(scramOnly.start("SCRAM-SHA-256-PLUS", offer)).isEmpty();
        assertThat(scramOnly.start("EXTERNAL", offer)).isEmpty();
    }
}
