package io.escalus4j.stories.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.exml.Element;
import io.escalus4j.stories.bench.Figures.Idle;
import io.escalus4j.stories.bench.Figures.InRoom;
import io.escalus4j.stories.bench.Figures.Joining;
import io.escalus4j.stories.bench.Figures.Mobile;
import io.escalus4j.stories.bench.Figures.Subject;
import io.escalus4j.stories.bench.Figures.Talk;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GroupchatPageTest {
    private static final String EMPTY = "before\n" + GroupchatPage.BEGIN + "old\n" + GroupchatPage.END + "\nafter\n";

    private static InRoom room(double micros, double p99) {
        return new InRoom(
                1000,
                new Joining(2.5, 123_456, 0),
                new Talk(250_000, micros, 1, 2, 0, 0),
                new Talk(125_000, micros, 3, p99, 0, 0),
                0.5);
    }

    private static Figures figures(InRoom room) {
        return new Figures(
                List.of(
                        new Subject(
                                "our MUC Light",
                                "",
                                List.of(room),
                                Optional.of(new Mobile(0, 0, 20)),
                                Optional.empty()),
                        Subject.skipped("prosody's MUC", "there is no apt-get here")),
                List.of(new Idle("MUC", 10_000, 1_000_000, 0)),
                "some machine");
    }

    @Test
    void what_was_measured_takes_the_place_of_what_was_there() {
        String page = GroupchatPage.with(EMPTY, figures(room(3.2, 20)));

        assertThat(page)
                .startsWith("before\n")
                .endsWith("\nafter\n")
                .doesNotContain("old")
                .contains("some machine", "### Talk in a room of 1000", "| our MUC Light | 250000 | 3.2 |")
                .contains(
                        "| our MUC Light | 1000 | 2.5 | 0 | 123456 |",
                        "### The mobile cost",
                        "| MUC | 10000 | 0 | 100 |");
        assertThat(GroupchatPage.with(page, figures(room(3.2, 20)))).isEqualTo(page);
    }

    @Test
    void the_chart_has_a_bar_for_each_server_that_was_measured() {
        String chart = GroupchatChart.of(figures(room(3.2, 20)));

        assertThat(chart)
                .contains(
                        "The same in a room of 1000",
                        ">our MUC Light</text>",
                        ">3.2</text>",
                        ">20</text>",
                        ">2.5</text>")
                .doesNotContain("prosody", "in a room of 100<", "Bytes per user");
        assertThat(Element.parse(chart).name()).isEqualTo("svg");
    }

    @Test
    void a_goal_is_reached_or_missed_by_so_much() {
        String page = GroupchatPage.of(figures(room(5, 20)));

        assertThat(page)
                .contains("per delivery | our MUC Light, 1000: 5.0 **missed** by 25 % |")
                .contains("at half load | our MUC Light, 1000: 20 reached |");
    }

    @Test
    void a_server_that_is_missing_says_why() {
        assertThat(GroupchatPage.of(figures(room(3, 20))))
                .contains("prosody's MUC was not measured: there is no apt-get here");
    }

    @Test
    void clients_that_are_the_bottleneck_are_told() {
        var room = new InRoom(
                1000, new Joining(1, 1, 0), room(3, 4).most(), room(3, 4).half(), 0.95);

        assertThat(GroupchatPage.of(figures(room))).contains("95 %, the bottleneck");
    }

    @Test
    void a_page_without_a_place_is_not_overwritten() {
        assertThatThrownBy(() -> GroupchatPage.with("nothing", figures(room(3, 4))))
                .hasMessageContaining("no place for what is measured");
    }
}
