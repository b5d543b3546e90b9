package io.escalus4j.server.xep;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Attribute;
import io.escalus4j.exml.Element;
import io.escalus4j.exml.Node;
import io.escalus4j.exml.Text;
import io.escalus4j.server.ServerContext;
import io.escalus4j.server.TestSession;
import io.escalus4j.server.World;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Plain;
import io.escalus4j.server.store.MucRoom.Affiliation;
import io.escalus4j.server.store.memory.MemoryStores;
import io.escalus4j.server.xep.im.ImConfig;
import io.escalus4j.server.xep.im.InstantMessaging;
import io.escalus4j.server.xep.mam.ArchiveConfig;
import io.escalus4j.server.xep.mam.Archives;
import io.escalus4j.server.xep.muc.Muc;
import io.escalus4j.server.xep.muc.MucConfig;
import io.escalus4j.server.xep.muclight.MucLight;
import io.escalus4j.server.xep.muclight.MucLightConfig;
import io.escalus4j.server.xmpp.Jid;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests that are nearly right: one, two or three things in each are something else, hundreds of times. Each is answered,
 * nothing fails, a room keeps an owner, and nobody is taken for somebody else.
 */
class RoomsUnderMutationTest {
    private static final int MUTANTS = 100;
    private static final String ROOM = "club@muc.localhost";
    private static final String LIGHT = "club@muclight.localhost";
    private static final String FORGED = "forged";

    /** What stands in the place of something else. */
    private static final List<String> VALUES = List.of(
            "",
            " ",
            "0",
            "-1",
            "1",
            "99999999999999999999",
            "true",
            "none",
            "owner",
            "member",
            "outcast",
            "moderator",
            "visitor",
            "a@@b",
            "bob@localhost",
            "bob@localhost/b",
            "alice@localhost",
            "nobody@localhost",
            "localhost",
            ROOM,
            ROOM + "/bob",
            LIGHT,
            LIGHT + "/bob@localhost",
            "muc.localhost",
            "bob",
            "alice",
            FORGED,
            "x".repeat(3000),
            "\u202e",
            "%s",
            "submit",
            "cancel",
            "form",
            "FORM_TYPE",
            "http://jabber.org/protocol/muc#roomconfig",
            "urn:xmpp:mam:2",
            "2026-01-01T00:00:00Z",
            "version",
            "roomname");

    private static final List<String> NAMESPACES = List.of(
            "jabber:client",
            "jabber:x:data",
            "http://jabber.org/protocol/muc#user",
            "http://jabber.org/protocol/muc#admin",
            "http://jabber.org/protocol/muc#owner",
            "urn:xmpp:occupant-id:0",
            "urn:xmpp:sid:0",
            "urn:xmpp:muclight:0#affiliations",
            "urn:xmpp:mam:2",
            "urn:none");

    private static final List<String> ADDRESSES = List.of(
            ROOM,
            ROOM + "/bob",
            ROOM + "/nobody",
            "muc.localhost",
            LIGHT,
            LIGHT + "/bob@localhost",
            "muclight.localhost");

    private static final String OWNER = "<query xmlns='http://jabber.org/protocol/muc#owner'>";
    private static final String ADMIN = "<query xmlns='http://jabber.org/protocol/muc#admin'>";
    private static final String FORM = "<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>";
    private static final String NEXT = "</value></field><field var='";
    private static final String USER = "<x xmlns='http://jabber.org/protocol/muc#user'>";

    private World world;
    private TestSession alice;
    private TestSession bob;
    private TestSession kate;

    private static Module all(ServerContext context) {
        var modules = new ArrayList<Module>();
        modules.add(new InstantMessaging(context, ImConfig.STANDARD));
        modules.addAll(Archives.modules(context, ArchiveConfig.STANDARD));
        modules.addAll(Muc.modules(context, MucConfig.STANDARD));
        modules.add(new MucLight(context, MucLightConfig.STANDARD));
        return new Plain(hooks -> modules.forEach(module -> module.install(hooks)));
    }

