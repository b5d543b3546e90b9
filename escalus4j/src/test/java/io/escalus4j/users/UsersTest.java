package io.escalus4j.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.Jid;
import io.escalus4j.peer.PeerStream;
import io.escalus4j.peer.ScriptedPeer;
import io.escalus4j.peer.ToyServer;
import io.escalus4j.wire.ConnectionException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsersTest {
    private static final User ALICE = new User("alice", Jid.of("alice-x@localhost"), "s3cret");

    @Test
    void a_user_never_tells_the_password() {
        assertThat(ALICE).hasToString("alice (alice-x@localhost)");
        assertThat(ALICE.credentials()).hasToString("alice-x");
        assertThat(ALICE.address()).isEqualTo("alice-x@localhost");
        assertThat(ALICE.nickname()).isEqualTo("alice");
    }

    @Test
    void a_user_has_an_account() {
        assertThatThrownBy(() -> new User("alice", Jid.of("localhost"), ""))
                .hasMessage("'localhost' is no account, it must be local@domain");
        assertThatThrownBy(() -> new User("alice", Jid.of("a@localhost/x"), "")).hasMessageContaining("is no account");
    }

    @Test
    void fresh_names_tell_the_story_and_never_come_twice() {
        FreshNames one = FreshNames.of("A sent chat reaches the sender's other device");
        FreshNames other = FreshNames.of("A sent chat reaches the sender's other device");

        assertThat(one.user("Alice", "localhost").jid().toString())
                .matches("alice-a-sent-chat-reaches-the-[a-z0-9]{8}@localhost");
        assertThat(one.run()).isNotEqualTo(other.run());
        assertThat(one.user("alice", "localhost").jid())
                .isEqualTo(one.user("alice", "localhost").jid());
        assertThat(one.user("a".repeat(99), "localhost").jid().local()).hasSizeLessThan(64);
        assertThat(one.user("alice", "localhost").password())
                .as("one for the whole run, which is hashed once")
                .hasSize(20)
                .isEqualTo(other.user("bob", "localhost").password());
    }

    @ParameterizedTest
    @CsvSource({
        "alice, alice, res1",
        "alice2, alice, res2",
        "alice12, alice, res12",
        "alice1, alice1, res1",
        "alice01, alice01, res1",
        "alice/phone, alice, phone",
        "user7/res1, user7, res1",
        "7, 7, res1",
    })
    void the_name_of_a_client_says_user_and_resource(String name, String user, String resource) {
        assertThat(Role.of(name).name()).isEqualTo(name);
        assertThat(Role.of(name).user()).isEqualTo(user);
        assertThat(Role.of(name).resource()).isEqualTo(resource);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/phone", "alice/"})
    void what_names_no_client_is_refused(String name) {
        assertThatThrownBy(() -> Role.of(name))
                .hasMessage("'%s' names no client, we allow alice, alice2 and alice/phone", name);
    }

    // ---- in-band registration

    @Test
    void in_band_an_account_is_made_and_removed() throws IOException {
        try (var server = ToyServer.start()) {
            Provisioner provisioner = server.inBand().provisioner();
            provisioner.create(ALICE);
            assertThat(server.accounts()).containsExactly("alice-x");

            assertThatThrownBy(() -> provisioner.create(ALICE))
                    .isInstanceOf(ProvisioningException.class)
                    .hasMessage(
                            "the account of alice (alice-x@localhost) cannot be registered: the server refused registration: conflict");

            provisioner.delete(ALICE);
            assertThat(server.accounts()).isEmpty();
        }
    }

    @Test
    void a_server_without_registration_is_an_error_and_no_other_way_is_tried() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.openStream();
            String id = stream.hear("<iq [^>]*id='([^']*)'.*?</iq>").group(1);
            stream.say(
                    "<iq type='error' id='%s'><error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>"
                            .formatted(id));
            stream.hearAll();
        })) {
            assertThatThrownBy(() -> Provisioner.inBand(peer.settings()).create(ALICE))
                    .hasMessageContaining("the server refused registration: service-unavailable");
        }
    }

    @Test
    void a_stream_that_ends_behind_the_removal_is_no_failure() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            stream.login();
            stream.hear("<remove/>.*</iq>");
            stream.say(
                    "<stream:error><not-authorized xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error></stream:stream>");
        })) {
            Provisioner.inBand(peer.settings()).delete(ALICE);
        }
    }

    @Test
    void a_removal_that_is_refused_is_told_without_the_password() throws Exception {
        try (var peer = ScriptedPeer.playing(stream -> {
            assertThat(stream.login()).contains("s3cret");
            stream.hear("</iq>");
            stream.say(
                    "<iq type='error' id='cancellation'><error type='cancel'><not-allowed xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
            stream.hearAll();
        })) {
            assertThatThrownBy(() -> Provisioner.inBand(peer.settings()).delete(ALICE))
                    .hasMessageContaining("cannot be cancelled: the server refused cancellation: not-allowed")
                    .hasMessageNotContaining("s3cret");
        }
    }

    @Test
    void a_server_that_cannot_be_reached_is_told() throws Exception {
        try (var peer = ScriptedPeer.playing(PeerStream::drop)) {
            assertThatThrownBy(() -> Provisioner.inBand(peer.settings()).create(ALICE))
                    .isInstanceOf(ConnectionException.class);
        }
    }

    @Test
    void an_interrupted_hook_stays_interrupted() {
        Provisioner hooks = Provisioner.of(
                user -> {
                    throw new InterruptedException("stopped");
                },
                user -> {});

        assertThatThrownBy(() -> hooks.create(ALICE)).isInstanceOf(ProvisioningException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
