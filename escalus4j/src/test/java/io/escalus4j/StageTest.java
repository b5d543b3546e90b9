package io.escalus4j;

import static io.escalus4j.Together.together;
import static io.escalus4j.match.Matchers.anyStanza;
import static io.escalus4j.match.Matchers.available;
import static io.escalus4j.match.Matchers.chatMessage;
import static io.escalus4j.stanza.Builders.chat;
import static io.escalus4j.stanza.Builders.initialPresence;
import static io.escalus4j.stanza.Builders.presenceWithShow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.wire.ConnectionException;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StageTest extends StageFixture {
    // ---- telling

    @Test
    void alice_greets_bob() {
        stage.with("alice", "bob").run((alice, bob) -> {
            alice.send(chat(bob, "Hi!"));

            bob.expect(chatMessage("Hi!").from(alice));
        });
    }

    @Test
    void up_to_four_clients_come_by_position_and_any_number_in_a_list() {
        stage.with("alice").run(alice -> assertThat(alice.name()).isEqualTo("alice"));
        stage.with("alice", "alice2", "bob").run((alice, alice2, bob) -> {
            assertThat(alice2.account()).isEqualTo(alice.account()).isNotEqualTo(bob.account());
            assertThat(alice.jid().resource()).isEqualTo("res1");
            assertThat(alice2.jid().resource()).isEqualTo("res2");
        });
        stage.with("alice", "bob", "kate", "alice/phone").run((alice, bob, kate, phone) -> {
            assertThat(phone.jid()).isEqualTo(alice.account().withResource("phone"));
            assertThat(kate.name()).isEqualTo("kate");
        });
        stage.with(List.of("a", "b", "c", "d", "e"))
                .run(clients -> assertThat(clients).extracting(Client::name).containsExactly("a", "b", "c", "d", "e"));
    }

    @Test
    void the_users_log_in_at_the_same_time() {
        var barrier = new CyclicBarrier(3);
        server.quirk((session, stanza) -> {
            if (stanza.name().equals("presence")) {
                together(() -> barrier.await());
            }
            return false;
        });

        stage.with("alice", "bob", "kate")
                .run((alice, bob, kate) -> assertThat(barrier.isBroken()).isFalse());
    }

    @Test
    void whatever_comes_at_the_login_is_set_aside() {
        server.quirk((session, stanza) -> {
            if (stanza.name().equals("presence")) {
                session.raw(
                        "<message><body>welcome</body></message><iq type='set' id='p'><query xmlns='jabber:iq:roster'/></iq>");
            }
            return false;
        });

        stage.with("alice", "alice2").run((alice, alice2) -> {
            assertThat(alice.peek()).isEmpty();
            alice2.expectNothing();
        });
    }

    @Test
    void without_presence_the_clients_are_just_connected() {
        stage.withoutPresence().with("alice").run(alice -> {
            alice.send(initialPresence());
            alice.expect(available().from(alice));
        });
    }

    @Test
    void every_run_has_fresh_users_with_the_storys_name() {
        stage.with("alice", "alice2").run((alice, alice2) -> {});
        stage.with("alice").run(alice -> {});

        assertThat(server.allAccounts())
                .hasSize(2)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("alice-a_story-[a-z0-9]{8}"));
    }

    @Test
    void friends_see_each_other_when_the_story_begins() {
        stage.withFriends("alice", "bob").with("alice", "alice2", "bob", "kate").run((alice, alice2, bob, kate) -> {
            bob.send(presenceWithShow("away"));

            together(
                    () -> alice.expect(available().withShow("away").from(bob)),
                    () -> alice2.expect(available().withShow("away").from(bob)),
                    () -> bob.expect(available().from(bob)));
            kate.expectNothing();
        });
    }

    @Test
    void a_user_may_register_in_band() {
        stage(server.inBand()).with("alice", "bob").run((alice, bob) -> {
            alice.send(chat(bob, "Hi!"));
            bob.expect(chatMessage("Hi!"));
        });

        assertThat(server.allAccounts()).hasSize(2);
    }

    @Test
    void stories_run_side_by_side_and_inside_of_each_other() {
        var told = new AtomicInteger();
        Action story = () -> stage.with("alice", "bob").run((alice, bob) -> {
            stage.with("alice", "bob").run((inner, other) -> {
                inner.send(chat(other, "inner"));
                other.expect(chatMessage("inner"));
            });
            alice.send(chat(bob, "outer"));
            bob.expect(chatMessage("outer"));
            told.incrementAndGet();
        });

        together(story, story, story, story);

        assertThat(told).hasValue(4);
        assertThat(server.allAccounts()).hasSize(16).doesNotHaveDuplicates();
    }

    // ---- scenes

    @Test
    void a_scene_brings_users_and_clients_as_they_are_asked_for() {
        stage.run(scene -> {
            var kate = scene.user("kate");
            assertThat(scene.user("kate")).isSameAs(kate);
            Client alice = scene.client("alice");
            assertThat(scene.client("alice")).isSameAs(alice);
            alice.send(chat(kate, "are you there"));
            alice.expect(anyStanza());
            alice.kill();
            assertThat(scene.client("alice")).isNotSameAs(alice);
            scene.note("kate never came");
            assertThat(scene.history().entries()).anyMatch(entry -> entry.text().equals("kate never came"));
            assertThat(scene.name()).isEqualTo("a_story");
        });
    }

    @Test
    void a_client_may_connect_in_a_way_of_its_own() {
        stage.run(scene -> {
            Client alice = scene.connect("alice/desk", settings -> settings.withMechanism("PLAIN"));
            assertThat(alice.jid().resource()).isEqualTo("desk");
            assertThatThrownBy(() -> scene.connect("alice", settings -> settings.withPassword("wrong")))
                    .isInstanceOf(ConnectionException.class)
                    .hasMessageContaining("not-authorized");
        });
    }
}
