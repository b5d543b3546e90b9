package io.escalus4j.server.xep.muclight;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.LightRoom.Affiliation;
import io.escalus4j.server.xep.muclight.RoomRequest.Affiliate;
import io.escalus4j.server.xep.muclight.RoomRequest.Configure;
import io.escalus4j.server.xep.muclight.RoomRequest.Destroy;
import io.escalus4j.server.xep.muclight.RoomRequest.Read;
import io.escalus4j.server.xep.muclight.RoomRequest.Section;
import io.escalus4j.server.xmpp.DataForm;
import io.escalus4j.server.xmpp.FormField;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import io.escalus4j.server.xmpp.Ns;
import io.escalus4j.server.xmpp.Presence;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads what clients ask of a room that take it for one of XEP-0045, and refuses what no room could be asked. Immutable. */
final class LegacyRequests {
    private static final String FORM_TYPE = "FORM_TYPE";

    private final RoomSchema schema;

    LegacyRequests(RoomSchema schema) {
        this.schema = schema;
    }

    RoomRequest read(Iq iq) {
        return Refusal.orElse(() -> asked(iq));
    }

    private RoomRequest asked(Iq iq) {
        Element query = iq.payload();
        return switch (iq.type().wire() + ' ' + query.name() + ' ' + query.namespace()) {
            case "get query " + Legacy.OWNER -> new Read(Section.CONFIGURATION, "");
            case "get query " + Legacy.ADMIN -> new Read(Section.AFFILIATIONS, "");
            case "set query " + Legacy.OWNER -> owner(query);
            case "set query " + Legacy.ADMIN -> new Affiliate(changes(query));
            default ->
                throw new Refusal(
                        Condition.FEATURE_NOT_IMPLEMENTED,
                        "a room does not know '%s' in '%s'",
                        query.name(),
                        query.namespace());
        };
    }

    /** The affiliation that a list is asked for, if just one is. */
    static Optional<String> wanted(Element query) {
        return query.child("item", Legacy.ADMIN).flatMap(item -> item.attribute("affiliation"));
    }

    // ---- presence and messages

    /** Whether somebody wants a room to be there: under the own address, which is the only nickname. */
    static boolean isCreation(Presence presence) {
        Jid to = presence.to().orElseThrow();
        return presence.type() == Presence.Type.AVAILABLE
                && !to.local().isEmpty()
                && to.resource().equals(presence.from().bare().toString())
                && presence.element().has("x", Legacy.NS);
    }

    /** A subject, which is said alone. */
    Optional<RoomRequest> subject(Message message) {
        var children = message.element().elements();
        boolean isAlone = message.type() == Message.Type.GROUPCHAT
                && children.size() == 1
                && children.get(0).is("subject", Ns.CLIENT);
        return isAlone
                ? Optional.of(Refusal.orElse(() ->
                        configure(Map.of(RoomSchema.SUBJECT, children.get(0).text()))))
                : Optional.empty();
    }

    // ---- configuration

    private RoomRequest owner(Element query) {
        if (query.elements().size() == 1 && query.has("destroy", Legacy.OWNER)) {
            return new Destroy();
        }
        var form = DataForm.in(query)
                .filter(submitted -> query.elements().size() == 1 && submitted.type() == DataForm.Type.SUBMIT)
                .filter(submitted -> submitted.value(FORM_TYPE).equals(Optional.of(Legacy.CONFIG)))
                .orElseThrow(() -> new Refusal(
                        Condition.BAD_REQUEST,
                        "allowed is <destroy/> or a form of type submit with %s",
                        Legacy.CONFIG));
        var fields = new LinkedHashMap<String, String>();
        form.fields().stream()
                .filter(field -> !field.name().equals(FORM_TYPE))
                .forEach(field -> fields.put(field.name(), single(field)));
        return configure(fields);
    }

    private static String single(FormField field) {
        if (field.values().size() > 1) {
            throw new Refusal(
                    Condition.BAD_REQUEST,
                    "field '%s' has %d values, one is allowed",
                    field.name(),
                    field.values().size());
        }
        return field.values().isEmpty() ? "" : field.values().get(0);
    }

    private RoomRequest configure(Map<String, String> fields) {
        if (fields.isEmpty()) {
            throw new Refusal(Condition.BAD_REQUEST, "nothing to change, at least one field is allowed");
        }
        fields.forEach((name, value) -> schema.require(name, value));
        return new Configure(fields);
    }

    // ---- affiliations

    private static Map<Jid, Optional<Affiliation>> changes(Element query) {
        var changes = new LinkedHashMap<Jid, Optional<Affiliation>>();
        for (Element item : query.elements()) {
            if (!item.is("item", Legacy.ADMIN)) {
                throw new Refusal(Condition.BAD_REQUEST, "'%s' is no item", item.name());
            }
            Jid user = RoomRequests.account(item.attribute("jid", ""));
            if (changes.put(user, affiliation(item.attribute("affiliation", ""))) != null) {
                throw new Refusal(Condition.BAD_REQUEST, "'%s' is named twice", user);
            }
        }
        if (changes.isEmpty()) {
            throw new Refusal(Condition.BAD_REQUEST, "nothing to change, at least one item is allowed");
        }
        return changes;
    }

    private static Optional<Affiliation> affiliation(String wire) {
        return wire.equals("none") ? Optional.empty() : Optional.of(RoomRequests.given(wire, "none, member or owner"));
    }
}
