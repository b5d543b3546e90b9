package io.escalus4j.junit;

import static io.escalus4j.match.Matchers.chatMessage;
import static io.escalus4j.stanza.Builders.chat;
import static io.escalus4j.stanza.FormBuilders.field;
import static io.escalus4j.stanza.FormBuilders.form;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.testkit.engine.EventConditions.abortedWithReason;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.skippedWithReason;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import io.escalus4j.Client;
import io.escalus4j.exml.Element;
import io.escalus4j.peer.ToyFactory;
import io.escalus4j.peer.ToyServer;
import io.escalus4j.peer.ToySession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.Events;

/** Stories that a server cannot, or is known not to, pass. */
@Timeout(60)
class ApplicabilityTest extends ExtensionFixture {
    private static final String DISCO = "http://jabber.org/protocol/disco#";

    private static final String MUC = "http://jabber.org/protocol/muc";

    /** A toy that serves tea, also in rooms, and calls itself Toy 1.2. */
    private static ToyFactory.Handle teaHouse() throws IOException {
        return new ToyFactory.Handle(ToyServer.start().quirk(ApplicabilityTest::answer), "");
    }

    private static boolean answer(ToySession from, Element iq) {
        Map<String, Element> answers = Map.of(
                DISCO + "info",
                Element.of("query", DISCO + "info")
                        .with(
                                Element.of("feature").with("var", "urn:x:tea"),
                                Element.of("feature").with("var", MUC)),
                MUC + "#owner",
                Element.of("query", MUC + "#owner").with(form(field("muc#roomconfig_tea", "green"))),
                DISCO + "items",
                Element.of("query", DISCO + "items").with(Element.of("item").with("jid", "rooms.localhost")),
                "jabber:iq:version",
                Element.of("query", "jabber:iq:version")
                        .with(
                                Element.of("name").withText("Toy"),
                                Element.of("version").withText("1.2")));
        if (!iq.name().equals("iq") || iq.elements().isEmpty()) {
            return false;
        }
        Element answer = answers.get(iq.elements().get(0).namespace());
        if (answer != null) {
            from.send(Element.of("iq", "jabber:client")
                    .with("type", "result")
                    .with("id", iq.attribute("id", ""))
                    .with("from", iq.attribute("to", ""))
                    .with(answer));
        }
        return answer != null;
    }

    // ---- features

    static class Menu {
        @RegisterExtension
        static EscalusExtension xmpp =
                EscalusExtension.builder().server(ApplicabilityTest::teaHouse).build();

        @Test
        @RequiresFeature("urn:x:tea")
        void tea_is_served(Client alice) {
            SEEN.add("tea");
        }

        @Test
        @RequiresFeature({"urn:x:tea", "urn:x:cake"})
        void cake_is_served(Client alice) {
            SEEN.add("cake");
        }

        @Test
        @RequiresFeature("muc#roomconfig_tea")
        void rooms_have_tea(Client alice) {
            SEEN.add("tea in rooms");
        }

        @Test
        @RequiresFeature("muc#roomconfig_cake")
        void rooms_have_cake(Client alice) {
            SEEN.add("cake in rooms");
        }
    }

    @Test
    void a_story_that_needs_what_the_server_does_not_offer_is_not_applicable() throws IOException {
        Events tests = run(Menu.class).testEvents();

        assertThat(SEEN).containsExactlyInAnyOrder("tea", "tea in rooms");
        tests.assertStatistics(stats -> stats.started(2).succeeded(2).skipped(2));
        tests.assertThatEvents()
                .haveExactly(
                        1,
                        event(
                                test("cake_is_served"),
                                skippedWithReason("not applicable: Toy 1.2 does not offer urn:x:cake")))
                .haveExactly(
                        1,
                        event(
                                test("rooms_have_cake"),
                                skippedWithReason("not applicable: Toy 1.2 does not offer muc#roomconfig_cake")));
        assertThat(Files.readString(reports.resolve("index.html"))).contains("does not offer urn:x:cake");
    }

    // ---- expected failures

    static class Known {
        @RegisterExtension
        static EscalusExtension xmpp =
                EscalusExtension.builder().server(ApplicabilityTest::teaHouse).build();

        @Test
        @KnownIssue(server = "toy", version = "1.", reason = "no letters", section = "RFC 6121 section 5", url = "x:1")
        void fails_as_expected(Client alice) {
            throw new AssertionError("no letter came");
        }

        @Test
        @KnownIssue(server = "toy", reason = "nothing comes", url = "x:2")
        void leaves_something_unread(Client alice, Client bob) {
            alice.send(chat(bob, "Hi!"));
        }

        @Test
        @KnownIssue(server = "toy", reason = "it is slow", url = "x:3")
        void passes_unexpectedly(Client alice, Client bob) {
            alice.send(chat(bob, "Hi!"));
            bob.expect(chatMessage("Hi!"));
        }

        @Test
        @KnownIssue(server = "toy", version = "2", reason = "another version", url = "x:4")
        @KnownIssue(server = "prosody", reason = "another server", url = "x:5")
        void is_not_meant(Client alice) {}
    }

    @Test
    void an_expected_failure_is_none_and_an_unexpected_pass_is_one() {
        Events tests = run(Known.class).testEvents();

        tests.assertStatistics(stats -> stats.started(4).aborted(2).failed(1).succeeded(1));
        tests.assertThatEvents()
                .haveExactly(
                        1,
                        event(
                                test("fails_as_expected"),
                                abortedWithReason(message("expected failure: RFC 6121 section 5: no letters (x:1)"))))
                .haveExactly(
                        1,
                        event(
                                test("leaves_something_unread"),
                                abortedWithReason(message("expected failure: nothing comes (x:2)"))));
        fails(tests, "passed, but Toy 1.2 is expected to fail it (it is slow)");
    }

    // ---- the file

    static class Plain {
        @RegisterExtension
        static EscalusExtension xmpp =
                EscalusExtension.builder().server(ApplicabilityTest::teaHouse).build();

        @Test
        void fails(Client alice) {
            throw new AssertionError("it did");
        }

        @Test
        void passes(Client alice) {}
    }

    private EngineExecutionResults runExpecting(String lines) throws IOException {
        Path file = Files.writeString(reports.resolve("expected.txt"), lines);
        return kit(Plain.class)
                .configurationParameter("escalus.expected", file.toString())
                .execute();
    }

    @Test
    void a_file_says_what_is_expected_to_fail() throws IOException {
        runExpecting("ApplicabilityTest.Plain.fails | RFC 6120 section 1 | it must | x:6\n")
                .testEvents()
                .assertStatistics(stats -> stats.aborted(1).succeeded(1).failed(0));
    }

    @Test
    void a_line_too_many_fails() throws IOException {
        Events tests = runExpecting("ApplicabilityTest.Plain.passes | | it is said to fail | x:7\n")
                .testEvents();

        tests.assertStatistics(stats -> stats.failed(2));
        fails(tests, "it did", "take it off the expected failures");
    }
}
