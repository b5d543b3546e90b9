package io.escalus4j.server.xep.im;

import static io.escalus4j.server.World.xml;

import io.escalus4j.exml.Element;
import io.escalus4j.server.TestSession;
import io.escalus4j.server.World;
import io.escalus4j.server.store.RosterItem;
import io.escalus4j.server.store.RosterItem.Subscription;
import io.escalus4j.server.xmpp.Jid;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** What the tests of this package share: one world with instant messaging, and few words for it. */
abstract class ImTest {
    static final ImConfig SMALL = new ImConfig(3, 8, 2, 2, 400, 2);

    final World world;

    ImTest() {
        this(ImConfig.STANDARD);
    }

    ImTest(ImConfig config) {
        world = World.of(context -> new InstantMessaging(context, config));
    }

    @AfterEach
    void close() {
        world.close();
    }

    /** What the roster of {@code owner} says about {@code contact} before the test begins. */
    void contact(String owner, String contact, Subscription subscription) {
        world.account(owner);
        put(owner, RosterItem.unknown(Jid.of(contact)).inRoster().with(subscription));
    }

    void put(String owner, RosterItem item) {
        world.context().stores().rosters().update(Jid.of(owner), item.contact(), known -> Optional.of(item));
    }

    RosterItem item(String owner, String contact) {
        return world.context()
                .stores()
                .rosters()
                .find(Jid.of(owner), Jid.of(contact))
                .toCompletableFuture()
                .join()
                .orElseGet(() -> RosterItem.unknown(Jid.of(contact)));
    }

    void friends(String one, String other) {
        contact(one, other, Subscription.BOTH);
        contact(other, one, Subscription.BOTH);
    }

    static void rosterSet(TestSession session, String item) {
        session.sends("<iq type='set' id='set'><query xmlns='jabber:iq:roster'>" + item + "</query></iq>");
    }

    static Element presence(String from, String to) {
        return xml("<presence from='%s' to='%s'/>".formatted(from, to));
    }

    static Element presence(String type, String from, String to) {
        return xml("<presence type='%s' from='%s' to='%s'/>".formatted(type, from, to));
    }

    /** A push without its id and version, which are the server's choice. */
    static Element push(String to, String item) {
        return xml("<iq type='set' from='%s' to='%s'><query xmlns='jabber:iq:roster'>%s</query></iq>"
                .formatted(Jid.of(to).bare(), to, item));
    }

    /** What has come, with the ids and versions of pushes left out. */
    static List<Element> received(TestSession session) {
        return session.received().stream().map(ImTest::withoutChoices).toList();
    }

    private static Element withoutChoices(Element stanza) {
        return stanza.child("query", RosterXml.NS)
                .filter(query -> stanza.attribute("type", "").equals("set"))
                .map(query -> stanza.without("id").withOnly(List.of(query.without("ver"))))
                .orElse(stanza);
    }

    static Element error(String stanza, String type, String condition, String text) {
        Element sent = xml(stanza);
        return sent.with("type", "error")
                .with(Element.of("error")
                        .with("type", type)
                        .with(Element.of(condition, "urn:ietf:params:xml:ns:xmpp-stanzas"))
                        .with(Element.text("text", "urn:ietf:params:xml:ns:xmpp-stanzas", text)));
    }
}
