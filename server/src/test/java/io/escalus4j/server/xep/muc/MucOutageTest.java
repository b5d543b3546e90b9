package io.escalus4j.server.xep.muc;

import static io.escalus4j.server.xep.muc.Club.ROOM;
import static io.escalus4j.server.xep.muc.Club.configure;
import static io.escalus4j.server.xep.muc.Club.enter;
import static io.escalus4j.server.xep.muc.Club.membersOnly;
import static io.escalus4j.server.xep.muc.Club.persistent;
import static org.assertj.core.api.Assertions.assertThat;

import io.escalus4j.server.HeldStores;
import io.escalus4j.server.TestSession;
import io.escalus4j.server.World;
import io.escalus4j.server.store.ArchiveQuery;
import io.escalus4j.server.store.ArchiveSlice;
import io.escalus4j.server.xep.mam.ArchiveConfig;
import io.escalus4j.server.xep.mam.Archives;
import io.escalus4j.server.xmpp.Jid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A room whose store is away does what is asked of it as a whole, or nothing of it. */
class MucOutageTest {
    private final HeldStores stores = new HeldStores();
    private final World world = Club.world(stores.stores(), MucConfig.STANDARD);
    private final TestSession alice = world.login("alice@localhost/a");
    private final TestSession bob = world.login("bob@localhost/b");

    @BeforeEach
    void begin() {
        Archives.modules(world.context(), ArchiveConfig.STANDARD)
                .forEach(world.context().modules()::install);
        enter(alice, "alice");
        configure(alice, persistent());
        enter(bob, "bob");
        alice.received();
        bob.received();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void own(String payload) {
        alice.sends("<iq type='set' id='o' to='%s'><query xmlns='%s'>%s</query></iq>"
                .formatted(ROOM, MucXml.OWNER, payload));
    }

    private void administer(String item) {
        alice.sends(
                "<iq type='set' id='a' to='%s'><query xmlns='%s'>%s</query></iq>".formatted(ROOM, MucXml.ADMIN, item));
    }

    private void say(String content) {
        alice.sends("<message type='groupchat' id='m' to='%s'>%s</message>".formatted(ROOM, content));
    }

    /** What the room calls the message. */
    private String said(String content) {
        say(content);
        alice.received();
        return bob.received()
                .get(0)
                .child("stanza-id", MucXml.STANZA_ID)
                .orElseThrow()
                .attribute("id", "");
    }

    /** Who has asked is told to try later, and that is all that anybody hears. */
    private void assertNothingHappened() {
        var answers = alice.received();
        assertThat(answers).hasSize(1);
        assertThat(answers.get(0).toXml())
                .contains("type='error'")
                .contains("type='wait'")
                .contains("<resource-constraint");
        assertThat(bob.received()).isEmpty();
        stores.letGo();
    }

    /** What somebody sees who enters now. */
    private String seenOnEntering() {
        var kate = world.login("kate@localhost/k");
        enter(kate, "kate");
        alice.received();
        bob.received();
        return kate.received().toString();
    }

    private int archived() {
        return world.context()
                .stores()
                .archive()
                .page(Jid.of(ROOM), ArchiveQuery.ALL, ArchiveSlice.last(50))
                .toCompletableFuture()
                .join()
                .orElseThrow()
                .messages()
                .size();
    }

    @Test
    void a_message_that_cannot_be_archived_is_heard_by_nobody_and_remembered_by_nobody() {
        stores.fail("Archive.append");

        say("<body>e4</body>");

        assertNothingHappened();
        assertThat(seenOnEntering()).doesNotContain(">e4<");
        assertThat(archived()).isZero();
        say("<body>e4</body>");
        assertThat(bob.received().toString()).contains(">e4<");
        assertThat(archived()).isEqualTo(1);
    }

    @Test
    void a_subject_that_cannot_be_archived_is_not_the_subject() {
        stores.fail("Archive.append");

        say("<subject>Openings</subject>");

        assertNothingHappened();
        assertThat(seenOnEntering()).doesNotContain("Openings");
        assertThat(kept()).doesNotContain("Openings");
    }

    private String kept() {
        return world.context()
                .stores()
                .mucRooms()
                .find(Jid.of(ROOM))
                .toCompletableFuture()
                .join()
                .map(room -> room.state().toXml() + room.affiliations())
                .orElse("");
    }

    @Test
    void a_subject_that_cannot_be_kept_is_not_the_subject() {
        stores.fail("MucRooms.put");

        say("<subject>Openings</subject>");

        assertNothingHappened();
        assertThat(seenOnEntering()).doesNotContain("Openings");
        assertThat(archived()).isZero();
    }

    @Test
    void a_retraction_that_cannot_be_archived_leaves_what_it_takes_back() {
        String said = said("<body>e4</body>");
        stores.fail("Archive.append");

        say("<retract xmlns='%s' id='%s'/>".formatted(Moderation.RETRACT, said));

        assertNothingHappened();
        assertThat(seenOnEntering()).contains(">e4<");
    }

    @Test
    void a_moderation_that_cannot_be_archived_leaves_what_it_takes_back() {
        String said = said("<body>e4</body>");
        stores.fail("Archive.append");

        alice.sends("<iq type='set' id='m' to='%s'><moderate xmlns='%s' id='%s'><retract xmlns='%s'/></moderate></iq>"
                .formatted(ROOM, Moderation.NS, said, Moderation.RETRACT));

        assertNothingHappened();
        assertThat(seenOnEntering()).contains(">e4<");
    }

    @Test
    void a_ban_that_cannot_be_kept_puts_nobody_out() {
        stores.fail("MucRooms.put");

        administer("<item affiliation='outcast' jid='bob@localhost'/>");

        assertNothingHappened();
        bob.sends("<message type='groupchat' id='m' to='%s'><body>still here</body></message>".formatted(ROOM));
        assertThat(alice.received().toString()).contains("still here");
        assertThat(bob.received().toString()).contains("still here").doesNotContain("error");
    }

    @Test
    void a_configuration_that_cannot_be_kept_is_not_in_force() {
        stores.fail("MucRooms.put");

        configure(alice, membersOnly());

        assertNothingHappened();
        assertThat(seenOnEntering()).contains("code='110'");
    }

    @Test
    void a_room_whose_archive_cannot_be_emptied_is_not_made() {
        stores.fail("Archive.trim");

        alice.sends("<presence to='new@muc.localhost/alice'><x xmlns='%s'/></presence>".formatted(MucXml.NS));

        assertNothingHappened();
        bob.sends("<presence to='new@muc.localhost/bob'><x xmlns='%s'/></presence>".formatted(MucXml.NS));
        assertThat(bob.received().toString()).contains("code='201'");
    }

    @Test
    void a_room_that_cannot_be_forgotten_is_still_there() {
        stores.fail("MucRooms.remove");

        own("<destroy/>");

        assertNothingHappened();
        assertThat(seenOnEntering()).contains("code='110'").contains("club@muc.localhost/bob");
    }

    @Test
    void an_invitation_that_cannot_be_kept_makes_nobody_a_member() {
        configure(alice, membersOnly() + "<field var='muc#roomconfig_roomadmins'><value>bob@localhost</value></field>");
        alice.received();
        bob.received();
        world.account("kate@localhost");
        stores.fail("MucRooms.put");

        alice.sends("<message id='i' to='%s'><x xmlns='%s'><invite to='kate@localhost'/></x></message>"
                .formatted(ROOM, MucXml.USER));

        assertNothingHappened();
        assertThat(seenOnEntering()).contains("<registration-required");
    }
}
