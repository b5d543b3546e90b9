package io.escalus4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.server.config.Profile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The opening of a stream (RFC 6120 section 4.7). */
class StreamHeaderTest {
    private static XmppServer server;

    @BeforeAll
    static void start() {
        server = XmppServer.builder()
                .domain("localhost")
                .domain("example.org")
                .profile(Profile.TEST)
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String header(String attributes) {
        return "<stream:stream xmlns:stream='http://etherx.jabber.org/streams' " + attributes + ">";
    }

    private static String answer(String header) {
        try (var client = RawClient.to(server)) {
            return client.send(header).expectEndOr("</stream:features>");
        }
    }

    @Test
    void a_header_is_answered_with_one_of_ours_and_features() {
        assertThat(answer(RawClient.HEADER))
                .matches("<\\?xml version='1.0'\\?><stream:stream xmlns='jabber:client'"
                        + " xmlns:stream='http://etherx.jabber.org/streams' id='[0-9a-f]{32}' from='localhost'"
                        + " version='1.0' xml:lang='en'><stream:features>.*</stream:features>");
    }

    @Test
    void each_stream_has_an_id_of_its_own() {
        assertThat(answer(RawClient.HEADER)).isNotEqualTo(answer(RawClient.HEADER));
    }

    @Test
    void each_domain_of_the_server_answers_for_itself() {
        assertThat(answer(header("xmlns='jabber:client' version='1.0' to='EXAMPLE.org'")))
                .contains("from='example.org'", "</stream:features>");
    }

    @ParameterizedTest
    @CsvSource({"en, en", "en-GB, en-GB", "de, en", "pt-BR, en", "not a language, en", "abcdefghi, en"})
    void the_language_of_the_client_is_ours_if_it_is_english(String sent, String answered) {
        assertThat(answer(header("xmlns='jabber:client' version='1.0' to='localhost' xml:lang='" + sent + "'")))
                .contains("xml:lang='" + answered + "'", "</stream:features>");
    }

    @Test
    void who_says_from_where_it_comes_is_answered_to_there() {
        assertThat(answer(header("xmlns='jabber:client' version='1.0' to='localhost' from='alice@localhost'")))
                .contains(" to='alice@localhost'");
    }

    @Test
    void a_stream_may_use_another_prefix_or_none() {
        assertThat(
                        answer(
                                "<s:stream xmlns:s='http://etherx.jabber.org/streams' xmlns='jabber:client' version='1.0' to='localhost'>"))
                .endsWith("</stream:features>");
        assertThat(answer("<stream xmlns='http://etherx.jabber.org/streams' version='1.0' to='localhost'>"))
                .endsWith("</stream:features>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "1.99", "2.0", "01.0"})
    void version_one_and_later_is_spoken_with_as_one(String version) {
        assertThat(answer(header("xmlns='jabber:client' to='localhost' version='" + version + "'")))
                .contains("version='1.0'", "</stream:features>");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "\"xmlns='jabber:client' to='localhost'\", unsupported-version",
                "\"xmlns='jabber:client' to='localhost' version='0.9'\", unsupported-version",
                "\"xmlns='jabber:client' to='localhost' version='one'\", unsupported-version",
                "\"xmlns='jabber:client' to='localhost' version='99999999999999999999.0'\", unsupported-version",
                "\"xmlns='jabber:client' version='1.0'\", improper-addressing",
                "\"xmlns='jabber:client' to='nowhere.example' version='1.0'\", host-unknown",
                "\"xmlns='jabber:client' to='' version='1.0'\", host-unknown",
                "\"xmlns='jabber:client' to='alice@localhost' version='1.0'\", host-unknown",
                "\"xmlns='jabber:server' to='localhost' version='1.0'\", invalid-namespace",
                "\"to='localhost' version='1.0'\", invalid-namespace"
            })
    void a_wrong_header_is_answered_and_then_refused(String attributes, String condition) {
        assertThat(answer(header(attributes)))
                .startsWith("<?xml version='1.0'?><stream:stream ")
                .contains(" from='localhost'")
                .contains("<stream:error><" + condition + " xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>")
                .endsWith("</stream:error></stream:stream>")
                .doesNotContain("features");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "<stream:stream xmlns:stream='urn:wrong' xmlns='jabber:client' to='localhost' version='1.0'>, invalid-namespace",
                "<stream xmlns='jabber:client' to='localhost' version='1.0'>, invalid-namespace",
                "<stream:flow xmlns:stream='http://etherx.jabber.org/streams' xmlns='jabber:client' to='localhost' version='1.0'>, bad-format"
            })
    void what_is_no_stream_is_refused(String header, String condition) {
        assertThat(answer(header)).contains("<" + condition + " ").endsWith("</stream:stream>");
    }

    @Test
    void a_stream_within_a_stream_ends_it() {
        try (var client = RawClient.opened(server)) {
            assertThat(client.send(RawClient.HEADER.replaceFirst(".*\\?>", "")).expectEnd())
                    .contains("<bad-format ")
                    .endsWith("</stream:stream>");
        }
    }

    @Test
    void a_closed_stream_is_closed_by_us_too() {
        try (var client = RawClient.opened(server)) {
            assertThat(client.send("</stream:stream>").expectEnd()).isEqualTo("</stream:stream>");
        }
    }

    @Test
    void white_space_between_elements_means_nothing() {
        try (var client = RawClient.opened(server)) {
            client.send(" \r\n\t " + RawClient.plain("nobody", "secret") + "\n\n")
                    .expect("</failure>");
        }
    }
}
