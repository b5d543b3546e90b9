package io.escalus4j.server.xep.muc;

import static io.escalus4j.server.xep.muc.Club.ROOM;
import static io.escalus4j.server.xep.muc.Club.all;
import static io.escalus4j.server.xep.muc.Club.configure;
import static io.escalus4j.server.xep.muc.Club.enter;
import static io.escalus4j.server.xep.muc.Club.last;
import static io.escalus4j.server.xep.muc.Club.membersOnly;
import static io.escalus4j.server.xep.muc.Club.persistent;
import static io.escalus4j.server.xep.muc.Club.register;
import static io.escalus4j.server.xep.muc.Club.say;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import io.escalus4j.server.TestSession;
import io.escalus4j.server.World;
import io.escalus4j.server.module.Hook;
import io.escalus4j.server.store.MucRoom.Affiliated;
import io.escalus4j.server.store.MucRoom.Affiliation;
import io.escalus4j.server.store.Stores;
import io.escalus4j.server.store.memory.MemoryStores;
import io.escalus4j.server.time.ManualTime;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Ns;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How rooms outlive memory, and what they let pass. */
class MucTest {
    private static final MucConfig STANDARD = MucConfig.STANDARD;

    private final Stores stores = new MemoryStores();
    private World world = Club.world(stores, STANDARD);

