package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.stories.RawStream.attribute;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.Client;
import io.escalus4j.Scene;
import io.escalus4j.Spec;
import io.escalus4j.junit.RequiresFeature;
import io.escalus4j.junit.Story;
import io.escalus4j.users.User;
import java.io.StringReader;
import java.util.HashSet;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.xml.sax.InputSource;

/** What the headers and the features of a stream say, letter by letter: RFC 6120 sections 4 to 7. */
class StreamNegotiationStory {
    private static final String HEADER =
            "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' to='%s' %s>";

    @Story
    @Spec(
            rfc = 6120,
            section = "4.7",
            id = {
                "6120-4.1-1",
                "6120-4.3.2-1",
                "6120-4.5-1",
                "6120-4.7.1-2",
                "6120-4.7.2-3",
                "6120-4.7.3-4",
                "6120-4.7.3-5",
                "6120-4.7.4-1",
                "6120-4.7.4-2",
                "6120-4.7.4-4",
                "6120-4.7.5-2",
                "6120-4.8.1-1",
                "6120-4.8.2-1",
                "6120-4.8.2-2",
                "6120-5.4.1-1",
                "6120-5.4.1-2"
            },
            says = "the server's header names the server, the stream, the version and the language")
    void the_answer_says_who_speaks(Scene scene) throws Exception {
        try (var stream = RawStream.to(scene.server())) {
            String answer = stream.open("xml:lang='de' id='mine'");

            assertThat(attribute(answer, "from")).isEqualTo(scene.server().domain());
            assertThat(attribute(answer, "id")).isNotEmpty().isNotEqualTo("mine");
            assertThat(attribute(answer, "version")).isEqualTo("1.0");
            assertThat(attribute(answer, "xml:lang")).isIn("en", "de");
            assertThat(attribute(answer, "to")).isEmpty();
            assertThat(attribute(answer, "xmlns")).isEqualTo("jabber:client");
            assertThat(attribute(answer, "xmlns:stream")).isEqualTo("http://etherx.jabber.org/streams");
        }
    }

    @Story
    @Spec(rfc = 6120, section = "4.7.2", id = "6120-4.7.2-2", says = "who says from is answered with to, the bare JID")
    void who_says_from_is_answered_with_to(Scene scene) throws Exception {
        try (var stream = RawStream.to(scene.server())) {
            String answer =
                    stream.open("from='alice@%s/phone'".formatted(scene.server().domain()));

            assertThat(attribute(answer, "to"))
                    .isEqualTo("alice@" + scene.server().domain());
        }
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "4.7.3",
            id = {"6120-4.7.3-1", "6120-4.7.3-2"},
            says = "each stream has an id that cannot be guessed from another one")
    void every_stream_has_an_id_of_its_own(Scene scene) throws Exception {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            try (var stream = RawStream.to(scene.server())) {
                ids.add(attribute(stream.open(""), "id"));
            }
        }

