package io.escalus4j.server.xep.muc;

import io.escalus4j.exml.Element;
import io.escalus4j.server.module.Xep;
import io.escalus4j.server.store.MucRoom.Affiliation;
import io.escalus4j.server.xep.Disco;
import io.escalus4j.server.xep.muc.Hats.Hat;
import io.escalus4j.server.xmpp.DataForm;
import io.escalus4j.server.xmpp.FormField;
import io.escalus4j.server.xmpp.FormField.Kind;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Administrators make up hats and give them away, by ad-hoc commands of the room (XEP-0317 section 3). Stateless. */
final class HatCommands implements Extension {
    static final String COMMANDS = "http://jabber.org/protocol/commands";
    private static final String FORM = "urn:xmpp:hats:commands";
    private static final String PREFIX = FORM + ":";
    private static final String URI = "hats#uri";
    private static final String TITLE = "hats#title";
    private static final String HUE = "hats#hue";
    private static final String ADDRESS = "hats#jid";
    private static final int MOST = 100;

    /** Of each field of a hat, which stands in every presence of who wears it. */
    private static final int CHARACTERS = 255;

    private static final Map<String, String> NAMES = names();

    @Override
    public Xep xep() {
        return new Xep(317, "Hats", "0.3.1");
    }

    @Override
    public List<String> roomFeatures() {
        return List.of(MucXml.HATS, COMMANDS);
    }

    private static Map<String, String> names() {
        var names = new LinkedHashMap<String, String>();
        names.put("create", "Create a hat");
        names.put("destroy", "Destroy a hat");
        names.put("list", "List the hats");
        names.put("assign", "Give somebody a hat");
        names.put("unassign", "Take a hat from somebody");
        names.put("list-assigned", "List who has which hat");
        return names;
    }

    /** The commands that this user may give, for service discovery. */
    static List<Element> items(Room room, Jid user) {
        return NAMES.entrySet().stream()
                .filter(entry -> may(room, user, entry.getKey()))
                .map(entry -> Disco.item(room.jid().toString())
                        .with("node", PREFIX + entry.getKey())
                        .with("name", entry.getValue()))
                .toList();
    }

    static void take(Room room, Iq iq, Says says) {
        String node = iq.payload().attribute("node", "");
        String name = node.startsWith(PREFIX) ? node.substring(PREFIX.length()) : "";
        Refused.unless(NAMES.containsKey(name), Condition.ITEM_NOT_FOUND, "there is no command '%s' here", node);
        Refused.unless(may(room, iq.from().bare(), name), Condition.FORBIDDEN, "only admins and owners deal with hats");
        if (iq.payload().attribute("action", "").equals("cancel")) {
            answer(iq, "canceled", List.of(), says);
        } else if (name.startsWith("list")) {
            answer(iq, "completed", List.of(list(room, name)), says);
        } else {
            form(iq).ifPresentOrElse(
                            form -> execute(room, iq, name, form, says),
                            () -> answer(iq, "executing", List.of(asked(room, name)), says));
        }
    }

    /** Which hats there are is for all who see them worn (section 4.4). */
    private static boolean may(Room room, Jid user, String name) {
        return room.affiliations().of(user).isAtLeast(Affiliation.ADMIN)
                || name.equals("list") && !room.occupants().of(user).isEmpty();
    }

    private static Optional<DataForm> form(Iq iq) {
        return DataForm.in(iq.payload()).filter(form -> form.type() == DataForm.Type.SUBMIT);
    }

    private static void answer(Iq iq, String status, List<Element> payload, Says says) {
        String session = iq.payload()
                .attribute("sessionid")
                .orElseGet(() -> UUID.randomUUID().toString());
        says.result(
                iq,
                Element.of("command", COMMANDS)
                        .with("node", iq.payload().attribute("node"))
                        .with("sessionid", session)
                        .with("status", status)
                        .with(payload));
    }

    // ---- forms

    private static Element asked(Room room, String name) {
        var form = DataForm.asking(FORM, NAMES.get(name), "Fill out this form.");
        if (name.equals("create")) {
            return form.with(FormField.of(TITLE, Kind.TEXT_SINGLE, "Title").asRequired())
                    .with(FormField.of(URI, Kind.TEXT_SINGLE, "URI").asRequired())
                    .with(FormField.of(HUE, Kind.TEXT_SINGLE, "Hue"))
                    .toElement();
        }
        var uris = room.hats().all().stream().map(Hat::uri).toArray(String[]::new);
        var choice = FormField.of(URI, Kind.LIST_SINGLE, "The hat").asRequired().withOptions(uris);
        return name.equals("destroy")
                ? form.with(choice).toElement()
                : form.with(FormField.of(ADDRESS, Kind.JID_SINGLE, "User Address")
                                .asRequired())
                        .with(choice)
                        .toElement();
    }