    private void reopen(MucConfig config) {
        world.close();
        world = Club.world(stores, config);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void pass(Duration time) {
        ((ManualTime) world.context().time()).advance(time, () -> {});
    }

    @Test
    void a_persistent_room_comes_back_after_a_restart_with_all_that_it_had() {
        var alice = world.login("alice@localhost/a");
        enter(alice, "alice");
        configure(alice, persistent() + "<field var='muc#roomconfig_roomname'><value>Chess</value></field>");
        alice.sends("<message type='groupchat' to='%s'><subject>Openings</subject></message>".formatted(ROOM));
        say(alice, "e4");
        alice.sends(
                "<iq type='set' id='v' to='%s'><vCard xmlns='vcard-temp'><FN>Club</FN></vCard></iq>".formatted(ROOM));
        world.context().modules().tell(Hook.STOPPING, new Hook.Stopping());
        assertThat(last(alice)).contains("code='332'").contains("code='110'");

        reopen(STANDARD);
        var bob = world.login("bob@localhost/b");
        enter(bob, "bob");

        assertThat(all(bob))
                .contains("<body>e4</body>")
                .contains("<subject>Openings</subject>")
                .doesNotContain("code='201'");
        bob.sends("<iq type='get' id='v' to='%s'><vCard xmlns='vcard-temp'/></iq>".formatted(ROOM));
        assertThat(last(bob)).contains("<FN>Club</FN>");
        assertThat(stores.mucRooms()
                        .find(Jid.of(ROOM))
                        .toCompletableFuture()
                        .join()
                        .orElseThrow()
                        .name())
                .isEqualTo("Chess");
    }

    @Test
    void a_room_that_nobody_uses_leaves_memory_and_comes_back() {
        var alice = world.login("alice@localhost/a");
        enter(alice, "alice");
        configure(alice, persistent());
        say(alice, "e4");
        pass(Duration.ofMinutes(21));
        assertThat(loaded()).isEqualTo(1);
        alice.sends("<presence type='unavailable' to='%s/alice'/>".formatted(ROOM));
        alice.received();

        pass(Duration.ofMinutes(21));

        assertThat(loaded()).isZero();
        enter(alice, "alice");
        assertThat(all(alice)).contains("<body>e4</body>");
    }

    @Test
    void a_room_that_has_left_memory_is_found_by_its_description_and_shown_as_it_is() {
        var alice = world.login("alice@localhost/a");
        enter(alice, "alice");
        configure(
                alice,
                persistent() + membersOnly()
                        + "<field var='muc#roomconfig_roomdesc'><value>Openings and Endgames</value></field>");
        alice.sends("<presence type='unavailable' to='%s/alice'/>".formatted(ROOM));
        pass(Duration.ofMinutes(21));
        assertThat(loaded()).isZero();
        alice.received();

        search(alice, "endgames");
        assertThat(last(alice))
                .contains("address='" + ROOM + "'")
                .contains("<description>Openings and Endgames</description>")
                .contains("<nusers>0</nusers>")
                .contains("<is-open>false</is-open>");
        search(alice, "draughts");
        assertThat(last(alice)).contains("type='result'").doesNotContain("<item");
        assertThat(loaded()).isZero();
    }

    private static void search(TestSession user, String words) {
        user.sends(("<iq type='get' id='s' to='muc.localhost'><search xmlns='urn:xmpp:channel-search:0:search'>"
                        + "<x xmlns='jabber:x:data' type='submit'>"
                        + "<field var='FORM_TYPE'><value>urn:xmpp:channel-search:0:search-params</value></field>"
                        + "<field var='q'><value>%s</value></field></x></search></iq>")
                .formatted(words));
    }

    @Test
    void a_service_that_is_taken_away_counts_no_rooms() {
        assertThat(loaded()).isZero();

        world.context().modules().close();

        assertThat(world.context().metrics().find("xmpp.muc.rooms.loaded").gauge())
                .isNull();
    }

    private double loaded() {
        return world.context().metrics().get("xmpp.muc.rooms.loaded").gauge().value();
    }

    @Test
    void a_room_that_was_never_made_goes_after_a_while() {
        var alice = world.login("alice@localhost/a");
        enter(alice, "alice");
        alice.received();

        pass(Duration.ofMinutes(21));

        assertThat(last(alice)).contains("<destroy");
        assertThat(loaded()).isZero();
    }

    @Test
    void an_administrator_follows_an_owner_whose_account_goes() {
        var alice = world.login("alice@localhost/a");
        var bob = world.login("bob@localhost/b");
        enter(alice, "alice");
        configure(alice, persistent());
        enter(bob, "bob");
        alice.sends(("<iq type='set' id='a' to='%s'><query xmlns='%s'>"
                        + "<item affiliation='admin' jid='bob@localhost'/></query></iq>")
                .formatted(ROOM, MucXml.ADMIN));
        bob.received();

        world.context()
                .accounts()
                .remove(Jid.of("alice@localhost"))
                .toCompletableFuture()
                .join();

        assertThat(all(bob)).contains("affiliation='owner'");
        var kept = stores.mucRooms()
                .find(Jid.of(ROOM))
                .toCompletableFuture()
                .join()
                .orElseThrow();
        assertThat(kept.affiliations()).containsOnlyKeys(Jid.of("bob@localhost"));
        assertThat(kept.affiliations().get(Jid.of("bob@localhost")).affiliation())
                .isEqualTo(Affiliation.OWNER);
    }

    @Test
    void who_gives_up_an_account_stays_banned() {
        var alice = world.login("alice@localhost/a");
        world.login("bob@localhost/b");
        enter(alice, "alice");
        configure(alice, persistent());
        affiliate(alice, "bob@localhost", "outcast");

        world.context()
                .accounts()
                .remove(Jid.of("bob@localhost"))
                .toCompletableFuture()
                .join();
        var again = world.login("bob@localhost/again");
        enter(again, "bob");

        assertThat(last(again)).contains("<forbidden");
    }

    @Test
    void a_room_without_anybody_to_own_it_goes_with_its_owner() {
        var alice = world.login("alice@localhost/a");
        var bob = world.login("bob@localhost/b");
        enter(alice, "alice");
        configure(alice, persistent());
        enter(bob, "bob");
        bob.received();

        world.context()
                .accounts()
                .remove(Jid.of("alice@localhost"))
                .toCompletableFuture()
                .join();

        assertThat(all(bob)).contains("<destroy");
        assertThat(stores.mucRooms().find(Jid.of(ROOM)).toCompletableFuture().join())
                .isEmpty();
    }

    @Test
    void what_happens_in_rooms_is_counted() {
        var alice = world.login("alice@localhost/a");
        var bob = world.login("bob@localhost/b");
        enter(alice, "alice");
        configure(alice, "");
        enter(bob, "bob");

        say(bob, "one for two");

        var metrics = world.context().metrics();
        assertThat(metrics.counter("xmpp.muc.messages").count()).isEqualTo(1);
        assertThat(metrics.counter("xmpp.muc.deliveries").count()).isEqualTo(2);
        assertThat(metrics.counter("xmpp.muc.rooms.created").count()).isEqualTo(1);
    }

    /** U+FDFA is three bytes, and thirty-three as a nickname has it. */
    private static final String GROWS = "\ufdfa".repeat(60);

    @Test
    void a_nickname_that_grows_too_long_is_refused_and_nobody_gets_out_of_sight_by_it() {
        var alice = world.login("alice@localhost/a");
        var bob = world.login("bob@localhost/b");
        enter(alice, "alice");
        configure(alice, "");
        enter(bob, GROWS);
        assertThat(last(bob)).contains("<jid-malformed");
        enter(bob, "bob");

        bob.sends("<presence to='%s/%s'/>".formatted(ROOM, GROWS));
        assertThat(last(bob)).contains("<jid-malformed");
        alice.sends("<iq type='set' id='k' to='%s'><query xmlns='%s'><item role='none' nick='bob'/></query></iq>"
                .formatted(ROOM, MucXml.ADMIN));

        assertThat(last(bob)).contains("code='307'");
    }

    @Test
    void what_is_no_nickname_is_nobodys() {
        var alice = world.login("alice@localhost/a");
        enter(alice, "alice");
        configure(alice, "");
        alice.received();

        alice.sends("<message type='chat' to='%s/ '><body>Psst</body></message>".formatted(ROOM));
        assertThat(last(alice)).contains("<item-not-found");
        alice.sends("<iq type='set' id='k' to='%s'><query xmlns='%s'><item role='none' nick=''/></query></iq>"
                .formatted(ROOM, MucXml.ADMIN));
        assertThat(last(alice)).contains("<item-not-found");
        alice.sends("<iq type='set' id='k' to='%s'><query xmlns='%s'><item role='none' nick='%s'/></query></iq>"
                .formatted(ROOM, MucXml.ADMIN, GROWS));
        assertThat(last(alice)).contains("<item-not-found");
    }

    private static void affiliate(TestSession by, String user, String affiliation) {
        by.sends("<iq type='set' id='a' to='%s'><query xmlns='%s'><item affiliation='%s' jid='%s'/></query></iq>"
                .formatted(ROOM, MucXml.ADMIN, affiliation, user));
    }

    private static void approve(TestSession by, String nick) {
        by.sends(("<message to='%s'><x xmlns='jabber:x:data' type='submit'>"
                        + "<field var='FORM_TYPE'><value>%s</value></field>"
                        + "<field var='muc#register_roomnick'><value>%s</value></field>"
                        + "<field var='muc#register_allow'><value>1</value></field></x></message>")
                .formatted(ROOM, MucXml.REGISTER, nick));
    }

    private Affiliation kept(String user) {
        return stores.mucRooms()
                .find(Jid.of(ROOM))
                .toCompletableFuture()
                .join()
                .orElseThrow()
                .affiliations()
                .get(Jid.of(user))
                .affiliation();
    }

    @Test
    void an_approval_that_comes_late_makes_nobody_less_and_lets_no_outcast_in() {
        var alice = world.login("alice@localhost/a");
        var bob = world.login("bob@localhost/b");
        enter(alice, "alice");
        configure(alice, persistent() + membersOnly());
        affiliate(alice, "bob@localhost", "admin");
        register(world.login("kate@localhost/k"), "kate");
        register(world.login("mallory@localhost/m"), "mallory");
        affiliate(alice, "kate@localhost", "owner");
        affiliate(alice, "mallory@localhost", "outcast");

        approve(bob, "kate");
        assertThat(kept("kate@localhost")).isEqualTo(Affiliation.OWNER);
        bob.received();
        approve(bob, "mallory");
        assertThat(last(bob)).contains("<not-allowed");
        assertThat(kept("mallory@localhost")).isEqualTo(Affiliation.OUTCAST);
    }

    @Test
    void users_of_a_domain_are_not_banned_since_the_domain_itself_is_an_owner() {
        var affiliations = new Affiliations(10);
        affiliations.put(Jid.of("bots.localhost"), Affiliated.as(Affiliation.OWNER));

        assertThat(affiliations.of(Jid.of("one@bots.localhost"))).isEqualTo(Affiliation.NONE);
    }

    @Test
    void an_error_says_nothing_of_who_the_occupant_is() {
        var alice = world.login("alice@localhost/a");
        var bob = world.login("bob@localhost/b");
        enter(alice, "alice");
        configure(alice, "");
        enter(bob, "nobody");
        String error =
                "<error type='cancel' by='bob@localhost'><not-acceptable xmlns='%s'/><text xmlns='%s'>'bob@localhost' does not"
                        + " want it</text><busy xmlns='urn:example'/></error>";
        String worded = error.formatted(Ns.STANZA_ERRORS, Ns.STANZA_ERRORS);
        alice.received();

        bob.sends("<message type='error' to='%s/alice'>%s</message>".formatted(ROOM, worded));
        assertThat(last(alice)).contains("<not-acceptable", "<busy").doesNotContain("bob");

        alice.sends("<iq type='get' id='v' to='%s/nobody'><query xmlns='jabber:iq:version'/></iq>".formatted(ROOM));
        String id = bob.received().stream()
                .filter(stanza -> stanza.name().equals("iq"))
                .findFirst()
                .orElseThrow()
                .attribute("id", "");
        bob.sends("<iq type='error' id='%s' to='%s/alice'>%s</iq>".formatted(id, ROOM, worded));
        assertThat(last(alice)).contains("<not-acceptable", "<busy").doesNotContain("bob");
    }

    @Test
    void who_enters_is_not_buried_under_what_was_said() {
        var alice = world.login("alice@localhost/a");
        enter(alice, "alice");
        configure(alice, "");
        for (int i = 0; i < 20; i++) {
            say(alice, i + "x".repeat(100_000));
        }
        var bob = world.login("bob@localhost/b");

        enter(bob, "bob");

        assertThat(all(bob)).contains("<body>19x").hasSizeLessThan(600_000);
    }

    @Test
    void history_has_the_rooms_own_time_whatever_a_participant_says_it_is() {
        var alice = world.login("alice@localhost/a");
        var bob = world.login("bob@localhost/b");
        var kate = world.login("kate@localhost/k");
        enter(alice, "alice");
        configure(alice, persistent());
        enter(bob, "bob");
        String late = "<message type='groupchat' to='%s'><body>%s</body>"
                + "<delay xmlns='urn:xmpp:delay' from='%s' stamp='2004-09-29T01:54:37Z'/></message>";
        bob.sends(late.formatted(ROOM, "forged", "bob@localhost/b"));
        alice.sends(late.formatted(ROOM, "brought along", "alice@localhost/a"));
        world.context().modules().tell(Hook.STOPPING, new Hook.Stopping());
        reopen(STANDARD);
        kate = world.login("kate@localhost/k");

        enter(kate, "kate");

        var told = kate.received();
        assertThat(saying(told, "forged").toXml()).contains("<delay xmlns='urn:xmpp:delay' from='" + ROOM + "'");
        assertThat(saying(told, "brought along").elements("delay", MucXml.DELAY))
                .hasSize(1);
    }

    private static Element saying(List<Element> stanzas, String body) {
        return stanzas.stream()
                .filter(stanza -> stanza.childText("body").filter(body::equals).isPresent())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void what_is_not_to_be_stored_is_in_no_history() {
        var alice = world.login("alice@localhost/a");
        var bob = world.login("bob@localhost/b");
        enter(alice, "alice");
        configure(alice, "");
        for (String hint : List.of("no-store", "no-permanent-store")) {
            alice.sends("<message type='groupchat' to='%s'><body>%s</body><%s xmlns='urn:xmpp:hints'/></message>"
                    .formatted(ROOM, hint, hint));
        }
        say(alice, "On record");

        enter(bob, "bob");

        assertThat(all(bob)).contains("On record").doesNotContain("store");
    }
}
