package io.escalus4j.server.xep.mam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.ArchiveId;
import io.escalus4j.server.store.ArchiveQuery;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which messages are wanted, as it is written. */
class QueryFormTest {
    private static QueryForm read(String query) {
        return QueryForm.read(Element.parse(query), text -> new ArchiveId(Long.parseLong(text)));
    }

    private static QueryForm form(String fields) {
        return read("<query xmlns='urn:xmpp:mam:2'><x xmlns='jabber:x:data' type='submit'>"
                + "<field var='FORM_TYPE'><value>urn:xmpp:mam:2</value></field>" + fields + "</x></query>");
    }

    private static String field(String name, String... values) {
        return "<field var='%s'>".formatted(name)
                + java.util.Arrays.stream(values)
                        .map("<value>%s</value>"::formatted)
                        .collect(Collectors.joining())
                + "</field>";
    }

    private static void assertRefused(Condition condition, org.assertj.core.api.ThrowableAssert.ThrowingCallable read) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(read)
                .satisfies(refusal -> assertThat(refusal.error().condition()).isEqualTo(condition));
    }

    @Test
    void a_query_without_a_form_wants_all() {
        assertThat(read("<query xmlns='urn:xmpp:mam:2'/>")).isEqualTo(new QueryForm(ArchiveQuery.ALL, false));
        assertThat(form("")).isEqualTo(new QueryForm(ArchiveQuery.ALL, false));
    }

    @Test
    void a_field_without_a_value_is_as_good_as_none() {
        assertThat(form(field("with") + field("start", "") + field("ids", "", "") + field("simple")))
                .isEqualTo(new QueryForm(ArchiveQuery.ALL, false));
    }

    @Test
    void one_value_among_empty_ones_is_not_none() {
        assertRefused(Condition.BAD_REQUEST, () -> form(field("with", "", "bob@localhost")));
    }

    @Test
    void each_version_has_forms_of_its_own_name() {
        String elder = "<query xmlns='urn:xmpp:mam:1'><x xmlns='jabber:x:data' type='submit'>"
                + "<field var='FORM_TYPE'><value>urn:xmpp:mam:1</value></field>" + field("with", "bob@localhost")
                + "</x></query>";

        assertThat(read(elder).query().with()).contains(Jid.of("bob@localhost"));
        assertRefused(
                Condition.BAD_REQUEST,
                () -> read(elder.replace("query xmlns='urn:xmpp:mam:1'", "query xmlns='urn:xmpp:mam:2'")));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-25T18:30:00Z, 2026-11-25T18:30:00Z",
        "2026-11-25T18:30:00.5Z, 2026-11-25T18:30:00.500Z",
        "2026-11-25T18:30:00.123456789Z, 2026-11-25T18:30:00.123456789Z",
        "2026-11-25T18:30:00+02:00, 2026-11-25T16:30:00Z",
        "2026-11-25T18:30:00-11:30, 2026-11-26T06:00:00Z",
        "1969-07-21T02:56:15Z, 1969-07-21T02:56:15Z"
    })
    void a_time_is_of_any_zone_and_as_fine_as_may_be(String written, String meant) {
        assertThat(form(field("start", written)).query().start()).contains(Instant.parse(meant));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-25",
                "18:30:00Z",
                "2026-11-25T18:30Z",
                "2026-11-25 18:30:00Z",
                "2026-11-25T18:30:00",
                "2026-02-29T00:00:00Z",
                "2026-11-25T24:00:01Z",
                "2026-11-25T18:30:00+19:00",
                "20261125T18:30:00Z",
                "2026-11-25T18:30:00.Z",
                "now",
                "1764095400"
            })
    void what_is_no_time_is_refused(String written) {
        assertRefused(Condition.BAD_REQUEST, () -> form(field("end", written)));
    }

    @Test
    void between_two_messages_and_from_one_to_another_differ_by_these_two() {
        var between = form(field("after-id", "5") + field("before-id", "9")).query();
        var from = form(field("from-id", "5") + field("to-id", "9")).query();

        assertThat(between.least()).isEqualTo(new ArchiveId(6));
        assertThat(between.bound()).isEqualTo(new ArchiveId(9));
        assertThat(from.least()).isEqualTo(new ArchiveId(5));
        assertThat(from.bound()).isEqualTo(new ArchiveId(10));
    }

    @ParameterizedTest
    @CsvSource({"true, true", "1, true", "false, false", "0, false"})
    void a_flag_is_written_in_four_ways(String written, boolean meant) {
        assertThat(form(field("simple", written)).simple()).isEqualTo(meant);
        assertThat(form(field("include-groupchat", written)).query().groupchat())
                .isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRUE", "yes", " true", "2"})
    void and_in_no_other(String written) {
        assertRefused(Condition.BAD_REQUEST, () -> form(field("simple", written)));
    }

    @Test
    void as_many_ids_as_may_be_and_not_one_more() {
        var most = IntStream.range(0, 1000).mapToObj(Integer::toString).toArray(String[]::new);
        var more = IntStream.range(0, 1001).mapToObj(Integer::toString).toArray(String[]::new);

        assertThat(form(field("ids", most)).query().ids()).hasSize(1000);
        assertRefused(Condition.POLICY_VIOLATION, () -> form(field("ids", more)));
    }

    @Test
    void words_to_search_for_have_an_end_too() {
        assertThat(form(field(QueryForm.FULL_TEXT, "x".repeat(256))).query().text())
                .contains("x".repeat(256));
        assertRefused(Condition.POLICY_VIOLATION, () -> form(field(QueryForm.FULL_TEXT, "x".repeat(257))));
    }

    @Test
    void a_field_is_known_and_there_once() {
        assertRefused(Condition.FEATURE_NOT_IMPLEMENTED, () -> form(field("mood", "low")));
        assertRefused(Condition.FEATURE_NOT_IMPLEMENTED, () -> form("<field><value>low</value></field>"));
        assertRefused(Condition.BAD_REQUEST, () -> form(field("with", "a@b") + field("with", "a@b")));
        assertRefused(Condition.BAD_REQUEST, () -> form(field("FORM_TYPE", "urn:xmpp:mam:2")));
    }

    @Test
    void the_empty_form_has_each_field_that_the_filled_one_may_have() {
        String empty = QueryForm.empty("urn:xmpp:mam:2").toXml();

        for (String name : new String[] {"with", "start", "end", "before-id", "after-id", "ids", "include-groupchat"}) {
            assertThat(empty).contains("var='" + name + "'");
        }
        assertThat(empty).contains("<open");
    }
}
