package io.escalus4j.server.store;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.RosterItem.Subscription;
import io.escalus4j.server.xmpp.Jid;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/** Something of one owner in every port there is: who adds a port adds a line here, and tests find what does not take part. */
public final class Everything {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00.123456Z");

    private Everything() {}

    public static void of(Stores stores, Jid owner) {
        join(stores.accounts().create(owner, credentials()));
        roster(stores, owner);
        for (String body : List.of("first", "second <&>", "third \uD83D\uDE00")) {
            join(stores.offline().add(owner, message("romeo@montague.net/orchard", "" + owner, body), 10));
        }
        join(stores.privateStorage()
                .put(
                        owner,
                        "exodus:prefs",
                        Element.parse("<query xmlns='jabber:iq:private'><exodus xmlns='exodus:prefs'/></query>"),
                        9));
        join(stores.vcards()
                .put(owner, "vcard-temp", Element.parse("<vCard xmlns='vcard-temp'><FN>J</FN></vCard>"), 1));
        join(stores.blockLists().update(owner, none -> Set.of(Jid.of("tybalt@example.com"), Jid.of("example.net"))));
        join(stores.lastSeen().put(owner, new LastSeen.Departure(NOON, "Tea")));
        var room = Jid.of("room-" + owner.local() + "@muclight.localhost");
        join(stores.lightRooms()
                .create(new LightRoom(
                        room, Map.of("roomname", "Tea"), Map.of(owner, LightRoom.Affiliation.OWNER), "v1")));
        join(stores.lightRooms()
                .updateDenials(owner, none -> Set.of(new LightRooms.Denial(LightRooms.Denial.Kind.ROOM, room))));
        join(stores.mucRooms()
                .put(new MucRoom(
                        Jid.of("room-" + owner.local() + "@muc.localhost"),
                        "Tea",
                        "At five",
                        true,
                        Element.of("room", "urn:escalus4j:muc"),
                        Map.of(owner, MucRoom.Affiliated.as(MucRoom.Affiliation.OWNER)))));
        join(stores.tokens().offer(owner, "phone", new Tokens.Token("HT-SHA-256-NONE", new byte[32], NOON), 9));
        join(stores.archivePreferences()
                .put(
                        owner,
                        "prefs",
                        Element.parse(
                                "<prefs xmlns='urn:xmpp:mam:2' default='roster'><always><jid>romeo@montague.net</jid></always><never/></prefs>"),
                        1));
        IntStream.range(0, 3).forEach(second -> archive(stores, owner, second));
    }

    private static Credentials credentials() {
        return new Credentials(List.of(
                new Credentials.Scram("SHA-1", new byte[16], 10_000, new byte[20], new byte[20]),
                new Credentials.Scram("SHA-256", new byte[] {1, 2}, 10_000, new byte[32], new byte[32])));
    }

    private static void roster(Stores stores, Jid owner) {
        var romeo = RosterItem.unknown(Jid.of("romeo@montague.net"))
                .described(Optional.of("Romeo"), Set.of("Friends", "Lovers"))
                .with(Subscription.BOTH);
        var paris = RosterItem.unknown(Jid.of("paris@example.org"))
                .inRoster()
                .with(Subscription.FROM)
                .withPendingOut(true)
                .withPreApproved(true);
        var request = Element.of("presence", "jabber:client")
                .with("type", "subscribe")
                .with("from", "mercutio@montague.net");
        var mercutio = RosterItem.unknown(Jid.of("mercutio@montague.net")).withPendingIn(Optional.of(request));
        for (RosterItem item : List.of(romeo, paris, mercutio)) {
            join(stores.rosters().update(owner, item.contact(), none -> Optional.of(item)));
        }
    }

    private static Element message(String from, String to, String body) {
        return Element.of("message", "jabber:client")
                .with("from", from)
                .with("to", to)
                .with("id", "m1")
                .with(Element.text("body", "jabber:client", body));
    }

    private static void archive(Stores stores, Jid owner, int second) {
        var stanza = message(
                second == 0 ? owner + "/phone" : "romeo@montague.net/x",
                second == 0 ? "romeo@montague.net" : "" + owner,
                "hi");
        var peer = Jid.of(second == 0 ? "romeo@montague.net" : "romeo@montague.net/x");
        var reference = Optional.of(second == 2 ? "origin" : "m1");
        join(stores.archive()
                .append(owner, new Archived(ArchiveId.at(NOON.plusSeconds(second), 3), peer, reference, stanza)));
    }

    public static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