    /** A room of each kind, with alice and bob in it. */
    private void begin() {
        world = World.of(new MemoryStores(), List.of(RoomsUnderMutationTest::all));
        alice = world.login("alice@localhost/a");
        bob = world.login("bob@localhost/b");
        kate = world.login("kate@localhost/k");
        enter(alice, "alice");
        alice.sends("<iq type='set' id='o' to='" + ROOM + "'>" + OWNER + FORM
                + "http://jabber.org/protocol/muc#roomconfig" + NEXT
                + "muc#roomconfig_persistentroom'><value>1</value></field></x></query></iq>");
        enter(bob, "bob");
        bob.sends("<message type='groupchat' to='" + ROOM + "'><body>e4</body></message>");
        alice.sends("<iq type='set' id='c' to='" + LIGHT + "'><query xmlns='urn:xmpp:muclight:0#create'><occupants>"
                + "<user affiliation='member'>bob@localhost</user></occupants></query></iq>");
        Stream.of(alice, bob, kate).forEach(TestSession::received);
    }

    private static void enter(TestSession session, String nick) {
        session.sends(
                "<presence to='" + ROOM + "/" + nick + "'><x xmlns='http://jabber.org/protocol/muc'/></presence>");
    }

    static Stream<String> requests() {
        return Stream.of(
                // multi-user chat
                iq("get", ROOM, OWNER + "</query>"),
                iq(
                        "set",
                        ROOM,
                        OWNER + FORM + "http://jabber.org/protocol/muc#roomconfig" + NEXT
                                + "muc#roomconfig_roomname'><value>Chess" + NEXT
                                + "muc#roomconfig_membersonly'><value>1" + NEXT
                                + "muc#roomconfig_roomadmins'><value>bob@localhost</value></field></x></query>"),
                iq("set", ROOM, OWNER + "<destroy jid='" + ROOM + "'><reason>Over</reason></destroy></query>"),
                iq("get", ROOM, ADMIN + "<item affiliation='owner'/></query>"),
                iq(
                        "set",
                        ROOM,
                        ADMIN + "<item jid='kate@localhost' affiliation='member' nick='kate'><reason>So</reason></item>"
                                + "<item jid='bob@localhost' affiliation='admin'/></query>"),
                iq(
                        "set",
                        ROOM,
                        ADMIN + "<item nick='bob' role='visitor'/><item nick='alice' role='moderator'/></query>"),
                iq(
                        "set",
                        ROOM,
                        "<query xmlns='jabber:iq:register'>" + FORM + "http://jabber.org/protocol/muc#register" + NEXT
                                + "muc#register_roomnick'><value>queen</value></field></x></query>"),
                iq(
                        "set",
                        ROOM,
                        "<moderate xmlns='urn:xmpp:message-moderate:1' id='x'>"
                                + "<retract xmlns='urn:xmpp:message-retract:1'/><reason>Spam</reason></moderate>"),
                iq(
                        "set",
                        ROOM,
                        "<command xmlns='http://jabber.org/protocol/commands' node='urn:xmpp:hats:commands:create'>"
                                + FORM + "urn:xmpp:hats:commands" + NEXT + "hats#title'><value>King" + NEXT
                                + "hats#uri'><value>urn:king</value></field></x></command>"),
                iq(
                        "set",
                        ROOM,
                        "<vCard xmlns='vcard-temp'><PHOTO><TYPE>image/png</TYPE><BINVAL>YWJj</BINVAL></PHOTO></vCard>"),
                iq("get", ROOM, "<query xmlns='http://jabber.org/protocol/disco#info' node='x-roomuser-item'/>"),
                iq("get", ROOM + "/bob", "<ping xmlns='urn:xmpp:ping'/>"),
                iq(
                        "get",
                        "muc.localhost",
                        "<search xmlns='urn:xmpp:channel-search:0:search'>" + FORM
                                + "urn:xmpp:channel-search:0:search-params" + NEXT + "q'><value>chess" + NEXT
                                + "min_users'><value>1</value></field></x><set xmlns='http://jabber.org/protocol/rsm'><max>3</max></set>"
                                + "</search>"),
                iq(
                        "get",
                        "muc.localhost",
                        "<query xmlns='http://jabber.org/protocol/disco#items'>"
                                + "<set xmlns='http://jabber.org/protocol/rsm'><max>3</max><after>a@b</after></set></query>"),
                "<message to='%s'>%s<invite to='kate@localhost'><reason>Come</reason></invite></x></message>"
                        .formatted(ROOM, USER),
                "<message to='%s'>%s<decline to='bob@localhost'/></x></message>".formatted(ROOM, USER),
                "<message to='%s'>%shttp://jabber.org/protocol/muc#request%smuc#role'><value>participant</value></field></x></message>"
                        .formatted(ROOM, FORM, NEXT),
                "<message type='groupchat' to='%s'><body>d4</body>%s<item affiliation='owner'/></x><occupant-id xmlns='urn:xmpp:occupant-id:0' id='%s'/><retract xmlns='urn:xmpp:message-retract:1' id='x'/></message>"
                        .formatted(ROOM, USER, FORGED),
                "<message type='groupchat' to='%s'><subject>Openings</subject></message>".formatted(ROOM),
                "<message type='chat' to='%s/alice'><body>Psst</body>%s</x></message>".formatted(ROOM, USER),
                "<presence to='%s/kate'><x xmlns='http://jabber.org/protocol/muc'><history maxstanzas='3' since='2026-01-01T00:00:00Z'/><password>toil</password></x></presence>"
                        .formatted(ROOM),
                "<presence to='%s/bobby'><show>away</show>%s<item role='moderator'/></x></presence>"
                        .formatted(ROOM, USER),
                // MUC Light
                iq(
                        "set",
                        "new@muclight.localhost",
                        "<query xmlns='urn:xmpp:muclight:0#create'><configuration><roomname>Chess</roomname>"
                                + "</configuration><occupants><user affiliation='member'>kate@localhost</user></occupants></query>"),
                iq(
                        "set",
                        LIGHT,
                        "<query xmlns='urn:xmpp:muclight:0#affiliations'><user affiliation='member'>kate@localhost</user>"
                                + "<user affiliation='none'>bob@localhost</user></query>"),
                iq(
                        "set",
                        LIGHT,
                        "<query xmlns='urn:xmpp:muclight:0#configuration'><roomname>Go</roomname><subject>Ko</subject></query>"),
                iq("get", LIGHT, "<query xmlns='urn:xmpp:muclight:0#info'><version>v1</version></query>"),
                iq(
                        "set",
                        "muclight.localhost",
                        "<query xmlns='urn:xmpp:muclight:0#blocking'><user action='deny'>kate@localhost</user></query>"),
                "<message type='groupchat' to='%s'><body>d4</body><x xmlns='urn:xmpp:muclight:0#affiliations'><user affiliation='owner'>%s</user></x></message>"
                        .formatted(LIGHT, FORGED),
                // archives
                archive(ROOM),
                archive(LIGHT),
                archive("alice@localhost"),
                iq(
                        "set",
                        ROOM,
                        "<prefs xmlns='urn:xmpp:mam:2' default='always'><never><jid>bob@localhost</jid></never></prefs>"),
                iq(
                        "set",
                        "alice@localhost",
                        "<prefs xmlns='urn:xmpp:mam:2' default='roster'><always><jid>bob@localhost</jid></always></prefs>"));
    }

