package io.escalus4j;

import static io.escalus4j.Together.together;
import static io.escalus4j.match.Matchers.chatMessage;
import static io.escalus4j.match.Matchers.unavailable;
import static io.escalus4j.stanza.Builders.chat;
import static io.escalus4j.stanza.Builders.unavailablePresence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.escalus4j.exml.Element;
import io.escalus4j.history.Direction;
import io.escalus4j.peer.StuckSockets;
import io.escalus4j.users.Provisioner;
import io.escalus4j.users.ProvisioningException;
import io.escalus4j.users.User;
import io.escalus4j.wire.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.opentest4j.MultipleFailuresError;

/** How stories end: with a fence, or badly. */
class StageEndTest extends StageFixture {
    // ---- the fence

    /** Everything to bob is under way for 50 ms, in order. */
    @Test
    void a_stanza_that_the_server_delays_is_caught_by_the_fence() {
        var post = Executors.newSingleThreadScheduledExecutor();
        server.quirk((session, stanza) -> {
            String to = stanza.attribute("to", "");
            boolean delayed = to.startsWith("bob-");
            if (delayed) {
                post.schedule(() -> server.route(session, stanza, to), 50, TimeUnit.MILLISECONDS);
            }
            return delayed;
        });
        assertThatThrownBy(() -> stage.with("alice", "bob").run((alice, bob) -> {
                    alice.send(chat(bob, "delayed"));
                    bob.expectNothing();
                }))
                .hasMessageStartingWith("bob expected nothing")
                .hasMessageContaining("delayed");
        post.shutdown();
    }

    @Test
    void what_somebody_else_has_sent_before_is_caught_by_the_fence() {
        stage.with("alice", "bob").run((alice, bob) -> {
            for (int i = 0; i < 20; i++) {
                alice.send(chat(bob, "number " + i));
            }
            assertThatThrownBy(bob::expectNothing).hasMessageContaining("bob expected nothing");
            bob.fence(alice);
            assertThat(bob.drain()).hasSize(20);
            bob.expectNothing();
        });
    }

    @Test
    void marks_are_in_no_inbox_and_no_history() {
        var history = new AtomicReference<String>();
        stage.with("alice", "alice2", "bob").run((alice, alice2, bob) -> {
            together(alice::expectNothing, alice2::expectNothing, bob::expectNothing);
            assertThat(alice.received()).noneMatch(stanza -> stanza.name().equals("message"));
        });
        stage.run(scene -> {
            scene.clients(List.of("alice", "bob")).forEach(Client::expectNothing);
            history.set(scene.history().entries().toString());
            assertThat(scene.history().entries()).anyMatch(entry -> entry.direction() == Direction.FENCE);
        });
        assertThat(history.get()).doesNotContain("escalus4j-fence", "urn:xmpp:ping");
    }

    @Test
    void a_server_that_knows_when_it_is_idle_is_asked_instead_of_marked() {
        var asked = new AtomicInteger();
        var marks = new AtomicInteger();
        server.quirk((session, stanza) -> {
            marks.addAndGet(stanza.name().equals("message") ? 1 : 0);
            return false;
        });
        stage(server.handle().withQuiescence(timeout -> asked.incrementAndGet()))
                .with("alice", "bob")
                .run((alice, bob) -> bob.expectNothing());

        assertThat(asked).hasValueGreaterThan(0);
        assertThat(marks).hasValue(0);
    }

    @Test
    void a_server_that_is_never_idle_fails_the_fence() {
        var handle = server.handle().withQuiescence(timeout -> {
            throw new TimeoutException("7 stanzas are on their way");
        });
        assertThatThrownBy(() -> stage(handle).with("alice").run(alice -> {}))
                .hasMessage("the server was not idle within 20s: 7 stanzas are on their way");
    }

    @Test
    void a_bounced_mark_is_as_good() {
        server.quirk((session, stanza) -> {
            boolean blocked = stanza.name().equals("message")
                    && !stanza.attribute("to", "").equals(session.jid());
            if (blocked) {
                session.send(Element.of("message", "jabber:client")
                        .with("type", "error")
                        .with("id", stanza.attribute("id"))
                        .with("from", stanza.attribute("to")));
            }
            return blocked;
        });
        stage.with("alice", "bob").run((alice, bob) -> bob.expectNothing());
    }

    @Test
    void a_carbon_copy_of_a_mark_is_no_stanza_either() {
        server.quirk((session, stanza) -> {
            if (stanza.name().equals("message")) {
                session.send(Element.of("message", "jabber:client")
                        .with(Element.of("sent", "urn:xmpp:carbons:2")
                                .with(Element.of("forwarded", "urn:xmpp:forward:0")
                                        .with(stanza))));
            }
            return false;
        });
        stage.with("alice").run(Client::expectNothing);
    }

    // ---- failing

