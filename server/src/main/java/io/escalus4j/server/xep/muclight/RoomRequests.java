package io.escalus4j.server.xep.muclight;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.LightRoom.Affiliation;
import io.escalus4j.server.xep.muclight.RoomRequest.Affiliate;
import io.escalus4j.server.xep.muclight.RoomRequest.Configure;
import io.escalus4j.server.xep.muclight.RoomRequest.Create;
import io.escalus4j.server.xep.muclight.RoomRequest.Destroy;
import io.escalus4j.server.xep.muclight.RoomRequest.Read;
import io.escalus4j.server.xep.muclight.RoomRequest.Section;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads what is asked of a room, and refuses what no room could be asked. Immutable. */
final class RoomRequests {
    private final RoomSchema schema;

    RoomRequests(RoomSchema schema) {
        this.schema = schema;
    }

    RoomRequest read(Iq iq) {
        Element query = iq.payload();
        return Refusal.orElse(() -> iq.type() == Iq.Type.GET ? get(query) : set(query));
    }

    private static RoomRequest get(Element query) {
        return switch (query.namespace()) {
            case RoomXml.CONFIGURATION -> read(Section.CONFIGURATION, query);
            case RoomXml.AFFILIATIONS -> read(Section.AFFILIATIONS, query);
            case RoomXml.INFO -> read(Section.INFO, query);
            default -> throw unknown(query);
        };
    }

    private static RoomRequest read(Section section, Element query) {
        requireQuery(query);
        return new Read(section, query.childText("version").orElse(""));
    }

    private RoomRequest set(Element query) {
        return switch (query.namespace()) {
            case RoomXml.CREATE -> create(query);
            case RoomXml.CONFIGURATION -> new Configure(some(fields(query), "field"));
            case RoomXml.AFFILIATIONS -> new Affiliate(some(changes(query), "user"));
            case RoomXml.DESTROY -> destroy(query);
            default -> throw unknown(query);
        };
    }

    private static Refusal unknown(Element query) {
        return new Refusal(
                Condition.FEATURE_NOT_IMPLEMENTED,
                "a room does not know '%s' in '%s'",
                query.name(),
                query.namespace());
    }

    private static void requireQuery(Element query) {
        if (!query.name().equals("query")) {
            throw unknown(query);
        }
    }

    private static RoomRequest destroy(Element query) {
        requireQuery(query);
        return new Destroy();
    }

    private static <K, V> Map<K, V> some(Map<K, V> named, String what) {
        if (named.isEmpty()) {
            throw new Refusal(Condition.BAD_REQUEST, "nothing to change, at least one %s is allowed", what);
        }
        return named;
    }

    // ---- configuration

    private Map<String, String> fields(Element parent) {
        requireQueryOf(parent);
        var fields = new LinkedHashMap<String, String>();
        parent.elements().forEach(element -> fields.put(element.name(), value(parent, element)));
        return fields;
    }

    private static void requireQueryOf(Element parent) {
        if (parent.namespace().equals(RoomXml.CONFIGURATION)) {
            requireQuery(parent);
        }
    }

    private String value(Element parent, Element element) {
        boolean isField = element.namespace().equals(parent.namespace())
                && element.elements().isEmpty();
        if (!isField) {
            throw new Refusal(Condition.BAD_REQUEST, "'%s' is not a field with a text", element.name());
        }
        return schema.require(element.name(), element.text());
    }

    // ---- affiliations

    private static Map<Jid, Optional<Affiliation>> changes(Element query) {
        requireQuery(query);
        return users(query, RoomRequests::affiliation);
    }

    /** {@code <user affiliation='member'>bob@localhost</user>}, everybody once. */
    private static <T> Map<Jid, T> users(Element parent, Function<String, T> affiliation) {
        var users = new LinkedHashMap<Jid, T>();
        for (Element user : parent.elements()) {
            if (!user.is("user", parent.namespace())) {
                throw new Refusal(Condition.BAD_REQUEST, "'%s' is no user", user.name());
            }
            Jid jid = account(user.text().strip());
            if (users.put(jid, affiliation.apply(user.attribute("affiliation", ""))) != null) {
                throw new Refusal(Condition.BAD_REQUEST, "'%s' is named twice", jid);
            }
        }
        return users;
    }

    static Optional<Jid> bareAccount(String text) {
        return Jid.parse(text).filter(jid -> jid.isBare() && !jid.local().isEmpty());
    }

    static Jid account(String text) {
        return bareAccount(text)
                .orElseThrow(() -> new Refusal(
                        Condition.BAD_REQUEST, "'%s' is no user, the bare JID of an account is allowed", text));
    }

    private static Optional<Affiliation> affiliation(String wire) {
        return wire.equals("none") ? Optional.empty() : Optional.of(given(wire, "none, member or owner"));
    }

    static Affiliation given(String wire, String allowed) {
        return List.of(Affiliation.values()).stream()
                .filter(affiliation -> affiliation.wire().equals(wire))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        Condition.BAD_REQUEST, "affiliation '%s' is unknown, allowed is %s", wire, allowed));
    }

    // ---- creation

    private RoomRequest create(Element query) {
        requireQuery(query);
        for (Element child : query.elements()) {
            if (!child.is("configuration", RoomXml.CREATE) && !child.is("occupants", RoomXml.CREATE)) {
                throw new Refusal(
                        Condition.BAD_REQUEST,
                        "'%s' is unknown, allowed are configuration and occupants",
                        child.name());
            }
        }
        return new Create(
                query.child("configuration").map(this::fields).orElse(Map.of()),
                query.child("occupants")
                        .map(occupants -> users(occupants, wire -> given(wire, "member or owner")))
                        .orElse(Map.of()));
    }
}
