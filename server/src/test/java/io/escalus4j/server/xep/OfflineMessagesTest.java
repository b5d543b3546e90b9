package io.escalus4j.server.xep;

import static io.escalus4j.server.World.xml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.escalus4j.exml.Element;
import io.escalus4j.server.HeldStores;
import io.escalus4j.server.TestSession;
import io.escalus4j.server.World;
import io.escalus4j.server.xep.im.ImConfig;
import io.escalus4j.server.xep.im.InstantMessaging;
import io.escalus4j.server.xmpp.Jid;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** XEP-0160 with XEP-0203 and XEP-0334. */
class OfflineMessagesTest {
    private static final Jid BOB = Jid.of("bob@localhost");
    private static final String DELAY =
            "<delay xmlns='urn:xmpp:delay' from='localhost' stamp='2026-01-01T12:00:00Z'>Offline Storage</delay>";

    private final World world = World.of(
            context -> new InstantMessaging(context, ImConfig.STANDARD),
            context -> new OfflineMessages(context, new OfflineMessages.Config(3)));
    private final TestSession alice = world.login("alice@localhost/phone");

    OfflineMessagesTest() {
        world.account("bob@localhost");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void chat(String body) {
        alice.sends("<message to='bob@localhost' type='chat'><body>" + body + "</body></message>");
    }

    private int kept() {
        return world.context()
                .stores()
                .offline()
                .count(BOB)
                .toCompletableFuture()
                .join();
    }

    private static List<String> bodies(TestSession session) {
        return session.received().stream()
                .flatMap(stanza -> stanza.childText("body").stream())
                .toList();
    }

    @Test
    void a_message_waits_and_comes_with_the_time_when_it_was_sent_ahead_of_everything_else() {
        alice.sends("<message to='bob@localhost' type='chat' id='m1'><body>Tea</body></message>");

        var bob = world.connect("bob@localhost/desk").sends("<presence/>");

        assertThat(bob.received())
                .containsExactly(
                        xml(
                                "<message from='alice@localhost/phone' to='bob@localhost' type='chat' id='m1'><body>Tea</body>"
                                        + DELAY + "</message>"),
                        xml("<presence from='bob@localhost/desk' to='bob@localhost'/>"));
        assertThat(alice.received()).isEmpty();
    }

    @Test
    void messages_keep_their_order_and_come_once() {
        List.of("one", "two", "three").forEach(this::chat);

        var desk = world.connect("bob@localhost/desk").sends("<presence/>");
        var phone = world.connect("bob@localhost/phone").sends("<presence/>");

        assertThat(bodies(desk)).containsExactly("one", "two", "three");
        assertThat(bodies(phone)).isEmpty();
        assertThat(kept()).isZero();
    }

    @Test
    void a_full_store_refuses_as_if_there_were_none() {
        List.of("one", "two", "three", "four").forEach(this::chat);

        var answer = alice.received().get(0);
        assertThat(answer.attribute("from")).contains("bob@localhost");
        assertThat(answer.child("error").orElseThrow().elements())
                .extracting(Element::name, Element::text)
                .contains(tuple("service-unavailable", ""));
        assertThat(kept()).isEqualTo(3);
        assertThat(world.counted("xmpp.offline.messages", "outcome", "kept")).isEqualTo(3);
        assertThat(world.counted("xmpp.offline.messages", "outcome", "refused")).isEqualTo(1);
    }

    @Test
    void a_resource_that_wants_no_messages_gets_them_when_it_does() {
        chat("Later");
        var bob = world.connect("bob@localhost/desk").sends("<presence><priority>-1</priority></presence>");
        chat("Too");
        assertThat(bodies(bob)).isEmpty();

        bob.sends("<presence><priority>0</priority></presence>");

        assertThat(bodies(bob)).containsExactly("Later", "Too");
        assertThat(world.counted("xmpp.offline.messages", "outcome", "delivered"))
                .isEqualTo(2);
    }

    @Test
    void what_waits_comes_with_the_next_presence_after_a_goodbye() {
        var bob = world.login("bob@localhost/desk").sends("<presence type='unavailable'/>");
        chat("Hello");
        bob.received();

        bob.sends("<presence/>");

        assertThat(bodies(bob)).containsExactly("Hello");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<message to='bob@localhost'><body>Hi</body></message>",
                "<message to='bob@localhost' type='normal'><subject>Hi</subject></message>",
                "<message to='bob@localhost' type='unheard-of'><body>Hi</body></message>",
                "<message to='bob@localhost/gone' type='chat'><body>Hi</body></message>",
                "<message to='bob@localhost' type='chat'><received xmlns='urn:xmpp:receipts' id='1'/></message>",
                "<message to='bob@localhost' type='chat'><body>Hi</body><active xmlns='http://jabber.org/protocol/chatstates'/></message>",
                "<message to='bob@localhost' type='chat'><gone xmlns='http://jabber.org/protocol/chatstates'/><store xmlns='urn:xmpp:hints'/></message>"
            })
    void a_message_with_something_in_it_is_kept(String message) {
        alice.sends(message);

        assertThat(kept()).isEqualTo(1);
        assertThat(alice.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<message to='bob@localhost' type='chat'><composing xmlns='http://jabber.org/protocol/chatstates'/></message>",
                "<message to='bob@localhost' type='chat'><composing xmlns='http://jabber.org/protocol/chatstates'/><thread>t</thread>"
                        + "<no-copy xmlns='urn:xmpp:hints'/><origin-id xmlns='urn:xmpp:sid:0' id='o'/></message>",
                "<message to='bob@localhost' type='headline'><body>News</body></message>",
                "<message to='bob@localhost' type='error'><body>No</body></message>"
            })
    void what_nobody_will_miss_is_neither_kept_nor_refused(String message) {
        alice.sends(message);

        assertThat(kept()).isZero();
        assertThat(alice.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<message to='bob@localhost' type='chat'><body>Burn</body><no-store xmlns='urn:xmpp:hints'/></message>",
                "<message to='bob@localhost' type='groupchat'><body>Room</body></message>",
                "<message to='bob@localhost/gone'><body>Hi</body></message>",
                "<message to='nobody@localhost' type='chat'><body>Hi</body></message>"
            })
    void what_is_not_kept_is_refused(String message) {
        alice.sends(message);

        assertThat(kept()).isZero();
        assertThat(alice.received())
                .hasSize(1)
                .allMatch(answer -> answer.toString().contains("<service-unavailable"));
    }

