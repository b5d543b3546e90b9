package io.escalus4j.server.store;

import static io.escalus4j.server.store.LightRoom.Affiliation.MEMBER;
import static io.escalus4j.server.store.LightRoom.Affiliation.OWNER;
import static io.escalus4j.server.store.Promises.await;
import static io.escalus4j.server.store.Promises.seenDuring;
import static io.escalus4j.server.store.Promises.together;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.server.store.LightRooms.Denial;
import io.escalus4j.server.store.LightRooms.Listed;
import io.escalus4j.server.xmpp.Jid;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link LightRooms} must do, on each storage. */
class LightRoomsContractTest extends StoreContract {
    private final String run = UUID.randomUUID().toString();
    private final Jid room = Jid.of("room-" + run + "@muclight.localhost");
    private final Jid alice = Jid.of("alice-" + run + "@localhost");
    private final Jid bob = Jid.of("bob-" + run + "@localhost");
    private final Jid kate = Jid.of("kate-" + run + "@localhost");
    private final LightRoom chess =
            new LightRoom(room, Map.of("roomname", "Chess"), Map.of(alice, OWNER, bob, MEMBER), "v1");

    private final LightRooms rooms = stores.lightRooms();

    LightRoomsContractTest(Storage storage) {
        super(storage);
    }

    private static String version() {
        return UUID.randomUUID().toString();
    }

    private LightRoom with(Map<Jid, LightRoom.Affiliation> occupants, String version) {
        return chess.withOccupants(occupants, version);
    }

    @Test
    void a_room_is_found_as_it_was_created() throws Exception {
        assertThat(await(rooms.find(room))).isEmpty();

        assertThat(await(rooms.create(chess))).isTrue();

        assertThat(await(rooms.find(room))).contains(chess);
        assertThat(await(rooms.find(room)).orElseThrow().occupants().keySet()).containsExactly(alice, bob);
    }

    @Test
    void whoever_looks_while_a_room_changes_sees_it_before_or_after() throws Exception {
        var after = new LightRoom(
                room, Map.of("roomname", "Go", "subject", "Ko"), Map.of(alice, MEMBER, kate, OWNER), "v2");
        await(rooms.create(chess));

        var seen = seenDuring(
                () -> {
                    for (int i = 0; i < 40; i++) {
                        await(rooms.replace(chess, after));
                        await(rooms.replace(after, chess));
                    }
                    return true;
                },
                () -> List.of(await(rooms.find(room)).orElseThrow(), await(rooms.of(alice))));

        assertThat(seen).extracting(found -> found.get(0)).isSubsetOf(List.of(chess, after));
        assertThat(seen).extracting(found -> found.get(1)).isSubsetOf(List.of(listed(chess), listed(after)));
    }

    private static List<Listed> listed(LightRoom room) {
        return List.of(new Listed(room.jid(), room.configuration(), room.version()));
    }

    @Test
    void an_address_is_given_once() throws Exception {
        await(rooms.create(chess));

        assertThat(await(rooms.create(with(Map.of(kate, OWNER), "v2")))).isFalse();

        assertThat(await(rooms.find(room))).contains(chess);
        assertThat(await(rooms.of(kate))).isEmpty();
    }

    @Test
    void of_two_who_create_it_at_once_one_does() throws Exception {
        var created = together(() -> await(rooms.create(with(Map.of(alice, OWNER), version()))));

        assertThat(created).containsOnlyOnce(true);
    }

    @Test
    void a_room_is_replaced_as_a_whole() throws Exception {
        await(rooms.create(chess));
        var after =
                with(Map.of(bob, OWNER, kate, MEMBER), "v2").withConfiguration(Map.of("subject", "e4 & <e5>"), "v3");

        assertThat(await(rooms.replace(chess, after))).isTrue();

        assertThat(await(rooms.find(room))).contains(after);
        assertThat(await(rooms.of(alice))).isEmpty();
        assertThat(await(rooms.of(kate))).hasSize(1);
    }

