package io.escalus4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.server.config.Profile;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no XML of RFC 6120 section 11 ends the stream with the right error, and nothing of it gets to anybody. */
class BadXmlTest {
    private static XmppServer server;
    private static RawClient bob;

    @BeforeAll
    static void start() {
        server = XmppServer.builder().profile(Profile.TEST).start();
        bob = RawClient.fresh(server, "phone");
    }

    @AfterAll
    static void stop() {
        bob.close();
        server.close();
    }

    /** How far a client has come when it misbehaves. */
    private enum Progress {
        CONNECTED,
        OPENED,
        AUTHENTICATED,
        BOUND;

        RawClient client() {
            var client = RawClient.to(server);
            if (this != CONNECTED) {
                client.open();
            }
            if (this == AUTHENTICATED || this == BOUND) {
                client.authenticate(RawClient.freshUser(server), "secret");
            }
            if (this == BOUND) {
                client.bind("phone");
            }
            return client;
        }
    }

    private static void assertRefused(String answer, String condition) {
        assertThat(answer)
                .contains("<stream:error><" + condition + " xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>")
                .endsWith("</stream:error></stream:stream>");
    }

    private static String afterSending(Progress progress, String xml) {
        try (var client = progress.client()) {
            return client.send(xml).expectEnd();
        }
    }

    private static void assertBobGotNothing() {
        assertThat(bob.expectNothingBefore()).isEmpty();
    }

    private static String toBob(String body) {
        return "<message to='" + bob.jid() + "'><body>" + body + "</body></message>";
    }

    // ---- attacks 1 and 3: what XML has and a stream has not

    static Stream<Arguments> restricted() {
        var constructs = List.of(
                "<!-- a comment -->",
                "<?php echo 1 ?>",
                "<!DOCTYPE stream>",
                "<!DOCTYPE lolz [<!ENTITY lol 'lol'>]>",
                "<!DOCTYPE x SYSTEM 'http://127.0.0.1:9/x.dtd'>");
        return Stream.of(Progress.values())
                .flatMap(progress -> constructs.stream().map(construct -> Arguments.of(progress, construct)));
    }

    @ParameterizedTest
    @MethodSource("restricted")
    void restricted_xml_ends_the_stream_however_far_it_has_come(Progress progress, String construct) {
        String answer = afterSending(progress, construct + RawClient.HEADER);

        assertRefused(answer, "restricted-xml");
        assertThat(answer.startsWith("<?xml version='1.0'?><stream:stream ")).isEqualTo(progress == Progress.CONNECTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<!-- in a stanza -->", "<?php echo 1 ?>", "&lol;", "&nbsp;"})
    void restricted_xml_within_a_stanza_ends_the_stream(String construct) {
        assertRefused(afterSending(Progress.BOUND, toBob("a" + construct + "b")), "restricted-xml");
        assertBobGotNothing();
    }

    @Test
    void a_second_declaration_ends_the_stream() {
        assertThat(afterSending(Progress.BOUND, "<?xml version='1.0'?>" + toBob("hi")))
                .containsAnyOf("<restricted-xml ", "<not-well-formed ")
                .endsWith("</stream:stream>");
        assertRefused(afterSending(Progress.BOUND, RawClient.HEADER + toBob("hi")), "bad-format");
        assertBobGotNothing();
    }

    @Test
    void an_entity_bomb_does_not_go_off() {
        var bomb = new StringBuilder("<?xml version='1.0'?><!DOCTYPE lolz [<!ENTITY lol0 'lol'>");
        for (int i = 1; i <= 10; i++) {
            bomb.append("<!ENTITY lol%d '%s'>".formatted(i, ("&lol" + (i - 1) + ";").repeat(10)));
        }

        assertRefused(afterSending(Progress.CONNECTED, bomb + "]>" + RawClient.HEADER + "&lol10;"), "restricted-xml");
    }

    // ---- not well-formed

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<message></presence>",
                "<message a='1' a='2'/>",
                "<message a=1/>",
                "<message a='<'/>",
                "<1message/>",
                "<message><body>]]></body></message>",
                "<message xmlns:a='urn:x' xmlns:b='urn:x' a:y='1' b:y='2'/>",
                "<message a='1'b='2'/>",
                "<message/ >",
                "< message/>",
                "<message>&</message>",
                "<message>&#x;</message>",
                "<message>&#xZZ;</message>",
                "</message>"
            })
    void what_is_not_well_formed_ends_the_stream(String xml) {
        assertRefused(afterSending(Progress.OPENED, xml), "not-well-formed");
    }

