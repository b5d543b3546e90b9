package io.escalus4j.stories.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** How often stories are told, under which seeds, and how a failure is seen again. */
class RaceOptionsTest {
    private static List<Map<String, String>> tellings(String... args) {
        return CommandLine.populateCommand(new RaceOptions(), args).tellings();
    }

    @Test
    void without_options_stories_are_told_once_and_nothing_is_held_back() {
        assertThat(tellings()).containsExactly(Map.of());
    }

    @Test
    void each_telling_has_the_next_seed() {
        assertThat(tellings("--repeat", "3", "--seed", "47"))
                .containsExactly(
                        Map.of("escalus.seed", "47", "escalus.jitter", "10ms"),
                        Map.of("escalus.seed", "48", "escalus.jitter", "10ms"),
                        Map.of("escalus.seed", "49", "escalus.jitter", "10ms"));
    }

    @Test
    void a_seed_alone_is_one_telling_and_the_jitter_can_be_said() {
        assertThat(tellings("--seed", "-1", "--jitter", "2s"))
                .containsExactly(Map.of("escalus.seed", "-1", "escalus.jitter", "2s"));
    }

    @Test
    void who_names_no_seed_gets_one_that_is_told_and_another_each_time() {
        Set<String> firsts = IntStream.range(0, 10)
                .mapToObj(i -> tellings("--repeat", "2").get(0).get("escalus.seed"))
                .collect(Collectors.toSet());
        assertThat(firsts)
                .hasSizeGreaterThan(1)
                .allSatisfy(seed -> assertThat(Long.parseLong(seed)).isBetween(0L, 1_000_000L));
        assertThat(tellings("--jitter", "5ms").get(0)).containsKey("escalus.seed");
    }

    @Test
    void what_is_no_number_is_refused() {
        assertThatThrownBy(() -> tellings("--seed", "many")).hasMessageContaining("'many' is not a long");
        assertThatThrownBy(() -> tellings("--repeat", "often")).hasMessageContaining("'often' is not an int");
    }

    @Test
    void a_failure_is_seen_again_with_all_else_that_was_said() {
        var telling = Map.of("escalus.seed", "49", "escalus.jitter", "10ms");

        assertThat(RaceOptions.again(
                        telling, List.of("run", "--repeat", "3", "--seed=47", "--stories", "roster.*it's*", "--quiet")))
                .contains(
                        "seed 49 failed, to see it again: bin/escalus run --stories 'roster.*it'\\''s*' --quiet --seed 49 --jitter 10ms");
        assertThat(RaceOptions.again(Map.of(), List.of("run"))).isEmpty();
    }
}