    private static String iq(String type, String to, String payload) {
        return "<iq type='%s' to='%s'>%s</iq>".formatted(type, to, payload);
    }

    private static String archive(String owner) {
        return iq(
                "set",
                owner,
                "<query xmlns='urn:xmpp:mam:2' queryid='q'>" + FORM + "urn:xmpp:mam:2" + NEXT
                        + "with'><value>bob@localhost" + NEXT + "start'><value>2026-01-01T00:00:00Z" + NEXT
                        + "ids'><value>x</value></field></x><set xmlns='http://jabber.org/protocol/rsm'><max>3</max><after>x</after></set>"
                        + "<flip-page/></query>");
    }

    @ParameterizedTest
    @MethodSource("requests")
    void what_is_nearly_right_is_answered_and_breaks_nothing(String request) {
        var random = new SplittableRandom(request.hashCode());
        for (int i = 0; i < MUTANTS; i++) {
            begin();
            Element mutant = World.xml(request).with("id", "m" + i);
            int changes = random.nextInt(1, 4);
            for (int n = 0; n < changes; n++) {
                mutant = new Mutation(random).of(mutant);
            }
            var speaker = List.of(alice, bob, kate).get(random.nextInt(3));

            speaker.sends(mutant.toXml());

            assertAnswered(mutant, speaker.received());
            Stream.of(alice, bob, kate).forEach(client -> assertNothingForged(client.received()));
            assertOwned();
            world.close();
        }
    }