    private static Element list(Room room, String name) {
        var rows = new ArrayList<Element>();
        rows.add(reported(name.equals("list") ? List.of(TITLE, URI, HUE) : List.of(ADDRESS, URI, TITLE, HUE)));
        if (name.equals("list")) {
            room.hats().all().forEach(hat -> rows.add(row(hat)));
        } else {
            room.hats()
                    .worn()
                    .forEach((user, uris) -> uris.forEach(uri ->
                            rows.add(row(room.hats().find(uri).orElseThrow()).with(value(ADDRESS, user.toString())))));
        }
        return DataForm.result(FORM).toElement().with(rows);
    }

    /** The columns of the table (XEP-0004 section 3.4). */
    private static Element reported(List<String> fields) {
        return Element.of("reported", DataForm.NS)
                .with(fields.stream()
                        .map(field -> Element.of("field", DataForm.NS).with("var", field))
                        .toList());
    }

    private static Element row(Hat hat) {
        Element row = Element.of("item", DataForm.NS).with(value(TITLE, hat.title()), value(URI, hat.uri()));
        return hat.hue().map(hue -> row.with(value(HUE, hue))).orElse(row);
    }

    private static Element value(String field, String value) {
        return Element.of("field", DataForm.NS).with("var", field).with(Element.text("value", DataForm.NS, value));
    }

    // ---- what they do

    private static void execute(Room room, Iq iq, String name, DataForm form, Says says) {
        String uri =
                form.value(URI).orElseThrow(() -> Refused.because(Condition.BAD_REQUEST, "field '%s' is missing", URI));
        var affected = new ArrayList<Jid>();
        switch (name) {
            case "create" -> {
                create(room, uri, form);
                affected.addAll(room.hats().wearers(uri));
            }
            case "destroy" -> {
                requireHat(room, uri);
                affected.addAll(room.hats().wearers(uri));
                room.hats().remove(uri);
            }
            default -> affected.add(assign(room, uri, form, name.equals("assign")));
        }
        says.change();
        answer(iq, "completed", List.of(), says);
        if (!name.endsWith("assign")) {
            Configuring.tell(room, List.of(104), says);
        }
        affected.forEach(user -> show(room, user, says));
    }

    private static void create(Room room, String uri, DataForm form) {
        String title = form.value(TITLE)
                .orElseThrow(() -> Refused.because(Condition.BAD_REQUEST, "field '%s' is missing", TITLE));
        Refused.unless(
                room.hats().find(uri).isPresent() || room.hats().all().size() < MOST,
                Condition.RESOURCE_CONSTRAINT,
                "there are %d hats, that is all a room has",
                MOST);
        var hat = new Hat(uri, title, form.value(HUE));
        fault(hat).ifPresent(fault -> {
            throw Refused.because(Condition.BAD_REQUEST, "%s", fault);
        });
        room.hats().put(hat);
    }

    private static Optional<String> fault(Hat hat) {
        if (Stream.of(hat.uri(), hat.title(), hat.hue().orElse("")).anyMatch(text -> text.length() > CHARACTERS)) {
            return Optional.of("a field of more than %d characters".formatted(CHARACTERS));
        }
        if (hat.title().isBlank()) {
            return Optional.of("a title that nobody can see");
        }
        if (!hat.isNamedByUri()) {
            return Optional.of("'%s' is no URI (XEP-0317 section 3.1)".formatted(hat.uri()));
        }
        return hat.hue()
                .filter(hue -> !hat.hasAngle())
                .map(hue -> "hue '%s', an angle from 0 to 360 is allowed (XEP-0392)".formatted(hue));
    }

    private static void requireHat(Room room, String uri) {
        Refused.unless(room.hats().find(uri).isPresent(), Condition.ITEM_NOT_FOUND, "there is no hat '%s'", uri);
    }

    private static Jid assign(Room room, String uri, DataForm form, boolean given) {
        requireHat(room, uri);
        String written = form.value(ADDRESS).orElse("");
        Jid user = Jid.parse(written)
                .map(Jid::bare)
                .filter(jid -> !jid.isDomain())
                .orElseThrow(() -> Refused.because(Condition.BAD_REQUEST, "'%s' is no user's JID", written));
        if (given) {
            room.hats().give(user, uri);
        } else {
            room.hats().take(user, uri);
        }
        return user;
    }

    private static void show(Room room, Jid user, Says says) {
        room.occupants().of(user).forEach(occupant -> Presences.toAll(room, occupant, Notice.HERE, says));
    }
}
