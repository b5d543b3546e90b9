package io.escalus4j.server.xep.muc;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.MucRoom;
import io.escalus4j.server.xmpp.DataForm;
import io.escalus4j.server.xmpp.Jid;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A room as it is kept, and back: all but who is in it. Pure. */
final class RoomState {
    private static final String NS = "urn:escalus4j:muc";

    private RoomState() {}

    static MucRoom of(Room room) {
        return new MucRoom(
                room.jid(),
                room.config().text(Option.NAME),
                room.config().text(Option.DESCRIPTION),
                room.config().is(Option.PUBLIC),
                element(room),
                room.affiliations().all());
    }

    private static Element element(Room room) {
        Element history = Element.of("history", NS)
                .with(room.history().all().stream().map(RoomState::entry).toList());
        Element voices = Element.of("voices", NS)
                .with(room.voices().all().entrySet().stream()
                        .map(voice -> Element.of("voice", NS)
                                .with("jid", voice.getKey().toString())
                                .with("role", voice.getValue().wire()))
                        .toList());
        return Element.of("room", NS)
                .with(room.config().addTo(DataForm.result(MucXml.CONFIG)).toElement(), subject(room.subject()))
                .with(history, voices, hats(room))
                .with(room.vcard().map(List::of).orElse(List.of()));
    }

    /** {@code <hat/>} with those who wear it. */
    private static Element hats(Room room) {
        return Element.of("hats", NS)
                .with(room.hats().all().stream()
                        .map(hat -> hat.element()
                                .with(room.hats().wearers(hat.uri()).stream()
                                        .map(user -> Element.text("worn", NS, user.toString()))
                                        .toList()))
                        .toList());
    }

    private static void restoreHat(Room room, Element kept) {
        String uri = kept.attribute("uri", "");
        room.hats().put(new Hats.Hat(uri, kept.attribute("title", ""), kept.attribute("hue")));
        kept.elements("worn", NS).forEach(user -> room.hats().give(Jid.of(user.text()), uri));
    }

    private static Element subject(Subject subject) {
        Element element = Element.of("subject", NS).with("at", subject.since().toString());
        return subject.message().map(element::with).orElse(element);
    }

    private static Element entry(History.Entry entry) {
        return Element.of("entry", NS)
                .with("id", entry.id())
                .with("at", entry.at().toString())
                .with("brought", Optional.of("1").filter(yes -> entry.broughtAlong()))
                .with(entry.message());
    }

    /** @param limits of all rooms of the service */
    static Room restored(MucRoom kept, MucConfig limits) {
        Element state = kept.state();
        var room = new Room(kept.jid(), config(kept), limits);
        kept.affiliations().forEach(room.affiliations()::put);
        state.child("subject").map(RoomState::subject).ifPresent(room::subject);
        state.child("history")
                .ifPresent(history ->
                        history.elements().forEach(entry -> room.history().add(entry(entry))));
        state.child("voices")
                .ifPresent(voices -> voices.elements()
                        .forEach(voice -> room.voices()
                                .remember(
                                        Jid.of(voice.attribute("jid", "")),
                                        AdminItem.role(voice.attribute("role", "none")))));
        state.child("hats").ifPresent(hats -> hats.elements().forEach(hat -> restoreHat(room, hat)));
        room.vcard(state.child("vCard", Avatar.NS));
        return room;
    }

    static RoomConfig config(MucRoom kept) {
        return DataForm.in(kept.state()).map(RoomConfig.STANDARD::with).orElse(RoomConfig.STANDARD);
    }

    private static Subject subject(Element kept) {
        return new Subject(kept.firstElement(), Instant.parse(kept.attribute("at", "")));
    }

    private static History.Entry entry(Element kept) {
        return new History.Entry(
                kept.attribute("id", ""),
                kept.firstElement().orElseThrow(),
                Instant.parse(kept.attribute("at", "")),
                kept.attribute("brought").isPresent());
    }
}
