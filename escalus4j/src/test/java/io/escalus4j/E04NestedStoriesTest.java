package io.escalus4j;

import static io.escalus4j.Together.together;
import static io.escalus4j.match.Matchers.chatMessage;
import static io.escalus4j.stanza.Builders.chat;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.peer.ToyServer;
import io.escalus4j.users.FreshNames;
import io.escalus4j.users.Provisioner;
import io.escalus4j.users.User;
import java.io.IOException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Check E04: stories inside of and beside each other, with the same users on other resources, leave each other alone. */
@Timeout(60)
class E04NestedStoriesTest {
    private ToyServer server;
    private Stage stage;

    /** The same account for everybody who plays a role: made by the first story, and removed by none. */
    private static final class Same implements Provisioner {
        private final Provisioner real;

        Same(Provisioner real) {
            this.real = real;
            create(real, "alice");
            create(real, "bob");
        }

        private static void create(Provisioner real, String role) {
            real.create(account(role, "localhost"));
        }

        private static User account(String role, String domain) {
            return new User(role, Jid.of(role + '@' + domain), "Pass-1");
        }

        @Override
        public void create(User user) {
            // it is there
        }

        @Override
        public void delete(User user) {
            // others use it
        }

        @Override
        public User cast(String role, String domain, FreshNames fresh) {
            return account(role, domain);
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = ToyServer.start();
        var handle = server.handle().withProvisioner(new Same(server.handle().provisioner()));
        var settings = Settings.standard().with(Option.TIMEOUT, "20s").with(Option.HISTORY, "never");
        stage = Stage.on(handle, settings).withoutPresence().named("a_story");
    }

    @AfterEach
    void end() throws IOException {
        server.close();
    }

    /** A whole story on resources of its own. */
    private void converse(String resource, Action meanwhile) {
        stage.with("alice/" + resource, "bob/" + resource).run((alice, bob) -> {
            assertThat(alice.jid()).hasToString("alice@localhost/" + resource);
            alice.send(chat(bob, "before, on " + resource));
            bob.expect(chatMessage("before, on " + resource).from(alice));
            meanwhile.run();
            bob.send(chat(alice, "after, on " + resource));
            alice.expect(chatMessage("after, on " + resource).from(bob));
            alice.expectNothing();
            bob.expectNothing();
        });
    }

    @Test
    void an_inner_story_neither_stops_nor_reads_the_clients_of_the_outer_one() {
        converse("outer", () -> converse("inner", () -> converse("innermost", () -> {})));
    }

    @Test
    void what_waits_for_the_outer_story_is_still_there_after_the_inner_one() {
        stage.with("alice/outer", "bob/outer").run((alice, bob) -> {
            alice.send(chat(bob, "for the outer bob"));
            bob.fence(alice);
            converse("inner", () -> {});
            assertThat(bob.peek()).hasSize(1);
            bob.expect(chatMessage("for the outer bob").from(alice));
        });
    }

    @Test
    void stories_beside_each_other_end_while_others_go_on() {
        var allAreThere = new CyclicBarrier(4);
        Action meet = () -> allAreThere.await(20, TimeUnit.SECONDS);

        together(
                () -> converse("one", meet),
                () -> converse("two", meet),
                () -> converse("three", meet),
                () -> converse("four", meet));
    }

    @Test
    void an_inner_story_that_fails_costs_the_outer_one_nothing() {
        var cause = new IllegalStateException("inside");
        converse("outer", () -> {
            try {
                stage.with("alice/inner").run(alice -> {
                    throw cause;
                });
            } catch (IllegalStateException known) {
                assertThat(known).isSameAs(cause);
            }
        });
    }
}