    @Test
    void what_is_no_longer_there_is_not_replaced() throws Exception {
        await(rooms.create(chess));
        var second = chess.withConfiguration(Map.of("subject", "tea"), "v2");
        await(rooms.replace(chess, second));

        assertThat(await(rooms.replace(chess, with(Map.of(kate, OWNER), "v3")))).isFalse();

        assertThat(await(rooms.find(room))).contains(second);
    }

    @Test
    void of_many_who_replace_the_same_one_does() throws Exception {
        await(rooms.create(chess));

        var replaced = together(() -> await(rooms.replace(chess, with(Map.of(kate, OWNER), version()))));

        assertThat(replaced).containsOnlyOnce(true);
    }

    @Test
    void a_deserted_room_is_gone_and_its_address_free() throws Exception {
        await(rooms.create(chess));

        assertThat(await(rooms.replace(chess, with(Map.of(), "v2")))).isTrue();

        assertThat(await(rooms.find(room))).isEmpty();
        assertThat(await(rooms.of(alice))).isEmpty();
        assertThat(await(rooms.create(chess))).isTrue();
        assertThat(await(rooms.find(room))).contains(chess);
    }

    @Test
    void a_users_rooms_are_listed_by_their_jids() throws Exception {
        var other = new LightRoom(Jid.of("a" + room), Map.of(), Map.of(bob, OWNER), "w1");
        await(rooms.create(chess));
        await(rooms.create(other));

        assertThat(await(rooms.of(bob)))
                .containsExactly(
                        new Listed(other.jid(), Map.of(), "w1"), new Listed(room, Map.of("roomname", "Chess"), "v1"));
    }

    @Test
    void who_is_in_many_rooms_is_told_from_who_is_in_few() throws Exception {
        await(rooms.create(chess));
        await(rooms.create(new LightRoom(Jid.of("b" + room), Map.of(), Map.of(bob, OWNER), "w1")));

        assertThat(await(rooms.inAtLeast(2, List.of(alice, bob, kate)))).containsExactly(bob);
        assertThat(await(rooms.inAtLeast(1, List.of(alice, bob, kate)))).containsExactlyInAnyOrder(alice, bob);
    }

    @Test
    void denials_are_kept_by_user_and_asked_of_many() throws Exception {
        var noChess = new Denial(Denial.Kind.ROOM, room);
        var noAlice = new Denial(Denial.Kind.USER, alice);
        assertThat(await(rooms.denials(bob))).isEmpty();

        assertThat(await(rooms.updateDenials(bob, before -> Set.of(noChess)))).containsExactly(noChess);
        await(rooms.updateDenials(kate, before -> Set.of(noAlice, noChess)));
        await(rooms.updateDenials(kate, before -> {
            assertThat(before).containsExactlyInAnyOrder(noAlice, noChess);
            return Set.of(noAlice);
        }));

        assertThat(await(rooms.denials(kate))).containsExactly(noAlice);
        assertThat(await(rooms.denying(Set.of(noChess, noAlice), List.of(alice, bob, kate))))
                .containsExactlyInAnyOrder(bob, kate);
        assertThat(await(rooms.denying(Set.of(noChess), List.of(alice, bob, kate))))
                .containsExactly(bob);
    }

    @Test
    void an_owner_is_forgotten_in_rooms_and_in_lists() throws Exception {
        var alone = new LightRoom(Jid.of("c" + room), Map.of(), Map.of(bob, OWNER), "w1");
        await(rooms.create(chess));
        await(rooms.create(alone));
        await(rooms.updateDenials(bob, before -> Set.of(new Denial(Denial.Kind.ROOM, room))));

        await(stores.remove(bob));

        assertThat(await(rooms.find(alone.jid()))).isEmpty();
        assertThat(await(rooms.find(room)).orElseThrow().occupants()).isEqualTo(Map.of(alice, OWNER));
        assertThat(await(rooms.denials(bob))).isEmpty();
        assertThat(await(rooms.of(bob))).isEmpty();
    }

    @Test
    void a_room_is_forgotten_as_an_owner() throws Exception {
        await(rooms.create(chess));

        await(stores.remove(room));

        assertThat(await(rooms.find(room))).isEmpty();
        assertThat(await(rooms.of(alice))).isEmpty();
    }
}
