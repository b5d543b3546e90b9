package io.escalus4j.exml;

import static io.escalus4j.exml.StreamTest.HEADER;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.XmlException.Kind;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What ends a stream has a name in RFC 6120. */
class StreamConditionTest {
    @Test
    void every_kind_of_error_is_a_stream_error_of_rfc_6120_section_4_9_3() {
        assertThat(Arrays.stream(Kind.values()).map(Kind::condition).distinct())
                .containsExactlyInAnyOrder(
                        "not-well-formed", "restricted-xml", "bad-format", "unsupported-encoding", "policy-violation");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<a></b>        | not-well-formed",
                "<p:a/>         | not-well-formed",
                "<a>&x;</a>     | restricted-xml",
                "<!-- a -->     | restricted-xml",
                "words          | bad-format",
                "<a b='1' b=''/> | not-well-formed",
            })
    void what_breaks_a_stream_has_its_condition(String broken, String condition) {
        assertThat(Transcript.ofStream(HEADER + broken).kind().condition()).isEqualTo(condition);
    }
}
