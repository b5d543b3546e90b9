package io.escalus4j.server.xep.muc;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import io.escalus4j.server.TestSession;
import io.escalus4j.server.World;
import io.escalus4j.server.module.Hook;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Phase;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.module.Xep;
import io.escalus4j.server.store.MucRoom.Affiliated;
import io.escalus4j.server.store.MucRoom.Affiliation;
import io.escalus4j.server.store.Stores;
import io.escalus4j.server.store.memory.MemoryStores;
import io.escalus4j.server.time.ManualTime;
import io.escalus4j.server.xep.im.ImConfig;
import io.escalus4j.server.xep.im.InstantMessaging;
import io.escalus4j.server.xep.muc.MucConfig.Creators;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Ns;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the settings of multi-user chat do, and how rooms outlive memory. */
class MucTest {
    private static final String ROOM = "club@muc.localhost";
    private static final MucConfig STANDARD = MucConfig.STANDARD;

    private final Stores stores = new MemoryStores();
    private World world = world(STANDARD);

    private World world(MucConfig config) {
        return World.of(
                stores,
                List.of(
                        context -> new InstantMessaging(context, ImConfig.STANDARD),
                        context -> new Muc(context, config)));
    }

    private void reopen(MucConfig config) {
        world.close();
        world = world(config);
    }

