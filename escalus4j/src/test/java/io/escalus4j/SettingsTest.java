package io.escalus4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static SettingsReader reader() {
        return new SettingsReader(Set.of("escalus.target"));
    }

    @Test
    void the_standard_is_one_second_and_diagrams_of_failures() {
        Settings settings = Settings.standard();

        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.report()).isEqualTo(Path.of("target/stories"));
        assertThat(settings.history()).isEqualTo(Settings.Keep.FAILURES);
        assertThat(settings.inbox()).isEqualTo(10_000);
        assertThat(settings.server()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Option.class)
    void every_option_explains_itself_and_allows_its_standard(Option option) {
        assertThat(option.meaning()).isNotBlank();
        assertThat(option.allowed()).isNotBlank();
        assertThat(Settings.standard().with(option, option.standard())).isNotNull();
    }

    @Test
    void each_source_is_stronger_than_the_one_before() {
        SettingsReader reader = reader().read(
                        "an annotation",
                        Map.of(
                                "escalus.timeout",
                                "1s",
                                "escalus.report",
                                "a",
                                "escalus.inbox",
                                "1",
                                "escalus.history",
                                "always"));
        reader.read("a file", Map.of("escalus.timeout", "2s", "escalus.report", "b", "escalus.inbox", "2"));
        reader.readSystemProperties(Map.of("escalus.timeout", "3s", "escalus.report", "c"));
        reader.readEnvironment(Map.of("ESCALUS_TIMEOUT", "4s", "ESCALUS_CONNECT_TIMEOUT", "5s"));
        Settings settings = reader.settings();

        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(4));
        assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.report()).isEqualTo(Path.of("c"));
        assertThat(settings.inbox()).isEqualTo(2);
        assertThat(settings.history()).isEqualTo(Settings.Keep.ALWAYS);
    }

    @Test
    void an_unknown_key_is_an_error_that_lists_the_known_ones() {
        String allowed = ", allowed are " + Option.keys() + ", escalus.target";

        assertThatThrownBy(() -> reader().read("my.properties", Map.of("escalus.speed", "1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'escalus.speed' is no setting (it stands in my.properties)" + allowed);
        assertThatThrownBy(() -> reader().readSystemProperties(Map.of("escalus.speed", "1")))
                .hasMessage("'escalus.speed' is no setting (it stands in a system property)" + allowed);
        assertThatThrownBy(() -> reader().readEnvironment(Map.of("ESCALUS_SPEED", "1")))
                .hasMessage("'escalus.speed' is no setting (it stands in the environment variable ESCALUS_SPEED)"
                        + allowed);
    }

    @Test
    void what_is_not_ours_is_left_alone() {
        Settings settings = reader().read("a file", Map.of("junit.jupiter.execution.parallel.enabled", "true"))
                .readEnvironment(Map.of("PATH", "/bin", "escalus_speed", "1"))
                .settings();

        assertThat(settings.timeout()).isEqualTo(Settings.standard().timeout());
        assertThat(SettingsReader.ofJvm().inbox()).isPositive();
    }

    @Test
    void a_servers_own_key_is_kept_for_it() {
        Settings settings = reader().readEnvironment(Map.of("ESCALUS_TARGET", "localhost:5222"))
                .settings();

        assertThat(settings.get("escalus.target")).contains("localhost:5222");
        assertThat(settings.with(Option.INBOX, "5").get("escalus.target")).isPresent();
        assertThat(settings.get("escalus.other")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "escalus.timeout | soon | a duration such as 500ms, 2s or PT2S",
                "escalus.timeout | 0s   | a duration",
                "escalus.timeout | -1s  | a duration",
                "escalus.inbox   | 0    | a whole number from 1 to 999999999",
                "escalus.inbox   | many | a whole number",
                "escalus.history | some | failures, always or never",
                "escalus.report  | ' '  | some text",
            })
    void a_value_that_means_nothing_is_an_error(String key, String value, String allowed) {
        assertThatThrownBy(() -> reader().read("my.properties", Map.of(key, value)))
                .hasMessageStartingWith("%s is '%s', it must be %s".formatted(key, value.strip(), allowed))
                .hasMessageEndingWith("(set by my.properties)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1500ms", "1500 ms", "PT1.5S"})
    void durations_are_written_in_several_ways(String text) {
        assertThat(Settings.standard().with(Option.TIMEOUT, text).timeout()).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void minutes_too() {
        assertThat(Settings.standard().with(Option.TIMEOUT, "2m").timeout()).isEqualTo(Duration.ofMinutes(2));
    }
}
