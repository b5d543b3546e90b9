package io.escalus4j;

import static io.escalus4j.match.Matchers.anyStanza;
import static io.escalus4j.match.Matchers.chatMessage;
import static io.escalus4j.match.Matchers.iqResult;
import static io.escalus4j.match.Matchers.message;
import static io.escalus4j.stanza.Builders.chat;
import static io.escalus4j.stanza.ExtensionBuilders.ping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.exml.Element;
import io.escalus4j.match.Matcher;
import io.escalus4j.users.FreshNames;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checks of what Escalus does, and where it hurts: each test is called after its check. */
@Timeout(60)
class EscalusChecksTest extends StageFixture {

    // ---- E01

    @Test
    void e01_a_story_with_two_resources_of_alice_and_one_of_bob_gets_them_in_order() {
        stage.with("alice", "alice2", "bob").run((alice, alice2, bob) -> {
            assertThat(alice2.account()).isEqualTo(alice.account());
            assertThat(alice2.jid()).isNotEqualTo(alice.jid());
            alice.send(chat(bob, "Hi"));
            bob.expect(chatMessage("Hi").from(alice));
        });
    }

    @Test
    void e01_the_list_form_gets_any_number_of_clients() {
        List<String> names =
                IntStream.rangeClosed(1, 5).mapToObj(i -> "user" + i + "/res1").toList();

        stage.with(names)
                .run(clients -> assertThat(clients.stream().map(Client::name)).containsExactlyElementsOf(names));
    }

    @Test
    void e01_a_failing_body_throws_the_original_cause() {
        var cause = new IllegalStateException("the tea is cold");

        assertThatThrownBy(() -> stage.with("alice").run(alice -> {
                    throw cause;
                }))
                .isSameAs(cause);
    }

    // ---- E03

    @Test
    void e03_a_welcome_message_and_a_roster_push_at_login_do_not_break_the_start() {
        server.quirk((from, stanza) -> {
            if (stanza.name().equals("presence") && stanza.attribute("to").isEmpty()) {
                from.send(chat(from.jid(), "Welcome!").with("from", "localhost"));
                from.send(
                        Element.parse(
                                "<iq xmlns='jabber:client' type='set' id='p1'><query xmlns='jabber:iq:roster'><item jid='x@y'/></query></iq>"));
                from.send(Element.parse(
                        "<message xmlns='jabber:client' from='%s'><event xmlns='http://jabber.org/protocol/pubsub#event'><items node='urn:x'/></event></message>"
                                .formatted(from.bare())));
            }
            return false;
        });

        stage.with("alice", "bob").run((alice, bob) -> {
            alice.send(chat(bob, "Hi"));
            bob.expect(chatMessage("Hi").from(alice));
            alice.expectNothing();
        });
    }

    // ---- E05

    @Test
    void e05_names_of_two_runs_never_meet_and_carry_the_storys_name() {
        var names = IntStream.range(0, 1000)
                .mapToObj(run -> FreshNames.of("a_sent_chat_arrives").user("alice", "localhost"))
                .map(user -> user.jid().local())
                .collect(Collectors.toSet());

        assertThat(names)
                .hasSize(1000)
                .allSatisfy(name -> assertThat(name)
                        .startsWith("alice-a_sent_chat_arrives-")
                        .hasSizeLessThan(64));
    }

    @Test
    void e05_a_leftover_user_is_an_error_and_not_reused() {
        var handle = server.handle();
        var user = FreshNames.of("leftover").user("alice", "localhost");
        handle.provisioner().create(user);

        assertThatThrownBy(() -> handle.provisioner().create(user)).hasMessageContaining("cannot be made");
        handle.provisioner().delete(user);
    }

    @Test
    void e05_a_name_alone_touches_no_server() {
        server.handle().provisioner().cast("alice", "localhost", FreshNames.of("a_story"));

        assertThat(server.allAccounts()).isEmpty();
    }

    // ---- E16

