package io.escalus4j.stories.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    @ParameterizedTest
    @CsvSource({
        "xmpp.example.org:5222, xmpp.example.org, 5222, xmpp.example.org",
        "localhost:1, localhost, 1, localhost",
        "127.0.0.1:65535, 127.0.0.1, 65535, localhost",
        "[::1]:5222, ::1, 5222, localhost",
    })
    void a_target_is_a_host_and_a_port(String text, String host, int port, String domain) {
        Address address = Address.of(text);

        assertThat(address).isEqualTo(new Address(host, port));
        assertThat(address.domain()).isEqualTo(domain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "localhost:", ":5222", "localhost:http", "localhost:65536", "localhost:-1", ""})
    void anything_else_is_refused_with_what_is_allowed(String text) {
        assertThatThrownBy(() -> Address.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'%s'".formatted(text))
                .hasMessageContaining("embedded, standalone or HOST:PORT");
    }
}
