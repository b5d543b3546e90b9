package io.escalus4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Check E07: a key that is unknown or ill-typed fails at load with key and place; the stronger source counts. */
class E07SettingsTest {
    private static SettingsReader reader() {
        return new SettingsReader(Set.of());
    }

    @Test
    void annotation_file_system_property_and_environment_count_more_and_more() {
        SettingsReader reader = reader().read("@Setting", Map.of("escalus.timeout", "1s"));
        assertThat(reader.settings().timeout()).isEqualTo(Duration.ofSeconds(1));

        reader.read("junit-platform.properties", Map.of("escalus.timeout", "2s"));
        assertThat(reader.settings().timeout()).isEqualTo(Duration.ofSeconds(2));

        reader.readSystemProperties(Map.of("escalus.timeout", "3s"));
        assertThat(reader.settings().timeout()).isEqualTo(Duration.ofSeconds(3));

        reader.readEnvironment(Map.of("ESCALUS_TIMEOUT", "4s"));
        assertThat(reader.settings().timeout()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void an_unknown_key_names_itself_and_its_place() {
        assertThatThrownBy(() -> reader().read("junit-platform.properties", Map.of("escalus.timeuot", "1s")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'escalus.timeuot' is no setting (it stands in junit-platform.properties)")
                .hasMessageContaining("escalus.timeout");
        assertThatThrownBy(() -> reader().readEnvironment(Map.of("ESCALUS_TIMEUOT", "1s")))
                .hasMessageContaining("the environment variable ESCALUS_TIMEUOT");
    }

    @Test
    void a_value_of_the_wrong_type_names_key_value_rule_and_place() {
        assertThatThrownBy(() -> reader().read("junit-platform.properties", Map.of("escalus.inbox", "many")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("escalus.inbox is 'many', it must be a whole number")
                .hasMessageContaining("set by junit-platform.properties");
        assertThatThrownBy(() -> reader().readSystemProperties(Map.of("escalus.log.fails", "fatal")))
                .hasMessageContaining("escalus.log.fails is 'fatal', it must be error, warn or never");
    }
}