    @Test
    void a_session_that_ends_meanwhile_takes_nothing_with_it() {
        List.of("one", "two", "three").forEach(this::chat);

        world.connect("bob@localhost/desk").endsAfter(2).sends("<presence/>");

        assertThat(kept()).isEqualTo(1);
        assertThat(bodies(world.connect("bob@localhost/phone").sends("<presence/>")))
                .containsExactly("three");
    }

    @Test
    void one_message_that_nobody_can_read_does_not_keep_the_others_from_coming() {
        chat("before");
        world.context().stores().offline().add(BOB, xml("<message from='@@'><body>?</body></message>"), 10);
        chat("after");

        assertThat(bodies(world.connect("bob@localhost/desk").sends("<presence/>")))
                .containsExactly("before", "after");
        assertThat(kept()).isEqualTo(1);
    }

    @Test
    void no_more_comes_at_once_than_a_queue_has_room_for() {
        int fifth = world.context().config().sessions().queueBytes() / 5;
        List.of("a", "b", "c").forEach(letter -> chat(letter.repeat(fifth)));

        var desk = world.connect("bob@localhost/desk").sends("<presence/>");

        assertThat(bodies(desk)).extracting(body -> body.charAt(0)).containsExactly('a', 'b');
        desk.sends("<presence type='unavailable'/>");
        desk.received();
        assertThat(bodies(desk.sends("<presence/>")))
                .extracting(body -> body.charAt(0))
                .containsExactly('c');
    }

    @Test
    void what_was_delivered_and_could_not_be_forgotten_comes_once_more() {
        var stores = new HeldStores();
        try (var away = World.of(
                stores.stores(),
                List.of(
                        context -> new InstantMessaging(context, ImConfig.STANDARD),
                        context -> new OfflineMessages(context, OfflineMessages.Config.STANDARD)))) {
            away.account("bob@localhost");
            away.login("alice@localhost/phone")
                    .sends("<message to='bob@localhost' type='chat'><body>Tea</body></message>");
            stores.fail("OfflineMessages.remove");

            var desk = away.connect("bob@localhost/desk").sends("<presence/>");

            assertThat(bodies(desk)).containsExactly("Tea");
            assertThat(desk.presence()).isPresent();
            stores.letGo();
            assertThat(bodies(away.connect("bob@localhost/phone").sends("<presence/>")))
                    .containsExactly("Tea");
        }
    }

    @Test
    void a_removed_account_is_forgotten() {
        chat("Old");

        world.context().accounts().remove(BOB).toCompletableFuture().join();

        var bob = world.connect("bob@localhost/new").sends("<presence/>");
        assertThat(bodies(bob)).isEmpty();
    }

    @Test
    void the_server_says_that_it_keeps_messages() {
        assertThat(world.context().modules().features()).contains("msgoffline");
        assertThat(world.context().modules().installed())
                .extracting(m -> m.xep().id())
                .contains("XEP-0160");
    }

    @Test
    void a_limit_is_no_negative_number() {
        assertThatThrownBy(() -> new OfflineMessages.Config(-1)).hasMessage("max_messages must be at least 0, was -1");
    }
}
