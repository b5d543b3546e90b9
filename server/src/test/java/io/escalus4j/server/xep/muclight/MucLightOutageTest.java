package io.escalus4j.server.xep.muclight;

import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.server.HeldStores;
import io.escalus4j.server.TestSession;
import io.escalus4j.server.World;
import io.escalus4j.server.store.ArchiveQuery;
import io.escalus4j.server.store.ArchiveSlice;
import io.escalus4j.server.store.LightRoom;
import io.escalus4j.server.xep.im.ImConfig;
import io.escalus4j.server.xep.im.InstantMessaging;
import io.escalus4j.server.xep.mam.ArchiveConfig;
import io.escalus4j.server.xep.mam.Archives;
import io.escalus4j.server.xmpp.Jid;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A room whose store is away is changed as a whole and told of it, or not at all. */
class MucLightOutageTest {
    private static final Jid ROOM = Jid.of("club@muclight.localhost");
    private static final Jid KATE = Jid.of("kate@localhost");

    private final HeldStores stores = new HeldStores();
    private final World world = World.of(
            stores.stores(),
            List.of(
                    context -> new InstantMessaging(context, ImConfig.STANDARD),
                    context -> new MucLight(context, new Options().config())));
    private final TestSession alice = world.login("alice@localhost/a");
    private final TestSession bob = world.login("bob@localhost/b");
    private final TestSession kate = world.login("kate@localhost/k");

    @BeforeEach
    void archive() {
        Archives.modules(world.context(), ArchiveConfig.STANDARD)
                .forEach(world.context().modules()::install);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void ask(String namespace, String content) {
        alice.sends(
                "<iq type='set' id='i' to='%s'><query xmlns='%s'>%s</query></iq>".formatted(ROOM, namespace, content));
    }

    private void create() {
        ask(RoomXml.CREATE, "<occupants><user affiliation='member'>bob@localhost</user></occupants>");
    }

    private void made() {
        create();
        alice.received();
        bob.received();
    }

    private Optional<LightRoom> room() {
        return world.context()
                .stores()
                .lightRooms()
                .find(ROOM)
                .toCompletableFuture()
                .join();
    }

    private int archived() {
        return world.context()
                .stores()
                .archive()
                .page(ROOM, ArchiveQuery.ALL, ArchiveSlice.last(50))
                .toCompletableFuture()
                .join()
                .orElseThrow()
                .messages()
                .size();
    }

    private void assertNothingHappened() {
        var answers = alice.received();
        assertThat(answers).hasSize(1);
        assertThat(answers.get(0).toXml()).contains("type='wait'").contains("<resource-constraint");
        assertThat(bob.received()).isEmpty();
        assertThat(kate.received()).isEmpty();
        stores.letGo();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Archive.append", "LightRooms.replace"})
    void a_change_that_cannot_be_kept_or_archived_is_not_made(String failing) {
        made();
        var before = room();
        stores.fail(failing);

        ask(RoomXml.CONFIGURATION, "<roomname>Chess</roomname>");

        assertNothingHappened();
        assertThat(room()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Archive.append", "LightRooms.replace"})
    void who_cannot_be_added_is_not_told_and_not_in_the_room(String failing) {
        made();
        var before = room();
        stores.fail(failing);

        ask(RoomXml.AFFILIATIONS, "<user affiliation='member'>kate@localhost</user>");

        assertNothingHappened();
        assertThat(room()).isEqualTo(before);
        ask(RoomXml.AFFILIATIONS, "<user affiliation='member'>kate@localhost</user>");
        assertThat(kate.received().toString()).contains("affiliation='member'>kate@localhost");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Archive.append", "Archive.trim", "LightRooms.create"})
    void a_room_whose_making_cannot_be_kept_or_archived_is_not_there(String failing) {
        stores.fail(failing);

        create();

        assertNothingHappened();
        assertThat(room()).isEmpty();
        create();
        assertThat(alice.received().toString()).contains("type='result'");
        assertThat(archived()).isEqualTo(1);
    }

    @Test
    void a_message_that_cannot_be_archived_is_heard_by_nobody() {
        made();
        stores.fail("Archive.append");

        alice.sends("<message type='groupchat' id='m' to='%s'><body>e4</body></message>".formatted(ROOM));

        assertNothingHappened();
    }

    @Test
    void who_goes_leaves_a_room_that_somebody_else_is_changing() {
        made();
        ask(RoomXml.AFFILIATIONS, "<user affiliation='member'>kate@localhost</user>");
        alice.received();
        bob.received();
        stores.hold();
        var removed = world.context().accounts().remove(KATE).toCompletableFuture();
        changedElsewhere();
        while (!removed.isDone()) {
            stores.release(new Random(1));
        }
        stores.letGo();

        assertThat(room().orElseThrow().affiliation(KATE)).isEmpty();
        assertThat(bob.received().toString()).contains("affiliation='none'>kate@localhost");
    }

    /** As another server would that has the same store. */
    private void changedElsewhere() {
        var before = stores.memory()
                .lightRooms()
                .find(ROOM)
                .toCompletableFuture()
                .join()
                .orElseThrow();
        stores.memory()
                .lightRooms()
                .replace(before, before.withConfiguration(java.util.Map.of("roomname", "Elsewhere"), "another"))
                .toCompletableFuture()
                .join();
    }

    @Test
    void who_is_gone_is_in_no_room_whatever_has_failed() {
        made();
        ask(RoomXml.AFFILIATIONS, "<user affiliation='member'>kate@localhost</user>");
        stores.fail("LightRooms.replace");
        world.context().accounts().remove(KATE).toCompletableFuture().join();
        stores.letGo();
        alice.received();

        alice.sends("<iq type='get' id='g' to='%s'><query xmlns='%s'/></iq>".formatted(ROOM, RoomXml.AFFILIATIONS));

        assertThat(alice.received().toString()).doesNotContain("kate");
    }
}