        assertThat(ids).hasSize(20).allSatisfy(id -> assertThat(id).hasSizeGreaterThanOrEqualTo(16));
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "4.7.5",
            id = {"6120-4.7.5-1", "6120-4.7.5-3", "6120-4.7.5-5"},
            says = "a version is two numbers; the lower one of both versions is spoken")
    void a_higher_version_is_answered_by_the_servers_own(Scene scene) throws Exception {
        for (String version : new String[] {"1.10", "01.00", "1.999"}) {
            try (var stream = RawStream.to(scene.server())) {
                stream.say(HEADER.formatted(scene.server().domain(), "version='" + version + "'"));

                assertThat(attribute(stream.hear("</stream:features>"), "version"))
                        .isEqualTo("1.0");
            }
        }
    }

    @Story
    @Spec(rfc = 6120, section = "4.7.5", id = "6120-4.7.5-6", says = "a header without a version is one of 0.9")
    void a_header_without_a_version_is_too_old(Scene scene) throws Exception {
        try (var stream = RawStream.to(scene.server())) {
            stream.say(HEADER.formatted(scene.server().domain(), ""));

            assertThat(stream.hear("</stream:stream>"))
                    .contains("unsupported-version")
                    .contains("'0.9'");
        }
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "4.9.1.3",
            id = {"6120-4.9.1.3-1", "6120-4.9.1.2-1", "6120-4.9.2-3"},
            says = "the error about an unknown domain comes in a stream of the server's own")
    void an_unknown_domain_is_answered_in_our_own_name(Scene scene) throws Exception {
        try (var stream = RawStream.to(scene.server())) {
            stream.say(HEADER.formatted("nowhere.invalid", "version='1.0'"));
            String answer = stream.hear("</stream:stream>");

            assertThat(attribute(answer, "from")).isEqualTo(scene.server().domain());
            assertThat(answer)
                    .contains("<host-unknown xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>")
                    .contains("<text xmlns='urn:ietf:params:xml:ns:xmpp-streams'");
        }
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "4.3",
            id = {
                "6120-4.3.3-1",
                "6120-4.3.3-2",
                "6120-4.3.3-3",
                "6120-4.3.3-5",
                "6120-4.3.4-1",
                "6120-4.3.5-1",
                "6120-5.3.1-1",
                "6120-5.3.2-1",
                "6120-5.3.3-1",
                "6120-5.4.1-3",
                "6120-5.4.3.3-4",
                "6120-5.4.3.3-5",
                "6120-5.4.3.3-6",
                "6120-6.3.1-1",
                "6120-6.3.2-1",
                "6120-6.3.3-1",
                "6120-6.3.5-1",
                "6120-6.4.1-1",
                "6120-6.4.1-2",
                "6120-6.4.1-3",
                "6120-6.4.6-3",
                "6120-6.4.6-4",
                "6120-7.3.2-1",
                "6120-7.4-1",
                "6120-7.4-2",
                "6120-13.3-1",
                "6120-13.6-1"
            },
            says = "TLS, then SASL, then a resource; each has its features and a stream id of its own")
    void the_stations_of_a_stream(Scene scene) throws Exception {
        User alice = scene.user("alice");
        try (var stream = RawStream.to(scene.server())) {
            String clear = stream.open("");
            String encrypted = stream.secure();
            String authenticated = stream.authenticate(alice, "");
            String bound = stream.bind("phone");

            assertThat(clear)
                    .contains("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'")
                    .doesNotContain("xmpp-bind");
            assertThat(mechanisms(encrypted)).containsOnlyOnce("<mechanism>SCRAM-SHA-1<");
            assertThat(encrypted).doesNotContain("starttls", "xmpp-bind");
            assertThat(authenticated)
                    .contains("<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'")
                    .doesNotContain("<mechanism>", "starttls", "</stream:stream>");
            assertThat(bound).contains("<jid>" + alice.jid() + "/phone</jid>").doesNotContain("<stream:");
            assertThat(Set.of(attribute(clear, "id"), attribute(encrypted, "id"), attribute(authenticated, "id")))
                    .hasSize(3);
        }
    }

    /** Those of RFC 6120; SASL2 (XEP-0388) has a list of its own. */
    private static String mechanisms(String features) {
        int start = features.indexOf("<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'");
        return features.substring(start, features.indexOf("</mechanisms>", start));
    }

    @Story
    @Spec(rfc = 6121, section = "2.6.1", id = "6121-2.6.1-1", says = "roster versions are announced")
    @Spec(rfc = 6121, section = "3.4", id = "6121-3.4-1", says = "pre-approval is announced")
    @RequiresFeature("urn:xmpp:features:pre-approval")
    void rosters_announce_what_they_can(Scene scene) throws Exception {
        try (var stream = RawStream.to(scene.server())) {
            stream.open("");
            stream.secure();

            assertThat(stream.authenticate(scene.user("alice"), ""))
                    .contains(
                            "<ver xmlns='urn:xmpp:features:rosterver'", "<sub xmlns='urn:xmpp:features:pre-approval'");
        }
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "4.8.5",
            id = {"6120-4.8.5-4", "6120-4.8.5-6"},
            says = "what only the sender's header declares is declared anew for the recipient")
    void a_namespace_of_the_header_goes_along_with_the_stanza(Scene scene, Client bob) throws Exception {
        try (var stream = RawStream.to(scene.server())) {
            stream.open("");
            stream.secure();
            stream.authenticate(scene.user("alice"), "xmlns:x='urn:example:tea'");
            stream.bind("phone");

            stream.say("<message to='%s' type='chat'><x:cup/></message>".formatted(bob.jid()));

            bob.expect(message().withChild("cup", "urn:example:tea"));
        }
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "4.8.5",
            id = {"6120-4.8.5-2", "6120-4.8.5-3"},
            says = "a stanza with a prefix goes to nobody as it is")
    void a_stanza_with_a_prefix_closes_the_stream(Client alice, Client bob) {
        alice.sendRaw(
                "<c:message xmlns:c='jabber:client' to='%s'><c:body>Hi</c:body></c:message>".formatted(bob.jid()));

        alice.expectStreamError("bad-namespace-prefix");
        bob.expectNothing();
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "4.8.3",
            id = {"6120-4.8.3-2", "6120-4.8.4-1"},
            says = "a stanza in a content namespace that is not supported closes the stream")
    void a_stanza_of_servers_closes_the_stream(Client alice, Client bob) {
        alice.sendRaw("<message xmlns='jabber:server' to='%s'><body>Hi</body></message>".formatted(bob.jid()));

        alice.expectStreamError("invalid-namespace");
        bob.expectNothing();
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "4.9.1.1",
            id = {"6120-4.9.1.1-1", "6120-4.9.1.1-2", "6120-4.9.2-2"},
            says = "after an error the stream is closed, whoever saw it, be its condition known or not")
    void an_error_ends_the_stream(Scene scene) throws Exception {
        try (var stream = RawStream.to(scene.server())) {
            stream.open("");
            stream.say("<stream:error><too-hot xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>");

            assertThat(stream.hearAll()).endsWith("</stream:stream>");
        }
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "11",
            id = {
                "6120-11.1-1",
                "6120-11.3-1",
                "6120-11.3-3",
                "6120-11.5-1",
                "6120-11.5-2",
                "6120-11.6-4",
                "6120-8.4-1",
                "6120-4.8.3-4",
                "6120-4.8.3-6"
            },
            says = "what the server writes is a namespace-well-formed document without anything restricted")
    void another_parser_reads_the_servers_stream(Scene scene) throws Exception {
        try (var stream = RawStream.to(scene.server())) {
            String whole = stream.open("");
            stream.say("</stream:stream>");
            whole += stream.hear("</stream:stream>");

            assertThat(whole)
                    .matches("(?s)(<\\?xml version=['\"]1\\.0['\"][^>]*\\?>)?<stream:stream .*")
                    .doesNotContain("standalone", "<!", "jabber:server");
            var factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var root = factory.newDocumentBuilder()
                    .parse(new InputSource(new StringReader(whole)))
                    .getDocumentElement();
            assertThat(root.getNamespaceURI()).isEqualTo("http://etherx.jabber.org/streams");
        }
    }

    @Story
    @Spec(rfc = 6120, section = "11.5", id = "6120-11.5-3", says = "standalone='no' means nothing")
    void a_declaration_with_standalone_means_nothing(Scene scene) throws Exception {
        try (var stream = RawStream.to(scene.server())) {
            stream.say("<?xml version='1.0' encoding='UTF-8' standalone='no'?>");
            stream.say(HEADER.formatted(scene.server().domain(), "version='1.0'"));

            assertThat(stream.hear(">")).isNotEmpty();
        }
    }

    @Story
    @Spec(rfc = 6120, section = "11.6", id = "6120-11.6-3", says = "another encoding closes the stream")
    void another_encoding_closes_the_stream(Scene scene) throws Exception {
        try (var stream = RawStream.to(scene.server())) {
            stream.say("<?xml version='1.0' encoding='ISO-8859-1'?>");
            stream.say(HEADER.formatted(scene.server().domain(), "version='1.0'"));

            assertThat(stream.hear("</stream:stream>")).contains("unsupported-encoding");
        }
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "5.4.3.2",
            id = {"6120-5.4.3.2-1", "6120-5.4.3.2-2"},
            says = "when TLS fails the connection ends, without an end of the stream")
    void who_fails_at_tls_is_cut_off(Scene scene) throws Exception {
        try (var stream = RawStream.to(scene.server())) {
            stream.open("");
            stream.say("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
            stream.hear("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");

            stream.say("this is no handshake of TLS at all\n");

            assertThat(stream.hearAll()).doesNotContain("stream");
        }
    }

    @Story
    @Spec(
            rfc = 6120,
            section = "13.7.1.2.1",
            id = "6120-13.7.1.2.1-1",
            says = "the server's certificate names its domain as DNS-ID")
    void the_certificate_names_the_domain(Scene scene) throws Exception {
        try (var stream = RawStream.to(scene.server())) {
            stream.open("");
            stream.secure();

            assertThat(stream.certificate().getSubjectAlternativeNames())
                    .anySatisfy(name -> assertThat(name.toString())
                            .isEqualTo("[2, %s]".formatted(scene.server().domain())));
        }
    }
}