    private static void assertAnswered(Element mutant, List<Element> received) {
        assertThat(received.toString()).as(mutant.toXml()).doesNotContain("internal-server-error");
        boolean isPassedOn = mutant.attribute("to", "").contains("/");
        if (mutant.name().equals("iq") && !isPassedOn) {
            assertThat(received.stream().filter(stanza -> isAnswer(stanza, mutant)))
                    .as(mutant.toXml() + " was answered " + received)
                    .hasSize(1);
        }
        assertNothingForged(received);
    }

    private static boolean isAnswer(Element stanza, Element mutant) {
        return stanza.name().equals("iq") && stanza.attribute("id").equals(mutant.attribute("id"));
    }

    private static void assertNothingForged(List<Element> received) {
        for (Element stanza : received) {
            boolean isError = stanza.attribute("type", "").equals("error");
            assertThat(isError ? List.<Element>of() : stanza.elements("occupant-id", "urn:xmpp:occupant-id:0"))
                    .as(stanza.toXml())
                    .hasSizeLessThanOrEqualTo(1)
                    .noneMatch(id -> id.attribute("id", "").equals(FORGED));
        }
    }

    private void assertOwned() {
        var stores = world.context().stores();
        stores.mucRooms()
                .find(Jid.of(ROOM))
                .toCompletableFuture()
                .join()
                .ifPresent(room -> assertThat(room.affiliations().values())
                        .anyMatch(one -> one.affiliation() == Affiliation.OWNER));
        stores.lightRooms()
                .find(Jid.of(LIGHT))
                .toCompletableFuture()
                .join()
                .ifPresent(room -> assertThat(room.hasOwner()).isTrue());
    }

    /** One thing in an element becomes another. */
    private record Mutation(SplittableRandom random) {
        Element of(Element stanza) {
            if (random.nextInt(8) == 0) {
                return stanza.with("to", any(ADDRESSES));
            }
            if (random.nextInt(12) == 0 && stanza.name().equals("iq")) {
                return stanza.with("type", any(List.of("get", "set")));
            }
            return inside(stanza);
        }

        private <T> T any(List<T> all) {
            return all.get(random.nextInt(all.size()));
        }

        /** In one of the children, or theirs; a request has just one, in any case. */
        private Element inside(Element parent) {
            var children = new ArrayList<Node>(parent.children());
            if (children.isEmpty()) {
                return parent;
            }
            int at = random.nextInt(children.size());
            if (children.get(at) instanceof Element child) {
                boolean deeper = !child.children().isEmpty() && random.nextInt(3) > 0;
                var changed = deeper
                        ? List.<Node>of(inside(child))
                        : changed(child, !parent.name().equals("iq"));
                children.remove(at);
                children.addAll(at, changed);
            } else {
                children.set(at, Text.of(any(VALUES)));
            }
            return parent.withOnly(children);
        }

        private List<Node> changed(Element child, boolean freely) {
            int kinds = freely ? 6 : 4;
            return switch (random.nextInt(kinds)) {
                case 0 -> List.of(attribute(child));
                case 1 -> List.of(renamed(child, child.name(), any(NAMESPACES)));
                case 2 ->
                    List.of(renamed(
                            child, any(List.of("query", "x", "item", "user", "field", "value")), child.namespace()));
                case 3 -> List.of(child.withOnly(List.of(Text.of(any(VALUES)))));
                case 4 -> List.of(child, child);
                default -> List.of();
            };
        }

        /** All but the declarations of namespaces. */
        private static Stream<Attribute> own(Element child) {
            return child.attributes().stream()
                    .filter(attribute -> !attribute.qualifiedName().startsWith("xmlns"));
        }

        private Element attribute(Element child) {
            var names = own(child).map(Attribute::qualifiedName).toList();
            String name = names.isEmpty() || random.nextInt(4) == 0
                    ? any(List.of("type", "var", "jid", "affiliation", "role", "nick", "node", "id", "to"))
                    : any(names);
            return random.nextInt(3) == 0 ? child.without(name) : child.with(name, any(VALUES));
        }

        private static Element renamed(Element child, String name, String namespace) {
            Element renamed = Element.of(name, namespace).withOnly(child.children());
            for (Attribute attribute : own(child).toList()) {
                renamed = renamed.with(attribute.qualifiedName(), attribute.value());
            }
            return renamed;
        }
    }
}
