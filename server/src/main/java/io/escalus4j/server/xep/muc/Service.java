package io.escalus4j.server.xep.muc;

import io.escalus4j.exml.Element;
import io.escalus4j.server.ServerContext;
import io.escalus4j.server.module.Reply;
import io.escalus4j.server.store.MucRooms;
import io.escalus4j.server.store.MucRooms.Listed;
import io.escalus4j.server.xep.Disco;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Presence;
import io.escalus4j.server.xmpp.ResultSet;
import io.escalus4j.server.xmpp.Stanza;
import io.escalus4j.server.xmpp.StanzaError;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** What the service itself is asked: what it can do, and which rooms there are (sections 6.2 and 6.3). Thread-safe. */
final class Service {
    private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);
    private static final List<String> FEATURES =
            List.of(Disco.INFO, Disco.ITEMS, MucXml.NS, "muc_rooms", MucXml.STABLE_ID, ResultSet.NS, MucXml.PING);

    private final ServerContext context;
    private final MucConfig config;
    private final MucRooms store;
    private final Rooms rooms;
    private final Extensions extensions;

    Service(ServerContext context, MucConfig config, Rooms rooms, Extensions extensions) {
        this.context = context;
        this.config = config;
        this.rooms = rooms;
        this.store = context.stores().mucRooms();
        this.extensions = extensions;
    }

    CompletionStage<Void> take(Stanza stanza) {
        if (stanza instanceof Iq iq) {
            return iq.isRequest() ? context.router().answer(iq, reply(iq)) : DONE;
        }
        return stanza instanceof Presence
                ? DONE
                : context.router()
                        .refuse(stanza, StanzaError.of(Condition.SERVICE_UNAVAILABLE, "the service takes no messages"));
    }

    private Reply reply(Iq iq) {
        Element query = iq.payload();
        boolean isAsked = iq.type() == Iq.Type.GET && iq.to().orElseThrow().isBare();
        return switch (isAsked ? query.name() + ' ' + query.namespace() : "") {
            case "query " + Disco.INFO -> info(query);
            case "query " + Disco.ITEMS -> items(query);
            case "search " + ChannelSearch.NS -> search(query);
            case "ping " + MucXml.PING -> Reply.done();
            default ->
                Reply.refused(
                        Condition.SERVICE_UNAVAILABLE,
                        "the service does not know '%s' in '%s'",
                        query.name(),
                        query.namespace());
        };
    }

    private Reply search(Element query) {
        var search = extensions.search();
        return query.elements().isEmpty() ? search.form() : search.search(query, cards());
    }

    /** Those in memory, which is where all are that somebody is in. */
    private List<RoomCard> cards() {
        return rooms.cards().stream().filter(RoomCard::isListed).toList();
    }

    private Reply info(Element query) {
        if (hasNode(query)) {
            return noSuchNode(query);
        }
        return Reply.result(Element.of("query", Disco.INFO)
                .with(Element.of("identity", Disco.INFO)
                        .with("category", "conference")
                        .with("type", "text")
                        .with("name", "Multi-User Chat"))
                .with(Stream.concat(FEATURES.stream(), extensions.serviceFeatures().stream())
                        .map(Disco::feature)
                        .toList()));
    }

    private static boolean hasNode(Element query) {
        return !query.attribute("node", "").isEmpty();
    }

    private static Reply noSuchNode(Element query) {
        return Reply.refused(Condition.ITEM_NOT_FOUND, "there is no node '%s' here", query.attribute("node", ""));
    }

    private Reply items(Element query) {
        if (hasNode(query)) {
            return noSuchNode(query);
        }
        var wish = ResultSet.wish(query, config.roomsPerPage());
        return wish.isEmpty()
                ? answer(ResultSet.malformed())
                : Reply.later(new RoomList(temporary(), store).page(wish.get()).thenApply(Service::answer));
    }

    /** The others are kept as they are. */
    private List<Listed> temporary() {
        return cards().stream()
                .filter(card -> !card.config().isPersistent())
                .map(card -> new Listed(card.jid(), card.name()))
                .sorted(Comparator.comparing(room -> room.jid().toString()))
                .toList();
    }

    private static Reply answer(ResultSet.Outcome<Listed> outcome) {
        if (outcome instanceof ResultSet.Outcome.Refused<Listed> refused) {
            return Reply.refused(refused.error());
        }
        var found = ((ResultSet.Outcome.Found<Listed>) outcome).page();
        var children = new ArrayList<Element>();
        found.items().forEach(room -> children.add(item(room)));
        found.set().ifPresent(children::add);
        return Reply.result(Element.of("query", Disco.ITEMS).with(children));
    }

    private static Element item(Listed room) {
        return Disco.item(room.jid().toString())
                .with("name", room.name().isEmpty() ? room.jid().local() : room.name());
    }
}
