package io.escalus4j.stories;

import static io.escalus4j.match.Matchers.*;
import static io.escalus4j.match.MucMatchers.*;
import static io.escalus4j.match.ServiceMatchers.*;
import static io.escalus4j.stanza.MucBuilders.*;
import static io.escalus4j.stories.ChatRooms.*;

import io.escalus4j.Client;
import io.escalus4j.Spec;
import io.escalus4j.control.WhiteBox;
import io.escalus4j.junit.Story;
import io.escalus4j.junit.StoryServer;
import io.escalus4j.stories.server.OwnServer;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What can be set about rooms; told one after the other, since each story changes the server. */
@StoryServer(OwnServer.class)
@Execution(ExecutionMode.SAME_THREAD)
class MucOptionsStory {
    @Story
    @Spec(
            xep = 45,
            section = "10.1.1",
            id = "0045-10.1.1-1",
            says = "who may not make rooms gets not-allowed, and there is no room")
    void who_may_not_make_rooms_makes_none(Client alice, Client bob, WhiteBox server) {
        server.modules().set("muc", "create", "admins");
        String room = noRoom(alice);

        alice.send(enterRoom(room, "alice"));

        alice.expect(error("not-allowed", "cancel").from(room + "/alice"));
        bob.iqError(getRoomConfiguration(room), "item-not-found");
    }

    @Story
    @Spec(xep = 45, section = "14.6", says = "who owns as many rooms as may be makes no other")
    void who_owns_enough_makes_no_other_room(Client alice, Client bob, WhiteBox server) {
        server.modules().set("muc", "rooms_per_user", 1);
        room(alice);
        String room = noRoom(alice);

        alice.send(enterRoom(room, "alice"));

        alice.expect(error("not-allowed", "cancel").from(room + "/alice"));
        bob.send(enterRoom(room, "bob"));
        bob.expect(self(room, "bob", 201));
        bob.expect(roomSubject(room, ""));
    }
}