    @Test
    void a_failing_body_throws_its_own_cause_with_the_report_attached() {
        var cause = new IllegalArgumentException("my own fault");

        Throwable thrown = catchThrowable(() -> stage.with("alice").run(alice -> {
            throw cause;
        }));

        assertThat(thrown).isSameAs(cause);
        Path diagram = reports.resolve("stories/a_story.html");
        assertThat(thrown.getSuppressed()).singleElement().asString().contains("story a_story, diagram: " + diagram);
        assertThat(diagram).exists();
    }

    @Test
    void a_checked_exception_is_thrown_as_it_is() {
        assertThatThrownBy(() -> stage.with("alice").run(alice -> {
                    throw new IOException("checked");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("checked");
    }

    @Test
    void a_missed_expectation_tells_the_story_and_its_diagram() {
        assertThatThrownBy(() -> stage.with("alice", "bob").run((alice, bob) -> {
                    alice.send(chat(bob, "Hi"));
                    bob.expect(chatMessage("Hi!").from(alice), Duration.ofMillis(20));
                }))
                .hasMessageStartingWith(
                        "bob expected within 20ms: chat message \"Hi!\" from alice        (story a_story, step 2)")
                .hasMessageContaining("diagram: " + reports.resolve("stories/a_story.html"))
                .satisfies(failure -> assertThat(failure.getSuppressed()).isEmpty());
    }

    @Test
    void no_password_is_told_anywhere() {
        assertThatThrownBy(() -> stage.with("alice", "bob").run((alice, bob) -> {
                    alice.send(chat(bob, "Hi").with(Element.text("password", "urn:x", "t0p-secret")));
                    bob.fence(alice);
                    bob.expect(chatMessage("Hi").withChild("never", "urn:x"), Duration.ofMillis(20));
                }))
                .hasMessageContaining("[redacted]")
                .hasMessageNotContaining("t0p-secret");
        assertThat(reports.resolve("stories/a_story.html"))
                .content()
                .contains("[redacted]")
                .doesNotContain("t0p-secret");
    }

    @Test
    void each_telling_has_a_diagram_of_its_own() {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> stage.with("alice").run(alice -> {
                        throw new AssertionError();
                    }))
                    .isInstanceOf(AssertionError.class);
        }
        assertThat(reports.resolve("stories"))
                .isDirectoryContaining("glob:**/a_story.html")
                .isDirectoryContaining("glob:**/a_story-2.html")
                .isDirectoryContaining("glob:**/a_story-3.html");
    }

    @Test
    void a_diagram_is_written_when_the_settings_say_so() {
        stage.with("alice").run(alice -> {});
        assertThat(reports.resolve("stories")).doesNotExist();

        Stage.on(server.handle(), settings().with(Option.HISTORY, "always"))
                .named("kept")
                .with("alice")
                .run(alice -> {});
        assertThat(reports.resolve("stories/kept.html")).exists();

        Stage never = Stage.on(server.handle(), settings().with(Option.HISTORY, "never"))
                .named("never");
        assertThatThrownBy(() -> never.with("alice").run(alice -> {
                    throw new AssertionError("so be it");
                }))
                .satisfies(failure -> assertThat(failure.getSuppressed()).isEmpty());
        assertThat(reports.resolve("stories/never.html")).doesNotExist();
    }

    @Test
    void a_report_that_cannot_be_written_hides_no_failure() throws IOException {
        Path file = Files.writeString(reports.resolve("file"), "in the way");
        Stage blocked = Stage.on(server.handle(), settings().with(Option.REPORT, file.toString()));

        assertThatThrownBy(() -> blocked.with("alice").run(alice -> {
                    throw new AssertionError("mine");
                }))
                .hasMessage("mine")
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .singleElement()
                        .asString()
                        .contains("no diagram could be written"));
    }

    @Test
    void what_is_left_unread_fails_the_story() {
        assertThatThrownBy(() -> stage.with("alice", "bob").run((alice, bob) -> alice.send(chat(bob, "unheard"))))
                .hasMessageStartingWith("bob left stanzas unread")
                .hasMessageContaining("unheard");
    }

    @Test
    void several_who_leave_something_unread_are_all_told() {
        assertThatThrownBy(() -> stage.with("alice", "bob", "kate").run((alice, bob, kate) -> {
                    alice.send(chat(bob, "one"));
                    alice.send(chat(kate, "two"));
                }))
                .isInstanceOf(MultipleFailuresError.class)
                .hasMessageContaining("the story ended badly in 2 ways")
                .hasMessageContaining("bob left stanzas unread")
                .hasMessageContaining("kate left stanzas unread");
    }

    @Test
    void who_was_killed_is_not_asked_what_is_unread() {
        stage.withFriends("alice", "bob").with("alice", "bob").run((alice, bob) -> {
            alice.send(chat(bob, "unheard"));
            bob.fence(alice);
            bob.kill();
            alice.send(unavailablePresence());
            alice.expect(unavailable().from(alice));
        });
    }

