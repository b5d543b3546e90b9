package io.escalus4j.server.xep.im;

import static io.escalus4j.server.World.xml;
import static io.escalus4j.server.xep.im.ImTest.presence;
import static io.escalus4j.server.xep.im.ImTest.push;
import static io.escalus4j.server.xep.im.ImTest.received;
import static io.escalus4j.server.xep.im.ImTest.rosterSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.server.HeldStores;
import io.escalus4j.server.TestSession;
import io.escalus4j.server.World;
import io.escalus4j.server.module.Hook;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Phase;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.module.Xep;
import io.escalus4j.server.store.RosterItem;
import io.escalus4j.server.store.RosterItem.Subscription;
import io.escalus4j.server.store.StoreUnavailableException;
import io.escalus4j.server.xmpp.Jid;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Presence and rosters while a store is away. */
class ImOutageTest {
    private static final String A = "alice@localhost";
    private static final String B = "bob@localhost";
    private static final String PHONE = A + "/phone";
    private static final String DESK = B + "/desk";

    private final HeldStores stores = new HeldStores();
    private final Failing failing = new Failing();
    private final World world = World.of(
            stores.stores(), List.of(context -> new InstantMessaging(context, ImConfig.STANDARD), context -> failing));

    ImOutageTest() {
        friend(A, B);
        friend(B, A);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void friend(String owner, String contact) {
        world.account(owner);
        var item = RosterItem.unknown(Jid.of(contact)).inRoster().with(Subscription.BOTH);
        stores.memory().rosters().update(Jid.of(owner), item.contact(), known -> Optional.of(item));
    }

    /** Does not know who may see whom, nor what else is in a roster, when the test says so. */
    private static final class Failing implements Module {
        private boolean failing;

        @Override
        public Xep xep() {
            return new Xep(0, "Failing", "0");
        }

        @Override
        public void install(Hooks hooks) {
            hooks.on(Hook.AUDIENCE, Phase.GUARD, this::decide).on(InstantMessaging.ROSTER, Phase.GUARD, this::decide);
        }

        private <C> Verdict<C> decide(C context) {
            return failing
                    ? Verdict.later(CompletableFuture.failedFuture(
                            new StoreUnavailableException("away", new IllegalStateException("the test says so"))))
                    : Verdict.proceed(context);
        }
    }

    @Test
    void contacts_of_a_session_that_ended_meanwhile_learn_of_it_when_the_store_is_back() {
        var alice = world.login(PHONE);
        var bob = world.login(DESK).sends("<presence to='muc.example.org/x'/>");
        alice.received();
        stores.fail("Rosters.of");

        bob.disconnects();
        world.time().advance(Farewells.PAUSE);
        assertThat(alice.received()).isEmpty();

        stores.letGo();
        world.time().advance(Farewells.PAUSE);

        assertThat(alice.received()).containsExactly(presence("unavailable", DESK, A));
        assertThat(world.time().due()).isZero();
    }

    @Test
    void who_was_told_alone_learns_of_it_too() {
        world.account("kate@localhost");
        var kate = world.login("kate@localhost/k");
        var bob = world.login(DESK).sends("<presence to='kate@localhost/k'/>");
        kate.received();
        failing.failing = true;

        bob.disconnects();
        failing.failing = false;
        world.time().advance(Farewells.PAUSE);

        assertThat(kate.received()).containsExactly(presence("unavailable", DESK, "kate@localhost/k"));
    }

    @Test
    void who_has_come_back_meanwhile_is_not_said_to_be_gone() {
        var alice = world.login(PHONE);
        var bob = world.login(DESK);
        stores.fail("Rosters.of");
        bob.disconnects();
        stores.letGo();
        world.login(DESK);
        alice.received();

        world.time().advance(Farewells.PAUSE);

        assertThat(alice.received()).isEmpty();
    }

    private TestSession backBeforeAnybodyHeard(TestSession bob) {
        stores.fail("Rosters.of");
        bob.disconnects();
        stores.letGo();
        return world.login(DESK);
    }

    @Test
    void who_was_told_by_the_old_session_alone_hears_that_it_is_gone_though_its_client_is_back() {
        world.account("kate@localhost");
        var kate = world.login("kate@localhost/k");
        var bob = world.login(DESK).sends("<presence to='kate@localhost/k'/>");
        kate.received();

        backBeforeAnybodyHeard(bob);
        world.time().advance(Farewells.PAUSE);

        assertThat(kate.received()).containsExactly(presence("unavailable", DESK, "kate@localhost/k"));
    }

    @Test
    void who_was_told_by_the_new_session_too_does_not() {
        world.account("kate@localhost");
        var kate = world.login("kate@localhost/k");
        var bob = world.login(DESK).sends("<presence to='kate@localhost/k'/>");

        backBeforeAnybodyHeard(bob).sends("<presence to='kate@localhost/k'/>");
        kate.received();
        world.time().advance(Farewells.PAUSE);

        assertThat(kate.received()).isEmpty();
    }

    @Test
    void who_cannot_say_that_it_leaves_has_not_left() {
        var alice = world.login(PHONE);
        var bob = world.login(DESK);
        alice.received();
        stores.fail("Rosters.of");

        bob.sends("<presence type='unavailable'/>");

        assertThat(bob.received()).singleElement().asString().contains("type='error'", "resource-constraint");
        stores.letGo();
        bob.sends("<presence type='unavailable'/>");
        assertThat(alice.received()).containsExactly(presence("unavailable", DESK, A));
    }

    @Test
    void a_contact_that_is_kept_is_pushed_without_a_version_where_that_is_not_known() {
        var alice = world.login(PHONE);
        failing.failing = true;

        rosterSet(alice, "<item jid='kate@localhost' name='Kate'/>");

        assertThat(alice.received())
                .extracting(stanza -> stanza.child("query", RosterXml.NS).flatMap(query -> query.attribute("ver")))
                .containsOnly(Optional.empty());
        rosterSet(alice, "<item jid='kate@localhost' name='Kate'/>");
        assertThat(received(alice))
                .containsExactlyInAnyOrder(
                        push(PHONE, "<item jid='kate@localhost' name='Kate' subscription='none'/>"),
                        xml("<iq type='result' id='set' to='" + PHONE + "'/>"));
    }

    @Test
    void a_contact_that_is_gone_is_answered_as_gone_and_learns_of_it() {
        var alice = world.login(PHONE);
        var bob = world.login(DESK);
        alice.received();
        bob.received();
        failing.failing = true;

        rosterSet(alice, "<item jid='" + B + "' subscription='remove'/>");

        assertThat(received(alice))
                .contains(push(PHONE, "<item jid='" + B + "' subscription='remove'/>"))
                .anyMatch(stanza -> stanza.is("iq", "jabber:client")
                        && stanza.attribute("type", "").equals("result"));
        assertThat(received(bob)).contains(presence("unsubscribe", A, B), presence("unsubscribed", A, B));
    }
}
