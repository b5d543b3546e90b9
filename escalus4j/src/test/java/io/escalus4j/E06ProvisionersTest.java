package io.escalus4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import io.escalus4j.junit.EscalusExtension;
import io.escalus4j.junit.Story;
import io.escalus4j.peer.PeerStream;
import io.escalus4j.peer.ScriptedPeer;
import io.escalus4j.peer.ToyServer;
import io.escalus4j.users.FreshNames;
import io.escalus4j.users.Provisioner;
import io.escalus4j.users.ProvisioningException;
import io.escalus4j.users.User;
import io.escalus4j.wire.Credentials;
import io.escalus4j.wire.Tls;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineTestKit;

/**
 * Check E06: users are made in band, by hand, from fixed accounts or in a way of one's own; a wrong way fails at the start
 * with its reason, and no other is tried. Ad-hoc commands and admin calls over HTTP are proven where they live.
 */
@Timeout(60)
class E06ProvisionersTest {
    @TempDir
    Path reports;

    private static RemoteServer at(ScriptedPeer peer) {
        return RemoteServer.at("localhost", peer.address()).withTls(Tls.OFF);
    }

    private static ScriptedPeer withoutRegistration() throws Exception {
        return ScriptedPeer.playing(stream -> {
            stream.openStream(PeerStream.mechanisms("PLAIN"));
            String id = stream.hear("<iq [^>]*id='([^']*)'.*?</iq>").group(1);
            stream.say(("<iq type='error' id='%s'><error type='cancel'>"
                            + "<not-allowed xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>")
                    .formatted(id));
            stream.hearAll();
        });
    }

    @Test
    void in_band_registration_makes_and_removes_users() throws Exception {
        try (var toy = ToyServer.start()) {
            toy.inBand().provisioner().check();

            Stage.on(toy.inBand(), ClientFixture.patient())
                    .with("alice")
                    .run(alice -> assertThat(toy.accounts()).hasSize(1));

            assertThat(toy.accounts()).isEmpty();
        }
    }

    @Test
    void a_way_of_ones_own_makes_and_removes_users() throws Exception {
        var calls = new CopyOnWriteArrayList<String>();
        try (var toy = ToyServer.start()) {
            var own = toy.handle();
            var custom = new Provisioner() {
                @Override
                public void create(User user) {
                    calls.add("create");
                    own.provisioner().create(user);
                }

                @Override
                public void delete(User user) {
                    calls.add("delete");
                    own.provisioner().delete(user);
                }
            };

            Stage.on(own.withProvisioner(custom), ClientFixture.patient())
                    .with("alice")
                    .run(alice -> {});
        }
        assertThat(calls).containsExactly("create", "delete");
    }

    @Test
    void fixed_accounts_are_lent_to_one_story_at_a_time() {
        var fixed = Provisioner.fixed(Map.of("alice", new Credentials("al", "secret")));
        var alice = fixed.cast("alice", "localhost", FreshNames.of("story"));
        fixed.check();
        fixed.create(alice);

        assertThatThrownBy(() -> fixed.create(alice)).hasMessageContaining("in use by another story");
        assertThatThrownBy(() -> Provisioner.fixed(Map.of()).check())
                .isInstanceOf(ProvisioningException.class)
                .hasMessageContaining("no fixed accounts");
    }

    @Test
    void a_server_without_registration_is_told_at_the_start() throws Exception {
        try (var peer = withoutRegistration()) {
            assertThatThrownBy(() -> at(peer).provisioner().check())
                    .isInstanceOf(ProvisioningException.class)
                    .hasMessageContaining("accounts cannot be registered in band (XEP-0077) at localhost at localhost:")
                    .hasMessageContaining("not-allowed")
                    .hasMessageContaining("nothing else is tried");
        }
    }

    static class Stories {
        static final List<ScriptedPeer> PEERS = new CopyOnWriteArrayList<>();

        @RegisterExtension
        static final EscalusExtension XMPP = EscalusExtension.builder()
                .server(() -> {
                    PEERS.add(withoutRegistration());
                    return at(PEERS.get(PEERS.size() - 1));
                })
                .build();

        @Story
        void needs_alice(Client alice) {}
    }

    @Test
    void a_run_on_such_a_server_fails_with_that_reason() throws Exception {
        var results = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Stories.class))
                .configurationParameter("escalus.report", reports.toString())
                .execute();

        results.testEvents()
                .assertThatEvents()
                .haveAtLeast(
                        1,
                        event(finishedWithFailure(message(text -> text.contains("accounts cannot be registered in band")
                                && text.contains("not-allowed")))));
        for (ScriptedPeer peer : Stories.PEERS) {
            peer.close();
        }
    }
}
