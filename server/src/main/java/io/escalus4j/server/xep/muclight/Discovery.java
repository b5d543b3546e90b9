package io.escalus4j.server.xep.muclight;

import io.escalus4j.exml.Element;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Modules;
import io.escalus4j.server.module.Phase;
import io.escalus4j.server.module.Reply;
import io.escalus4j.server.module.Verdict;
import io.escalus4j.server.store.LightRooms;
import io.escalus4j.server.store.LightRooms.Listed;
import io.escalus4j.server.xep.Disco;
import io.escalus4j.server.xep.im.InstantMessaging;
import io.escalus4j.server.xep.im.InstantMessaging.RosterView;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells what the service is, and which rooms somebody is in (MUC Light sections 3 and 6.1). Thread-safe. */
final class Discovery {
    private static final String ROSTER = "jabber:iq:roster";

    private final Modules modules;
    private final LightRooms store;
    private final MucLightConfig config;
    private final RoomSchema schema;
    private final Language language;

    Discovery(Modules modules, LightRooms store, MucLightConfig config, Language language) {
        this.modules = modules;
        this.store = store;
        this.config = config;
        this.schema = config.schema();
        this.language = language;
    }

    /** Empty unless it is a question of service discovery. */
    Optional<Reply> answer(Iq iq) {
        Element query = iq.payload();
        if (iq.type() != Iq.Type.GET || !query.name().equals("query")) {
            return Optional.empty();
        }
        return switch (query.namespace()) {
            case Disco.INFO -> Optional.of(Reply.result(info(iq)));
            case Disco.ITEMS -> Optional.of(items(iq));
            default -> Optional.empty();
        };
    }

    /** The same for each room, whoever asks, whether there is such a room or not; the service has no archive. */
    private Element info(Iq iq) {
        boolean isRoom = !iq.to().orElseThrow().isDomain();
        return Element.of("query", Disco.INFO)
                .with(Element.of("identity", Disco.INFO)
                        .with("category", "conference")
                        .with("type", "text")
                        .with("name", "MUC Light"))
                .with(List.of(
                        Disco.feature(Disco.INFO), Disco.feature(Disco.ITEMS), Disco.feature(language.namespace())))
                .with(
                        isRoom
                                ? modules.roomFeatures().stream()
                                        .map(Disco::feature)
                                        .toList()
                                : List.<Element>of());
    }

    /** A room has no items: who is in it is not for everybody. */
    private Reply items(Iq iq) {
        if (!iq.to().orElseThrow().isDomain()) {
            return Reply.result(Element.of("query", Disco.ITEMS));
        }
        return Reply.later(store.of(iq.from().bare()).thenApply(rooms -> items(iq.payload(), rooms)));
    }

    private Reply items(Element query, List<Listed> rooms) {
        var page = ResultSet.page(query, rooms, room -> room.jid().toString(), config.roomsPerPage());
        if (page instanceof ResultSet.Outcome.Refused<Listed> refused) {
            return Reply.refused(refused.error());
        }
        var found = ((ResultSet.Outcome.Found<Listed>) page).page();
        var children = new ArrayList<Element>();
        found.items().forEach(room -> children.add(item(room)));
        found.set().ifPresent(children::add);
        return Reply.result(Element.of("query", Disco.ITEMS).with(children));
    }

    private Element item(Listed room) {
        return Disco.item(room.jid().toString())
                .with("name", name(room))
                .with("version", Optional.of(room.version()).filter(version -> !config.legacy()));
    }

    private String name(Listed room) {
        return schema.meaning(RoomSchema.ROOM_NAME, room.configuration())
                .orElse(room.jid().local());
    }

    // ---- rosters

    void listInRosters(Hooks hooks) {
        hooks.on(InstantMessaging.ROSTER, Phase.DELIVER, this::add);
    }

    private Verdict<RosterView> add(RosterView view) {
        return Verdict.later(store.of(view.owner())
                .thenApply(rooms -> Verdict.proceed(
                        view.with(rooms.stream().map(this::rosterItem).toList()))));
    }

    private Element rosterItem(Listed room) {
        return Element.of("item", ROSTER)
                .with("jid", room.jid().toString())
                .with("name", name(room))
                .with("subscription", "to")
                .with(Element.text("group", ROSTER, RoomXml.NS), Element.text("version", ROSTER, room.version()));
    }
}