    @Test
    void e16_an_answer_is_told_by_id_and_sender_and_what_comes_before_stays_readable() {
        var forged = new CopyOnWriteArrayList<String>();
        server.quirk((from, stanza) -> {
            if (stanza.has("ping", "urn:xmpp:ping")
                    && !stanza.attribute("id", "").startsWith("escalus4j-fence")) {
                String id = stanza.attribute("id", "");
                from.send(chat(from.jid(), "In between").with("from", "localhost"));
                from.send(answer(id, "mallory@localhost/x"));
                from.send(answer("another", "localhost"));
                forged.add(id);
                from.send(answer(id, "localhost"));
                return true;
            }
            return false;
        });

        stage.with("alice").run(alice -> {
            Element pong = alice.iq(ping("localhost"));

            assertThat(pong.attribute("from", "")).isEqualTo("localhost");
            assertThat(alice.peek()).hasSize(3);
            alice.expect(chatMessage("In between"));
            alice.expect(iqResult(forged.get(0)).from("mallory@localhost/x"));
            alice.expect(iqResult("another"));
        });
    }

    private static Element answer(String id, String from) {
        return Element.of("iq", "jabber:client")
                .with("type", "result")
                .with("id", id)
                .with("from", from);
    }

    // ---- E20

    @Test
    void e20_a_timeout_lists_what_was_wanted_each_stanza_with_why_not_and_the_connection() {
        assertThatThrownBy(() -> stage.with("alice", "bob").run((alice, bob) -> {
                    alice.send(chat(bob, "One"));
                    alice.send(chat(bob, "Two"));
                    bob.expect(chatMessage("One"), Duration.ofSeconds(20));
                    alice.send(chat(bob, "Three"));
                    bob.fence(alice);
                    bob.expect(chatMessage("Four").from(alice), Duration.ofMillis(20));
                }))
                .hasMessageContaining("bob expected within 20ms: chat message \"Four\" from alice")
                .hasMessageContaining("stream: open, bound as bob")
                .hasMessageContaining("nearest of 2 received:")
                .hasMessageContaining("FAIL body is 'Four', but was 'T")
                .hasMessageContaining("the others:")
                .hasMessageContaining("last stanzas:");
    }

    // ---- E21

    @Test
    void e21_a_broad_matcher_first_does_not_starve_a_narrow_one() {
        stage.with("alice", "bob").run((alice, bob) -> {
            alice.send(chat(bob, "One"));
            alice.send(chat(bob, "Two"));

            List<Element> got = bob.expectAll(message(), chatMessage("One"));

            assertThat(got.get(0).childText("body")).hasValue("Two");
            assertThat(got.get(1).childText("body")).hasValue("One");
        });
    }

    @Test
    void e21_a_failure_lists_what_is_left_on_both_sides() {
        Stage impatient = Stage.on(server.handle(), settings().with(Option.TIMEOUT, "300ms"));

        assertThatThrownBy(() -> impatient.with("alice", "bob").run((alice, bob) -> {
                    alice.send(chat(bob, "One"));
                    alice.send(chat(bob, "Odd"));
                    bob.expectAll(chatMessage("One"), chatMessage("Two"));
                }))
                .hasMessageContaining("1 of 2 found among 2 received:")
                .hasMessageContaining("FAIL chat message \"Two\"")
                .hasMessageContaining("left over:")
                .hasMessageContaining("Odd");
    }

    // ---- E23

    @ParameterizedTest
    @CsvSource({
        "alice@host, alice@host, true",
        "ALICE@Host, alice@host, true",
        "alice@host, alice@hostile, false",
        "alice@host, alice@host/res1, false",
        "alice@host/res1, alice@host/res10, false",
        "alice@host/res1, alice@host/RES1, false",
        "stra\u00DFe@host, stra\u00DFe@HOST, true",
        "\u00C5@host, A\u030A@host, true",
        "alice@host, alicia@host, false",
    })
    void e23_addresses_are_compared_exactly_once_they_are_normal(String wanted, String seen, boolean same) {
        Element stanza = Element.of("message", "jabber:client").with("from", seen);

        assertThat(anyStanza().from(wanted).matches(stanza)).isEqualTo(same);
        assertThat(Jid.of(wanted).equals(Jid.of(seen))).isEqualTo(same);
        Matcher otherWay = anyStanza().from(seen);
        assertThat(otherWay.matches(stanza.with("from", wanted))).isEqualTo(same);
    }
}
