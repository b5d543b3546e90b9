package io.escalus4j.server.xep.im;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ImConfigTest {
    @Test
    void every_limit_allows_something() {
        assertThatThrownBy(() -> new ImConfig(0, 1, 1, 1, 1, 1)).hasMessage("max_contacts must be at least 1, was 0");
        assertThatThrownBy(() -> new ImConfig(1, 1, 1, 1, 1, -5)).hasMessage("max_directed must be at least 1, was -5");
    }
}
