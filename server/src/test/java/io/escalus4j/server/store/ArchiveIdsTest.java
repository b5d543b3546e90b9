package io.escalus4j.server.store;

import static io.escalus4j.server.store.Promises.together;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveIdsTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00.123456Z");
    private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

    private static ArchiveIds ids(Clock clock, Optional<ArchiveId> newest) {
        return new ArchiveIds(clock, 7, newest);
    }

    @Test
    void an_id_tells_its_microsecond() {
        assertThat(ids(CLOCK, Optional.empty()).next().time()).isEqualTo(NOON);
    }

    @Test
    void ids_of_one_moment_differ_and_grow_also_as_text() {
        var ids = ids(CLOCK, Optional.empty());
        var made = Stream.generate(ids::next).limit(1000).toList();

        assertThat(made).isSorted().doesNotHaveDuplicates();
        assertThat(made.stream().map(ArchiveId::toString)).isSorted().allMatch(text -> text.length() == 16);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9999-12-31T23:59:59Z", "2300-01-01T00:00:00Z"})
    void nothing_is_said_after_a_far_future(Instant future) {
        var now = ids(CLOCK, Optional.empty()).next();

        assertThat(ArchiveId.from(future)).isGreaterThan(now);
        assertThat(ArchiveId.after(future)).isGreaterThan(now);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1969-12-31T23:59:59Z", "-9999-01-01T00:00:00Z"})
    void everything_is_said_after_a_far_past(Instant past) {
        var now = ids(CLOCK, Optional.empty()).next();

        assertThat(ArchiveId.from(past)).isLessThan(now);
        assertThat(ArchiveId.after(past)).isLessThan(now);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1H", "P-1D", "PT1H", "P1D"})
    void ids_grow_wherever_the_clock_is_set(Duration step) {
        var before = ids(CLOCK, Optional.empty()).next();

        assertThat(ids(Clock.offset(CLOCK, step), Optional.of(before)).next()).isGreaterThan(before);
    }

    @Test
    void many_who_take_ids_at_once_get_different_ones() throws Exception {
        var ids = ids(CLOCK, Optional.empty());

        var made = together(() -> Stream.generate(ids::next).limit(1000).toList());

        assertThat(made.stream().flatMap(List::stream)).hasSize(8000).doesNotHaveDuplicates();
        assertThat(made).allSatisfy(one -> assertThat(one).isSorted());
    }

    @Test
    void two_servers_do_not_make_the_same_id() {
        assertThat(new ArchiveIds(CLOCK, 1, Optional.empty()).next())
                .isNotEqualTo(new ArchiveIds(CLOCK, 2, Optional.empty()).next());
    }

    @Test
    void text_is_read_back() {
        var id = ids(CLOCK, Optional.empty()).next();

        assertThat(ArchiveId.parse(id.toString())).contains(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "8000000000000000",
                "ffffffffffffffff",
                "000000000000000G",
                "00000000000000AB",
                "-000000000000001"
            })
    void what_is_no_id_is_not_taken_for_one(String text) {
        assertThat(ArchiveId.parse(text)).isEmpty();
    }
}