    private static MucConfig with(Creators creators, int rooms, int occupants, int affiliations) {
        return new MucConfig(
                "muc", creators, rooms, 10, occupants, affiliations, 1000, 100, Duration.ofMinutes(10), 100, 1000);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static void enter(TestSession session, String nick) {
        session.sends("<presence to='%s/%s'><x xmlns='%s'/></presence>".formatted(ROOM, nick, MucXml.NS));
    }

    private static void configure(TestSession owner, String fields) {
        owner.sends(("<iq type='set' id='c' to='%s'><query xmlns='%s'><x xmlns='jabber:x:data' type='submit'>"
                        + "<field var='FORM_TYPE'><value>%s</value></field>%s</x></query></iq>")
                .formatted(ROOM, MucXml.OWNER, MucXml.CONFIG, fields));
    }

    private static String persistent() {
        return "<field var='muc#roomconfig_persistentroom'><value>1</value></field>";
    }

    private static void say(TestSession speaker, String body) {
        speaker.sends("<message type='groupchat' to='%s'><body>%s</body></message>".formatted(ROOM, body));
    }

    private static String last(TestSession session) {
        List<Element> received = session.received();
        return received.get(received.size() - 1).toXml();
    }

    private static String all(TestSession session) {
        return session.received().toString();
    }

    private void pass(Duration time) {
        ((ManualTime) world.context().time()).advance(time, () -> {});
    }

    @Test
    void where_administrators_alone_make_rooms_others_get_not_allowed() {
        reopen(with(Creators.ADMINS, 10, 10, 10));
        var alice = world.login("alice@localhost/a");

        enter(alice, "alice");

        assertThat(last(alice)).contains("<not-allowed");
    }

    @Test
    void one_room_more_than_there_may_be_is_refused() {
        reopen(with(Creators.ANYONE, 1, 10, 10));
        var alice = world.login("alice@localhost/a");
        enter(alice, "alice");
        configure(alice, persistent());
        alice.received();

        alice.sends("<presence to='other@muc.localhost/alice'><x xmlns='%s'/></presence>".formatted(MucXml.NS));

        assertThat(last(alice)).contains("<resource-constraint");
    }

    @Test
    void who_owns_as_many_rooms_as_may_be_makes_no_other() {
        reopen(new MucConfig("muc", Creators.ANYONE, 100, 2, 10, 10, 1000, 100, Duration.ofMinutes(10), 100, 1000));
        var alice = world.login("alice@localhost/a");
        enter(alice, "alice");
        configure(alice, persistent());
        make(alice, "second");
        make(alice, "third");
        assertThat(last(alice)).contains("third@").contains("<not-allowed");

        enter(alice, "again");
        assertThat(last(alice)).as("the own room").doesNotContain("error");
        alice.sends("<presence type='unavailable' to='second@muc.localhost/alice'/>");
        make(alice, "third");
        assertThat(last(alice)).as("one has gone").doesNotContain("error");
        var bob = world.login("bob@localhost/b");
        make(bob, "fourth");
        assertThat(last(bob)).doesNotContain("error");
    }

    private static void make(TestSession session, String room) {
        session.sends("<presence to='%s@muc.localhost/alice'><x xmlns='%s'/></presence>".formatted(room, MucXml.NS));
    }

    @Test
    void lists_are_read_page_by_page_whether_rooms_are_kept_or_not() {
        reopen(new MucConfig("muc", Creators.ANYONE, 100, 100, 10, 10, 1000, 100, Duration.ofMinutes(10), 2, 1000));
        var alice = world.login("alice@localhost/a");
        for (String room : List.of("d", "a", "c", "e", "b")) {
            make(alice, room);
            configure(alice, room + "@muc.localhost", List.of("a", "b", "d").contains(room) ? persistent() : "");
        }
        alice.received();

        assertThat(page(alice, "")).isEqualTo("c e 0 5");
        assertThat(page(alice, "<after>e@muc.localhost</after>")).isEqualTo("a b 2 5");
        assertThat(page(alice, "<after>c@muc.localhost</after>")).isEqualTo("e a 1 5");
        assertThat(page(alice, "<after>b@muc.localhost</after>")).isEqualTo("d 4 5");
        assertThat(page(alice, "<after>d@muc.localhost</after>")).isEqualTo("5");
        assertThat(page(alice, "<before/>")).isEqualTo("b d 3 5");
        assertThat(page(alice, "<before>b@muc.localhost</before>")).isEqualTo("e a 1 5");
        assertThat(page(alice, "<before>e@muc.localhost</before>")).isEqualTo("c 0 5");
        assertThat(page(alice, "<index>1</index>")).isEqualTo("e a 1 5");
        assertThat(page(alice, "<index>3</index>")).isEqualTo("b d 3 5");
        assertThat(page(alice, "<max>0</max>")).isEqualTo("5");
        for (String wrong : List.of("<after>z@muc.localhost</after>", "<before>@</before>", "<index>5</index>")) {
            assertThat(page(alice, wrong)).as(wrong).isEqualTo("item-not-found");
        }
        assertThat(page(alice, "<max>many</max>")).isEqualTo("bad-request");
    }

    private static void configure(TestSession owner, String room, String fields) {
        owner.sends(("<iq type='set' id='c' to='%s'><query xmlns='%s'><x xmlns='jabber:x:data' type='submit'>"
                        + "<field var='FORM_TYPE'><value>%s</value></field>%s</x></query></iq>")
                .formatted(room, MucXml.OWNER, MucXml.CONFIG, fields));
    }

    /** The names, where they begin, how many there are; or the error. */
    private static String page(TestSession session, String wish) {
        session.sends(("<iq type='get' id='l' to='muc.localhost'><query xmlns='http://jabber.org/protocol/disco#items'>"
                        + "<set xmlns='http://jabber.org/protocol/rsm'>%s</set></query></iq>")
                .formatted(wish));
        Element iq = session.received().get(0);
        if (iq.attribute("type", "").equals("error")) {
            return iq.child("error").orElseThrow().firstElement().orElseThrow().name();
        }
        Element query = iq.firstElement().orElseThrow();
        var told = new StringBuilder();
        query.elements("item", query.namespace())
                .forEach(
                        item -> told.append(item.attribute("jid", "").charAt(0)).append(' '));
        Element set = query.child("set", "http://jabber.org/protocol/rsm").orElseThrow();
        set.child("first")
                .ifPresent(first -> told.append(first.attribute("index", "")).append(' '));
        return told + set.childText("count").orElseThrow();
    }

    @Test
    void one_affiliation_more_than_a_room_keeps_is_refused() {
        reopen(with(Creators.ANYONE, 10, 10, 1));
        var alice = world.login("alice@localhost/a");
        enter(alice, "alice");
        configure(alice, "");
        alice.received();

        alice.sends(("<iq type='set' id='a' to='%s'><query xmlns='%s'>"
                        + "<item affiliation='member' jid='bob@localhost'/></query></iq>")
                .formatted(ROOM, MucXml.ADMIN));

        assertThat(last(alice)).contains("<resource-constraint");
    }

    @Test
    void a_picture_that_is_too_big_is_refused() {
        reopen(with(Creators.ANYONE, 10, 10, 10));
        var alice = world.login("alice@localhost/a");
        enter(alice, "alice");
        configure(alice, "");
        alice.received();

        alice.sends(
                "<iq type='set' id='v' to='%s'><vCard xmlns='vcard-temp'><PHOTO><BINVAL>%s</BINVAL></PHOTO></vCard></iq>"
                        .formatted(ROOM, "A".repeat(2000)));

        assertThat(last(alice)).contains("<policy-violation");
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
                .doesNotContain("201");
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

    private static void register(TestSession user, String nick) {
        user.sends(("<iq type='set' id='r' to='%s'><query xmlns='jabber:iq:register'>"
                        + "<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>%s</value></field>"
                        + "<field var='muc#register_roomnick'><value>%s</value></field></x></query></iq>")
                .formatted(ROOM, MucXml.REGISTER, nick));
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

    private static String membersOnly() {
        return "<field var='muc#roomconfig_membersonly'><value>1</value></field>";
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
    void nobody_becomes_one_affiliation_too_much_by_registering_or_by_being_invited() {
        reopen(with(Creators.ANYONE, 10, 10, 1));
        var alice = world.login("alice@localhost/a");
        var bob = world.login("bob@localhost/b");
        enter(alice, "alice");
        configure(alice, "");

        register(bob, "bob");
        assertThat(last(bob)).contains("<resource-constraint");
        configure(alice, membersOnly());
        alice.received();
        alice.sends("<message to='%s'><x xmlns='%s'><invite to='bob@localhost'/></x></message>"
                .formatted(ROOM, MucXml.USER));

        assertThat(last(alice)).contains("<resource-constraint");
        assertThat(bob.received()).isEmpty();
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

    @Test
    void texts_that_everybody_gets_have_an_end() {
        var alice = world.login("alice@localhost/a");
        enter(alice, "alice");
        configure(alice, "<field var='muc#roomconfig_roomname'><value>%s</value></field>".formatted("x".repeat(300)));
        assertThat(last(alice)).contains("<bad-request", "300 characters, 255 are allowed");
        configure(alice, "<field var='muc#roomconfig_roomdesc'><value>%s</value></field>".formatted("x".repeat(5000)));
        assertThat(last(alice)).contains("<bad-request", "5000 characters");
        configure(alice, "");
        alice.received();

        alice.sends(("<iq type='set' id='h' to='%s'><command xmlns='%s' node='urn:xmpp:hats:commands:create'>"
                        + "<x xmlns='jabber:x:data' type='submit'><field var='hats#uri'><value>urn:hat</value></field>"
                        + "<field var='hats#title'><value>%s</value></field></x></command></iq>")
                .formatted(ROOM, HatCommands.COMMANDS, "x".repeat(300)));

        assertThat(last(alice)).contains("<bad-request");
    }

    /** Keeps whoever says something in a room, and the room with them, waiting. */
    private record Waiting(CompletableFuture<RoomMessage> said) implements Module {
        @Override
        public Xep xep() {
            return new Xep(45, "Waiting", "1");
        }

        @Override
        public void install(Hooks hooks) {
            hooks.on(Muc.SAID, Phase.RECORD, told -> Verdict.later(said.thenApply(Verdict::proceed)));
        }
    }

    @Test
    void who_goes_is_gone_however_much_waits_for_the_room() {
        var said = new CompletableFuture<RoomMessage>();
        var narrow = new MucConfig("muc", Creators.ANYONE, 10, 10, 10, 10, 1, 10, Duration.ofMinutes(10), 100, 1000);
        world.close();
        world = World.of(
                stores,
                List.of(
                        context -> new InstantMessaging(context, ImConfig.STANDARD),
                        context -> new Muc(context, narrow),
                        context -> new Waiting(said)));
        var alice = world.login("alice@localhost/a");
        var bob = world.login("bob@localhost/b");
        var kate = world.login("kate@localhost/k");
        enter(alice, "alice");
        configure(alice, "");
        enter(bob, "bob");
        alice.sending("<message type='groupchat' to='%s'><body>Wait</body></message>".formatted(ROOM));

        kate.sends("<presence to='%s/kate'><x xmlns='%s'/></presence>".formatted(ROOM, MucXml.NS));
        assertThat(last(kate)).contains("<resource-constraint");
        bob.disconnecting();
        said.complete(null);

        assertThat(all(alice)).contains("from='" + ROOM + "/bob' type='unavailable'");
    }
}
