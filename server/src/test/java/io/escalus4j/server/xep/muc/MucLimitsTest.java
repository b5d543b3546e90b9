package io.escalus4j.server.xep.muc;

import static io.escalus4j.server.xep.muc.Club.ROOM;
import static io.escalus4j.server.xep.muc.Club.all;
import static io.escalus4j.server.xep.muc.Club.configure;
import static io.escalus4j.server.xep.muc.Club.enter;
import static io.escalus4j.server.xep.muc.Club.last;
import static io.escalus4j.server.xep.muc.Club.membersOnly;
import static io.escalus4j.server.xep.muc.Club.persistent;
import static io.escalus4j.server.xep.muc.Club.register;
import static io.escalus4j.server.xep.muc.Club.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import io.escalus4j.server.TestSession;
import io.escalus4j.server.World;
import io.escalus4j.server.module.Phase;
import io.escalus4j.server.module.Plain;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.store.Stores;
import io.escalus4j.server.store.memory.MemoryStores;
import io.escalus4j.server.xep.im.ImConfig;
import io.escalus4j.server.xep.im.InstantMessaging;
import io.escalus4j.server.xep.muc.MucConfig.Creators;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How much of everything multi-user chat takes, and what becomes of more. */
class MucLimitsTest {
    private final Stores stores = new MemoryStores();
    private World world = Club.world(stores, MucConfig.STANDARD);

    private void reopen(MucConfig config) {
        world.close();
        world = Club.world(stores, config);
    }

    @AfterEach
    void close() {
        world.close();
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
        for (String wrong : List.of(
                "<after>z@muc.localhost</after>",
                "<before>@</before>",
                "<index>5</index>",
                "<index>2147483647</index>")) {
            assertThat(page(alice, wrong)).as(wrong).isEqualTo("item-not-found");
        }
        assertThat(page(alice, "<max>many</max>")).isEqualTo("bad-request");
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
                        // whoever says something waits, and the room with them
                        context -> new Plain(hooks -> hooks.on(
                                Muc.SAID, Phase.RECORD, told -> Verdict.later(said.thenApply(Verdict::proceed))))));
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