    @Test
    void a_stream_that_the_server_ends_unasked_fails_the_story() {
        server.quirk((session, stanza) -> {
            if (stanza.name().equals("message") && stanza.childText("body").isPresent()) {
                session.raw(
                        "<stream:error><policy-violation xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error></stream:stream>");
            }
            return false;
        });
        assertThatThrownBy(() -> stage.with("alice", "bob").run((alice, bob) -> {
                    alice.send(chat("nobody@localhost", "boom"));
                    bob.fence(alice);
                }))
                .hasMessageStartingWith("alice expected: a stream that lasts until the end of the story")
                .hasMessageContaining("stream: closed, stream error policy-violation");
        stage.with("alice").run(alice -> {
            alice.send(chat("nobody@localhost", "boom"));
            alice.expectStreamError("policy-violation");
        });
    }

    @Test
    void an_inbox_that_overflows_fails_the_story_though_nobody_looks() {
        Stage small = Stage.on(server.handle(), settings().with(Option.INBOX, "10"));
        assertThatThrownBy(() -> small.with("alice", "bob").run((alice, bob) -> {
                    for (int i = 0; i < 11; i++) {
                        alice.send(chat(bob, "number " + i));
                    }
                    bob.fence(alice);
                }))
                .hasMessageStartingWith("bob expected: a stream that lasts until the end of the story")
                .hasMessageContaining("the inbox is full: 10 unread stanzas");
    }

    @Test
    void e02_after_a_failure_nothing_is_left_either() {
        assertThatThrownBy(() -> stage.with("alice", "bob").run((alice, bob) -> {
                    throw new AssertionError("failed");
                }))
                .hasMessage("failed");

        assertThat(server.accounts()).isEmpty();
        assertThat(server.sessions()).isEmpty();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("escalus4j-reader"));
    }

    @Test
    void e02_a_thread_that_is_left_behind_fails_the_story() {
        var released = new CountDownLatch(1);
        Stage impatient = Stage.on(server.handle(), settings().with(Option.TIMEOUT, "2s"));

        assertThatThrownBy(() -> impatient.run(scene -> {
                    var stuck = new StuckSockets(released);
                    scene.connect("alice", settings -> settings.withSockets(stuck))
                            .kill();
                }))
                .hasMessageContaining("alice (alice-story-")
                .hasMessageEndingWith("leaks: the thread that reads its stream still runs");
        released.countDown();
    }

    @Test
    void e02_a_user_who_cannot_be_removed_fails_the_story() {
        ServerHandle stubborn = server.handle()
                .withProvisioner(Provisioner.of(server.handle().provisioner()::create, user -> {
                    server.handle().provisioner().delete(user);
                    throw new IllegalStateException("the server kept something");
                }));
        assertThatThrownBy(() -> stage(stubborn).with("alice").run(alice -> {}))
                .isInstanceOf(ProvisioningException.class)
                .hasMessageMatching(
                        "the account of alice \\(alice-a_story-\\w{8}@localhost\\) cannot be removed: the server kept something");
    }

    @Test
    void if_one_user_cannot_be_made_the_others_are_removed() {
        ServerHandle picky = server.handle()
                .withProvisioner(Provisioner.of(
                        user -> {
                            if (user.name().equals("bob")) {
                                throw new IllegalStateException("no more users");
                            }
                            server.handle().provisioner().create(user);
                        },
                        server.handle().provisioner()::delete));
        assertThatThrownBy(() -> stage(picky).with("alice", "bob").run((alice, bob) -> {}))
                .hasMessageContaining("the account of bob")
                .hasMessageContaining("no more users");
    }

    @Test
    void fixed_accounts_are_played_by_one_story_at_a_time() {
        server.handle().provisioner().create(new User("x", Jid.of("alice@localhost"), "pw"));
        ServerHandle fixed =
                server.handle().withProvisioner(Provisioner.fixed(Map.of("alice", new Credentials("alice", "pw"))));

        stage(fixed).with("alice").run(alice -> {
            assertThat(alice.account()).isEqualTo(Jid.of("alice@localhost"));
            assertThatThrownBy(() -> stage(fixed).with("alice").run(other -> {}))
                    .hasMessageContaining("is in use by another story");
        });
        stage(fixed).with("alice").run(alice -> {});
        assertThatThrownBy(() -> stage(fixed).with("bob").run(bob -> {}))
                .hasMessage("there is no fixed account for 'bob', there are [alice]");
        server.handle().provisioner().delete(new User("x", Jid.of("alice@localhost"), "pw"));
    }

    @Test
    void a_failure_at_the_end_hangs_on_the_failure_of_the_body() {
        var failures = new ArrayList<Throwable>();
        ServerHandle stubborn = server.handle()
                .withProvisioner(Provisioner.of(server.handle().provisioner()::create, user -> {
                    server.handle().provisioner().delete(user);
                    throw new IllegalStateException("kept");
                }));
        failures.add(catchThrowable(() -> stage(stubborn).with("alice").run(alice -> {
            throw new AssertionError("first");
        })));

        assertThat(failures.get(0)).hasMessage("first");
        assertThat(failures.get(0).getSuppressed())
                .anyMatch(failure -> String.valueOf(failure.getMessage()).contains("kept"));
    }
}
