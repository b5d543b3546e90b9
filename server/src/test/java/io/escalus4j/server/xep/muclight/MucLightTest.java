package io.escalus4j.server.xep.muclight;

import static io.escalus4j.server.World.xml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.escalus4j.exml.Element;
import io.escalus4j.server.TestSession;
import io.escalus4j.server.World;
import io.escalus4j.server.xep.im.ImConfig;
import io.escalus4j.server.xep.im.InstantMessaging;
import io.escalus4j.server.xmpp.Jid;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the options of MUC Light do to a service. */
class MucLightTest {
    private static final String ROOM = "club@muclight.localhost";
    private static final String A = "alice@localhost";
    private static final String B = "bob@localhost";

    private World world = world(options -> options);

    private static World world(UnaryOperator<Options> set) {
        return World.of(
                context -> new InstantMessaging(context, ImConfig.STANDARD),
                context -> new MucLight(context, set.apply(new Options()).config()));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void reopen(UnaryOperator<Options> set) {
        world.close();
        world = world(set);
    }

    private static void create(TestSession creator, String room, String... members) {
        var users = new StringBuilder();
        for (String member : members) {
            users.append("<user affiliation='member'>").append(member).append("</user>");
        }
        creator.sends(
                "<iq type='set' id='c' to='%s'><query xmlns='urn:xmpp:muclight:0#create'><occupants>%s</occupants></query></iq>"
                        .formatted(room, users));
    }

    private static void add(TestSession owner, String user) {
        owner.sends("<iq type='set' id='a' to='%s'><query xmlns='%s'><user affiliation='member'>%s</user></query></iq>"
                .formatted(ROOM, RoomXml.AFFILIATIONS, user));
    }

    /** The condition of the error that came last, or what else it was. */
    private static String last(TestSession session) {
        List<Element> received = session.received();
        Element last = received.get(received.size() - 1);
        return last.child("error")
                .flatMap(Element::firstElement)
                .map(Element::name)
                .orElse(last.name() + " " + last.attribute("type", ""));
    }

    private List<Jid> occupants() {
        return List.copyOf(world.context()
                .stores()
                .lightRooms()
                .find(Jid.of(ROOM))
                .toCompletableFuture()
                .join()
                .orElseThrow()
                .occupants()
                .keySet());
    }

    @Test
    void who_is_in_as_many_rooms_as_may_be_makes_no_other_and_is_added_to_none() {
        reopen(options -> options.roomsPerUser(1));
        var alice = world.login(A + "/a");
        var bob = world.login(B + "/b");
        create(bob, "own@muclight.localhost");
        create(alice, ROOM, B);
        assertThat(occupants()).containsExactly(Jid.of(A));

        create(alice, "second@muclight.localhost");
        assertThat(last(alice)).isEqualTo("bad-request");
        add(alice, B);
        assertThat(last(alice)).isEqualTo("iq result");
        assertThat(occupants()).containsExactly(Jid.of(A));
    }

    @Test
    void where_nothing_can_be_blocked_the_list_is_refused() {
        reopen(options -> options.blocking(false));
        var alice = world.login(A + "/a");

        alice.sends("<iq type='get' id='b' to='muclight.localhost'><query xmlns='urn:xmpp:muclight:0#blocking'/></iq>");
        assertThat(last(alice)).isEqualTo("bad-request");
        alice.sends("<iq type='set' id='b' to='muclight.localhost'><query xmlns='urn:xmpp:muclight:0#blocking'>"
                + "<user action='deny'>bob@localhost</user></query></iq>");
        assertThat(last(alice)).isEqualTo("bad-request");
    }

    @Test
    void a_list_that_is_full_takes_nothing_of_what_is_too_much() {
        reopen(options -> options.maxBlocked(2));
        var alice = world.login(A + "/a");

        block(alice, "one", "two");
        assertThat(last(alice)).isEqualTo("iq result");
        block(alice, "three");
        assertThat(last(alice)).isEqualTo("policy-violation");
        assertThat(world.context()
                        .stores()
                        .lightRooms()
                        .denials(Jid.of(A))
                        .toCompletableFuture()
                        .join())
                .hasSize(2);
    }

    private static void block(TestSession session, String... names) {
        var items = new StringBuilder();
        for (String name : names) {
            items.append("<user action='deny'>").append(name).append("@localhost</user>");
        }
        session.sends("<iq type='set' id='b' to='muclight.localhost'><query xmlns='urn:xmpp:muclight:0#blocking'>"
                + items + "</query></iq>");
    }

    @Test
    void rooms_stand_in_rosters_where_they_shall() {
        reopen(options -> options.roomsInRosters(true));
        var alice = world.login(A + "/a");
        create(alice, ROOM);
        alice.received();

        alice.sends("<iq type='get' id='r'><query xmlns='jabber:iq:roster'/></iq>");

        Element query = alice.received().get(0).firstElement().orElseThrow();
        Element item = query.firstElement().orElseThrow();
        assertThat(item.attribute("jid")).contains(ROOM);
        assertThat(item.attribute("name")).contains("Untitled");
        assertThat(item.attribute("subscription")).contains("to");
        assertThat(item.childText("group")).contains("urn:xmpp:muclight:0");
        assertThat(item.childText("version")).isPresent();

        alice.sends("<iq type='get' id='r'><query xmlns='jabber:iq:roster' ver='%s'/></iq>"
                .formatted(query.attribute("ver", "")));
        assertThat(alice.received().get(0).children()).isEmpty();
    }

    @Test
    void a_room_is_called_by_its_address_where_rooms_have_no_names() {
        reopen(options -> options.roomsInRosters(true).schema("topic:string="));
        var alice = world.login(A + "/a");
        create(alice, ROOM);
        alice.received();

        alice.sends("<iq type='get' id='i' to='muclight.localhost'>"
                + "<query xmlns='http://jabber.org/protocol/disco#items'/></iq>");
        Element item = alice.received()
                .get(0)
                .firstElement()
                .orElseThrow()
                .firstElement()
                .orElseThrow();
        assertThat(item.attribute("name")).contains("club");

        alice.sends("<iq type='get' id='r'><query xmlns='jabber:iq:roster'/></iq>");
        assertThat(alice.received().get(0).toXml()).contains("name='club'");
    }

    @Test
    void an_account_that_is_removed_leaves_its_rooms_and_its_list() {
        var alice = world.login(A + "/a");
        create(world.login(B + "/b"), ROOM, A);
        block(alice, "kate");
        alice.received();

        world.context().accounts().remove(Jid.of(B)).toCompletableFuture().join();
        world.context().accounts().remove(Jid.of(A)).toCompletableFuture().join();

        var rooms = world.context().stores().lightRooms();
        assertThat(alice.received().get(0).toXml()).contains("affiliation='none'>" + B);
        assertThat(rooms.find(Jid.of(ROOM)).toCompletableFuture().join()).isEmpty();
        assertThat(rooms.denials(Jid.of(A)).toCompletableFuture().join()).isEmpty();
    }

    @Test
    void what_happens_in_rooms_is_counted() {
        var alice = world.login(A + "/a");
        create(alice, ROOM, B);

        alice.sends("<message type='groupchat' to='%s'><body>one for two</body></message>".formatted(ROOM));

        var metrics = world.context().metrics();
        assertThat(metrics.get("xmpp.muclight.messages").counter().count()).isEqualTo(1);
        assertThat(metrics.get("xmpp.muclight.deliveries").counter().count()).isEqualTo(2);
        assertThat(metrics.get("xmpp.muclight.changes")
                        .tag("kind", "create")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(metrics.get("xmpp.muclight.rooms.cached").gauge().value()).isEqualTo(1);
        world.context().modules().close();
        assertThat(metrics.find("xmpp.muclight.rooms.cached").gauge()).isNull();
    }

    @Test
    @Timeout(20)
    void two_rooms_that_are_in_each_other_do_not_talk_for_ever() {
        var alice = world.login(A + "/a");
        create(alice, ROOM, "other@muclight.localhost");
        create(alice, "other@muclight.localhost", ROOM);
        alice.received();

        alice.sends("<message type='groupchat' to='%s'><body>once</body></message>".formatted(ROOM));

        assertThat(alice.received()).hasSize(1);
    }

    @Test
    void a_room_is_of_three_types_beside_text() {
        reopen(options ->
                options.schema("roomname:string=A", "size:integer=3", "price:float=1.5", "open:boolean=true"));
        var alice = world.login(A + "/a");
        create(alice, ROOM);

        assertThat(setting(alice, "<size>12</size><price>-2.5e3</price><open>false</open>"))
                .isEqualTo("iq result");
        for (String wrong : List.of("<size>twelve</size>", "<size/>", "<price>1,5</price>", "<open>1</open>")) {
            assertThat(setting(alice, wrong)).as(wrong).isEqualTo("bad-request");
        }
    }

    @Test
    void a_text_has_an_end() {
        var alice = world.login(A + "/a");
        create(alice, ROOM);

        assertThat(setting(alice, "<roomname>" + "x".repeat(1000) + "</roomname>"))
                .isEqualTo("iq result");
        assertThat(setting(alice, "<roomname>" + "x".repeat(1001) + "</roomname>"))
                .isEqualTo("bad-request");
    }

    private static String setting(TestSession session, String fields) {
        session.sends("<iq type='set' id='s' to='%s'><query xmlns='%s'>%s</query></iq>"
                .formatted(ROOM, RoomXml.CONFIGURATION, fields));
        return last(session);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"roomname", "roomname:text=a", "a b:string=", "version:string=", "n:integer=x", ":string=x"})
    void a_field_that_cannot_be_is_refused_at_the_start(String field) {
        assertThatThrownBy(() -> new Options().schema(field).config())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'");
    }

    @Test
    void a_field_is_named_once() {
        assertThatThrownBy(() -> new Options().schema("a:string=", "a:string=b").config())
                .hasMessage("config_schema names 'a' twice");
    }

    @Test
    void what_was_never_an_element_of_a_request_is_unknown() {
        var alice = world.login(A + "/a");
        alice.sends(xml("<iq type='set' id='x' to='%s'><query xmlns='urn:xmpp:muclight:0#create'><guests/></query></iq>"
                        .formatted(ROOM))
                .toXml());
        assertThat(last(alice)).isEqualTo("bad-request");
        alice.sends("<iq type='set' id='x' to='%s'><room xmlns='urn:xmpp:muclight:0#create'/></iq>".formatted(ROOM));
        assertThat(last(alice)).isEqualTo("feature-not-implemented");
    }
}