    @Test
    void an_undeclared_prefix_ends_the_stream() {
        assertRefused(
                afterSending(Progress.BOUND, "<message to='" + bob.jid() + "'><x:y/></message>"), "not-well-formed");
        assertBobGotNothing();
    }

    @Test
    void text_between_stanzas_ends_the_stream() {
        assertRefused(afterSending(Progress.BOUND, "hello " + toBob("hi")), "bad-format");
        assertBobGotNothing();
    }

    // ---- attack 9: bytes that are no UTF-8

    static Stream<byte[]> malformed() {
        return Stream.of(
                        "80",
                        "BF",
                        "C0",
                        "C1",
                        "F5",
                        "FE",
                        "FF", // never lead bytes
                        "C080",
                        "C0AF",
                        "E08080",
                        "E080AF",
                        "F0808080",
                        "F08080AF",
                        "F8888080AF",
                        "FC8080808080", // overlong
                        "EDA080",
                        "EDBFBF",
                        "EDA080EDB080",
                        "EDADBFEDBFBF", // surrogates
                        "F4908080",
                        "F7BFBFBF", // above U+10FFFF
                        "C2",
                        "E282",
                        "F09F98",
                        "E2",
                        "F0", // cut off
                        "C23C",
                        "E2823C",
                        "F09F983C",
                        "C227",
                        "E28222", // a lead byte that would eat < ' or "
                        "C2C2A9",
                        "E28228A1",
                        "F0288CBC",
                        "A9C2")
                .map(hex -> HexFormat.of().parseHex(hex));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void malformed_utf8_ends_the_stream_and_reaches_nobody(byte[] sequence) {
        assertRefused(
                afterSending("<message to='" + bob.jid() + "'><body>", sequence, "</body></message>"),
                "not-well-formed");
        assertRefused(
                afterSending("<message to='" + bob.jid() + "' id='", sequence, "'/><x a='b'/>"), "not-well-formed");
        assertRefused(afterSending("<message to='" + bob.jid() + "'><x", sequence, "/></message>"), "not-well-formed");
        assertBobGotNothing();
    }

    private static String afterSending(String before, byte[] bytes, String after) {
        try (var client = Progress.BOUND.client()) {
            var all = new ByteArrayOutputStream();
            all.writeBytes(before.getBytes(StandardCharsets.UTF_8));
            all.writeBytes(bytes);
            all.writeBytes(after.getBytes(StandardCharsets.UTF_8));
            return client.send(all.toByteArray()).expectEnd();
        }
    }

    // ---- attack 12: other encodings

    static Stream<Arguments> encodings() {
        var headers = new ArrayList<Arguments>();
        for (String name : List.of("UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "IBM1047")) {
            headers.add(Arguments.of(name, RawClient.HEADER.getBytes(Charset.forName(name))));
        }
        for (String name : List.of("UTF-16", "ISO-8859-1", "US-ASCII", "windows-1252")) {
            String declared = RawClient.HEADER.replace("version='1.0'?>", "version='1.0' encoding='" + name + "'?>");
            headers.add(Arguments.of("declared " + name, declared.getBytes(StandardCharsets.UTF_8)));
        }
        return headers.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("encodings")
    void another_encoding_than_utf8_is_not_spoken(String name, byte[] header) {
        try (var client = RawClient.to(server)) {
            assertThat(client.send(header).expectEnd())
                    .containsAnyOf("<unsupported-encoding ", "<not-well-formed ")
                    .endsWith("</stream:error></stream:stream>");
        }
    }

    @Test
    void utf8_may_be_declared_in_any_case() {
        try (var client = RawClient.to(server)) {
            client.send(RawClient.HEADER.replace("version='1.0'?>", "version='1.0' encoding='utf-8'?>"))
                    .expect("</stream:features>");
        }
    }

    @Test
    void a_byte_order_mark_in_the_middle_ends_the_stream() {
        assertRefused(afterSending(Progress.OPENED, "\uFEFF<message/>"), "bad-format");
    }

    // ---- attack 13: characters that XML does not have

    @ParameterizedTest
    @ValueSource(
            strings = {
                "&#0;",
                "&#x0;",
                "&#x1;",
                "&#x8;",
                "&#xB;",
                "&#xC;",
                "&#x1E;",
                "&#x1F;",
                "&#xD800;",
                "&#xDFFF;",
                "&#xFFFE;",
                "&#xFFFF;",
                "&#x110000;",
                "&#99999999999;",
                "&#-1;"
            })
    void forbidden_characters_by_reference_end_the_stream(String reference) {
        assertRefused(afterSending(Progress.BOUND, toBob(reference)), "not-well-formed");
        assertRefused(
                afterSending(Progress.BOUND, "<message to='" + bob.jid() + "' id='" + reference + "'/>"),
                "not-well-formed");
        assertBobGotNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\u0001", "\u001F", "\uFFFE", "\uFFFF"})
    void forbidden_characters_as_they_are_end_the_stream(String character) {
        assertRefused(afterSending(Progress.BOUND, toBob(character)), "not-well-formed");
        assertBobGotNothing();
    }

    // ---- attack 15: judged by namespace

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "<message xmlns=''/>",
                "<x:message xmlns:x='urn:x'/>",
                "<Message/>",
                "<msg/>",
                "<iq xmlns='jabber:component:accept' type='get' id='1'/>",
                "<stream:message/>",
                "<stream:features/>",
                "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'/>",
                "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>",
                "<enable xmlns='urn:example:unknown'/>"
            })
    void what_is_no_stanza_of_jabber_client_ends_the_stream(String xml) {
        assertRefused(afterSending(Progress.BOUND, xml), "unsupported-stanza-type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<message xmlns='jabber:server' to='localhost'/>", "<x:message xmlns:x='jabber:server'/>"})
    void a_stanza_of_servers_ends_the_stream(String xml) {
        assertRefused(afterSending(Progress.BOUND, xml), "invalid-namespace");
    }

    @Test
    void a_stanza_with_a_prefix_ends_the_stream() {
        assertRefused(
                afterSending(
                        Progress.BOUND,
                        "<c:message xmlns:c='jabber:client' to='" + bob.jid()
                                + "'><c:body>by prefix</c:body></c:message>"),
                "bad-namespace-prefix");
        assertBobGotNothing();
    }

    // ---- attack 16: after the end

    @ParameterizedTest
    @ValueSource(strings = {"</stream:stream>", "</stream:stream>\n", "<message></presence>"})
    void what_comes_after_the_end_is_ignored(String end) {
        assertThat(afterSending(Progress.BOUND, end + toBob("too late"))).endsWith("</stream:stream>");
        assertBobGotNothing();
    }

    // ---- attack 34: before authentication

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "<message to='localhost'><body>hi</body></message>, not-authorized",
                "<presence/>, not-authorized",
                "<iq type='get' id='1'><query xmlns='jabber:iq:roster'/></iq>, not-authorized",
                "<iq type='set' id='1'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>, not-authorized",
                "<iq type='set' id='1'><session xmlns='urn:ietf:params:xml:ns:xmpp-session'/></iq>, not-authorized",
                "<iq type='set' id='1'/>, not-authorized",
                "<iq/>, not-authorized",
                "<something/>, not-authorized",
                "<message xmlns='jabber:server'/>, unsupported-stanza-type",
                "<enable xmlns='urn:xmpp:sm:3'/>, not-authorized",
                "<resume xmlns='urn:xmpp:sm:3' previd='any' h='0'/>, not-authorized",
                "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>, unsupported-stanza-type",
                "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>, unsupported-stanza-type"
            })
    void nothing_but_negotiation_is_possible_before_authentication(String xml, String condition) {
        assertRefused(afterSending(Progress.OPENED, xml), condition);
    }

    // ---- attack 17: other protocols

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /secret-path HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "POST /secret-path HTTP/1.1\r\nContent-Length: 3\r\n\r\n<a>",
                "{\"secret-path\": [1, 2, 3]}\n",
                "EHLO secret-path\r\n",
                "SSH-2.0-secret-path\r\n",
                "*1\r\n$11\r\nsecret-path\r\n",
                "\u0016\u0003\u0001\u0000\u0005\u0001\u0000\u0000\u0001secret-path",
                "PROXY TCP4 127.0.0.1 127.0.0.1 1 2\r\nsecret-path",
                "CONNECT secret-path:443 HTTP/1.1\r\n\r\n"
            })
    void another_protocol_is_turned_away_without_an_echo(String opener) {
        try (var client = RawClient.to(server)) {
            assertThat(client.send(opener).expectEnd())
                    .contains("<stream:error>")
                    .endsWith("</stream:stream>")
                    .doesNotContain("secret-path");
        }
    }
}
