package io.escalus4j.server.store;

import static io.escalus4j.server.store.Promises.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.MucRoom.Affiliated;
import io.escalus4j.server.store.MucRoom.Affiliation;
import io.escalus4j.server.store.MucRooms.Listed;
import io.escalus4j.server.xmpp.Jid;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link MucRooms} must do, on each storage. */
class MucRoomsContractTest extends StoreContract {
    private static final Element STATE =
            Element.parse("<room xmlns='urn:escalus4j:muc'><subject>e4 &amp; <b>e5</b></subject></room>");

    private final String run = UUID.randomUUID().toString();
    private final Jid jid = Jid.of("room-" + run + "@muc.localhost");
    private final Jid alice = Jid.of("alice-" + run + "@localhost");
    private final Jid bob = Jid.of("bob-" + run + "@localhost");
    private final Affiliated owner = Affiliated.as(Affiliation.OWNER);
    private final Affiliated member =
            new Affiliated(Affiliation.MEMBER, Optional.of("Bobby \uD83D\uDE00"), Optional.of("plays well"));
    private final MucRoom chess = new MucRoom(jid, "Chess", true, STATE, Map.of(alice, owner));

    private final MucRooms rooms = stores.mucRooms();

    MucRoomsContractTest(Storage storage) {
        super(storage);
    }

    @Test
    void a_room_is_found_as_it_was_kept() throws Exception {
        assertThat(await(rooms.find(jid))).isEmpty();

        await(rooms.put(chess));

        assertThat(await(rooms.find(jid))).contains(chess);
    }

    @Test
    void a_room_is_kept_in_the_place_of_what_it_was() throws Exception {
        await(rooms.put(chess));
        var after = new MucRoom(jid, "", false, Element.of("room", "urn:escalus4j:muc"), Map.of(bob, member));

        await(rooms.put(after));

        assertThat(await(rooms.find(jid))).contains(after);
        assertThat(await(rooms.of(alice))).isEmpty();
        assertThat(await(rooms.of(bob))).containsExactly(jid);
    }

    @Test
    void an_affiliation_changes_and_others_stay() throws Exception {
        var domain = Jid.of("example.org");
        await(rooms.put(new MucRoom(
                jid,
                "Chess",
                true,
                STATE,
                Map.of(alice, owner, bob, member, domain, Affiliated.as(Affiliation.OUTCAST)))));
        var after = new MucRoom(jid, "Chess", true, STATE, Map.of(alice, owner, bob, owner));

        await(rooms.put(after));

        assertThat(await(rooms.find(jid))).contains(after);
    }

    @Test
    void a_room_that_was_removed_is_gone_with_all_that_it_had() throws Exception {
        await(rooms.put(chess));

        await(rooms.remove(jid));
        await(rooms.remove(jid));

        assertThat(await(rooms.find(jid))).isEmpty();
        assertThat(await(rooms.of(alice))).isEmpty();
    }

    @Test
    void lists_have_the_rooms_that_are_listed_by_their_jids() throws Exception {
        int before = await(rooms.count());
        var other = new MucRoom(Jid.of("a" + jid), "", true, STATE, Map.of());
        await(rooms.put(chess));
        await(rooms.put(other));
        await(rooms.put(new MucRoom(Jid.of("b" + jid), "Secret", false, STATE, Map.of())));

        assertThat(await(rooms.listed())).containsSubsequence(new Listed(other.jid(), ""), new Listed(jid, "Chess"));
        assertThat(await(rooms.listed())).noneMatch(listed -> listed.name().equals("Secret"));
        assertThat(await(rooms.count())).isEqualTo(before + 3);
    }

    @Test
    void who_is_forgotten_has_no_affiliation_any_more() throws Exception {
        await(rooms.put(new MucRoom(jid, "Chess", true, STATE, Map.of(alice, owner, bob, member))));

        await(stores.remove(bob));

        assertThat(await(rooms.find(jid)).orElseThrow().affiliations()).isEqualTo(Map.of(alice, owner));
        assertThat(await(rooms.of(bob))).isEmpty();
    }

    @Test
    void who_is_forgotten_is_still_banned() throws Exception {
        var outcast = Affiliated.as(Affiliation.OUTCAST);
        await(rooms.put(new MucRoom(jid, "Chess", true, STATE, Map.of(alice, owner, bob, outcast))));

        await(stores.remove(bob));

        assertThat(await(rooms.find(jid)).orElseThrow().affiliations()).containsEntry(bob, outcast);
    }

    @Test
    void a_room_goes_with_its_only_owner() throws Exception {
        await(rooms.put(new MucRoom(jid, "Chess", true, STATE, Map.of(alice, owner, bob, owner))));

        await(stores.remove(bob));
        assertThat(await(rooms.find(jid))).isPresent();

        await(stores.remove(alice));
        assertThat(await(rooms.find(jid))).isEmpty();
    }

    @Test
    void a_room_is_forgotten_as_an_owner() throws Exception {
        await(rooms.put(chess));

        await(stores.remove(jid));

        assertThat(await(rooms.find(jid))).isEmpty();
    }
}
