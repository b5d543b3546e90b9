package io.escalus4j.server.store;

import static io.escalus4j.server.store.Promises.await;
import static io.escalus4j.server.store.Promises.seenDuring;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.MucRoom.Affiliated;
import io.escalus4j.server.store.MucRoom.Affiliation;
import io.escalus4j.server.store.MucRooms.Listed;
import io.escalus4j.server.store.MucRooms.Page;
import io.escalus4j.server.store.MucRooms.Place;
import io.escalus4j.server.store.MucRooms.Place.After;
import io.escalus4j.server.store.MucRooms.Place.AtEnd;
import io.escalus4j.server.store.MucRooms.Place.Before;
import io.escalus4j.server.store.MucRooms.Place.From;
import io.escalus4j.server.store.MucRooms.Words;
import io.escalus4j.server.xmpp.Jid;
import java.util.List;
import java.util.Locale;
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
    private final MucRoom chess = new MucRoom(jid, "Chess", "", true, STATE, Map.of(alice, owner));

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
        var after = new MucRoom(jid, "", "", false, Element.of("room", "urn:escalus4j:muc"), Map.of(bob, member));

        await(rooms.put(after));

        assertThat(await(rooms.find(jid))).contains(after);
        assertThat(await(rooms.of(alice))).isEmpty();
        assertThat(await(rooms.of(bob))).containsExactly(jid);
    }

    @Test
    void whoever_looks_while_a_room_changes_sees_it_before_or_after() throws Exception {
        var after = new MucRoom(jid, "Go", "", false, Element.of("room", "urn:escalus4j:muc"), Map.of(bob, owner));
        await(rooms.put(chess));

        var seen = seenDuring(
                () -> {
                    for (int i = 0; i < 40; i++) {
                        await(rooms.put(after));
                        await(rooms.put(chess));
                    }
                    return true;
                },
                () -> await(rooms.find(jid)).orElseThrow());

        assertThat(seen).isSubsetOf(chess, after);
    }

    @Test
    void an_affiliation_changes_and_others_stay() throws Exception {
        var domain = Jid.of("example.org");
        await(rooms.put(new MucRoom(
                jid,
                "Chess",
                "",
                true,
                STATE,
                Map.of(alice, owner, bob, member, domain, Affiliated.as(Affiliation.OUTCAST)))));
        var after = new MucRoom(jid, "Chess", "", true, STATE, Map.of(alice, owner, bob, owner));

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
        var other = new MucRoom(Jid.of("a" + jid), "", "", true, STATE, Map.of());
        await(rooms.put(chess));
        await(rooms.put(other));
        await(rooms.put(new MucRoom(Jid.of("b" + jid), "Secret", "", false, STATE, Map.of())));

        var listed = await(rooms.listed(new From(0), 1000)).orElseThrow();
        assertThat(listed.rooms()).containsSubsequence(new Listed(other.jid(), ""), new Listed(jid, "Chess"));
        assertThat(listed.rooms()).noneMatch(room -> room.name().equals("Secret"));
        assertThat(await(rooms.count())).isEqualTo(before + 3);
    }

    @Test
    void a_list_is_read_page_by_page_in_both_directions_and_from_anywhere() throws Exception {
        for (char letter = 'a'; letter < 'f'; letter++) {
            await(rooms.put(new MucRoom(Jid.of(letter + jid.toString()), "", "", true, STATE, Map.of())));
        }
        var all = await(rooms.listed(new From(0), 1000)).orElseThrow();
        assertThat(all.index()).isZero();
        assertThat(all.count()).isEqualTo(all.rooms().size()).isGreaterThanOrEqualTo(5);

        for (int i = 0; i < all.count(); i++) {
            Jid named = all.rooms().get(i).jid();
            assertPage(all, new From(i), i, i + 2);
            assertPage(all, new After(named), i + 1, i + 3);
            assertPage(all, new Before(named), i - 2, i);
        }
        assertPage(all, new AtEnd(), all.count() - 2, all.count());
        assertPage(all, new From(all.count() + 1), all.count(), all.count());
        assertThat(await(rooms.listed(new From(0), 0)).orElseThrow()).isEqualTo(new Page(List.of(), 0, all.count()));
        assertThat(await(rooms.listed(new After(Jid.of("z" + jid)), 2))).isEmpty();
        assertThat(await(rooms.listed(new Before(Jid.of("z" + jid)), 2))).isEmpty();
    }

    private void assertPage(Page all, Place place, int from, int to) throws Exception {
        int start = Math.max(0, from);
        var wanted = all.rooms().subList(Math.min(start, all.count()), Math.min(to, all.count()));
        assertThat(await(rooms.listed(place, 2)))
                .as("%s", place)
                .contains(new Page(wanted, Math.min(start, all.count()), all.count()));
    }

    @Test
    void rooms_are_found_by_words_in_name_description_and_address() throws Exception {
        String loud = run.toUpperCase(Locale.ROOT);
        await(rooms.put(new MucRoom(jid, "Chess " + loud + " 100%_", "Blitz " + loud, true, STATE, Map.of())));
        var found = new Listed(jid, "Chess " + loud + " 100%_");

        assertThat(matching(true, true, true, run, "chess", "blitz")).containsExactly(found);
        assertThat(matching(true, false, false, run, "0%_")).containsExactly(found);
        assertThat(matching(true, false, false, "room-" + run)).isEmpty();
        assertThat(matching(false, true, false, run, "blitz")).containsExactly(found);
        assertThat(matching(false, true, false, "chess")).isEmpty();
        assertThat(matching(false, false, true, "room-" + run)).containsExactly(found);
        assertThat(matching(true, true, true, run, "draughts")).isEmpty();
        assertThat(matching(false, false, false, run)).isEmpty();
        assertThat(await(rooms.matching(new Words(List.of(), true, true, true), 1)))
                .hasSize(1);
    }

    private List<Listed> matching(boolean inName, boolean inDescription, boolean inAddress, String... words)
            throws Exception {
        return await(rooms.matching(new Words(List.of(words), inName, inDescription, inAddress), 10));
    }

    @Test
    void the_rooms_that_somebody_owns_are_counted() throws Exception {
        await(rooms.put(new MucRoom(jid, "", "", true, STATE, Map.of(alice, owner, bob, member))));
        await(rooms.put(new MucRoom(Jid.of("other-" + jid), "", "", false, STATE, Map.of(alice, owner))));

        assertThat(await(rooms.owned(alice))).isEqualTo(2);
        assertThat(await(rooms.owned(bob))).isZero();
    }

    @Test
    void who_is_forgotten_has_no_affiliation_any_more() throws Exception {
        await(rooms.put(new MucRoom(jid, "Chess", "", true, STATE, Map.of(alice, owner, bob, member))));

        await(stores.remove(bob));

        assertThat(await(rooms.find(jid)).orElseThrow().affiliations()).isEqualTo(Map.of(alice, owner));
        assertThat(await(rooms.of(bob))).isEmpty();
    }

    @Test
    void who_is_forgotten_is_still_banned() throws Exception {
        var outcast = Affiliated.as(Affiliation.OUTCAST);
        await(rooms.put(new MucRoom(jid, "Chess", "", true, STATE, Map.of(alice, owner, bob, outcast))));

        await(stores.remove(bob));

        assertThat(await(rooms.find(jid)).orElseThrow().affiliations()).containsEntry(bob, outcast);
    }

    @Test
    void a_room_goes_with_its_only_owner() throws Exception {
        await(rooms.put(new MucRoom(jid, "Chess", "", true, STATE, Map.of(alice, owner, bob, owner))));

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
