package io.escalus4j.server.xep.muclight;

import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which fields the configuration of a room has. Immutable. */
final class RoomSchema {
    static final String ROOM_NAME = "roomname";
    static final String SUBJECT = "subject";
    static final String ALL_CAN_CONFIGURE = "all_can_configure";
    static final String ALL_CAN_INVITE = "all_can_invite";

    /** What a room is called stands in lists and rosters of all who are in it. */
    private static final int MOST_CHARACTERS = 1000;

    private final Map<String, Field> fields;

    RoomSchema(List<Field> fields) {
        var byName = new LinkedHashMap<String, Field>();
        fields.forEach(field -> byName.put(field.name(), field));
        this.fields = Collections.unmodifiableMap(byName);
    }

    /** What the values of a field look like. */
    enum Type {
        STRING,
        INTEGER,
        FLOAT,
        BOOLEAN;

        boolean accepts(String text) {
            return switch (this) {
                case STRING -> text.length() <= MOST_CHARACTERS;
                case INTEGER -> text.matches("[+-]?[0-9]{1,18}");
                case FLOAT -> text.matches("[+-]?[0-9]{1,18}(\\.[0-9]{1,18})?([eE][+-]?[0-9]{1,3})?");
                case BOOLEAN -> text.equals("true") || text.equals("false");
            };
        }

        String allowed() {
            return switch (this) {
                case STRING -> "a text of at most %d characters".formatted(MOST_CHARACTERS);
                case INTEGER -> "a whole number";
                case FLOAT -> "a number";
                case BOOLEAN -> "true or false";
            };
        }
    }

    /**
     * @param name of the element
     * @param value what it is in a room where it was never set
     * @param internalKey what the server itself knows the field as: {@code roomname}, {@code all_can_configure} or
     *     {@code all_can_invite}, as far as it has that meaning
     */
    record Field(String name, Type type, String value, Optional<String> internalKey) {
        private static final Pattern WRITTEN =
                Pattern.compile("([^:=]+):(string|integer|float|boolean)=([^:]*)(?::(.+))?");

        public Field {
            require(name.matches("[A-Za-z_][A-Za-z0-9_.-]{0,63}"), "'%s' cannot be an element's name", name);
            require(!name.equals("version") && !name.equals("prev-version"), "'%s' has a meaning of its own", name);
            require(type.accepts(value), "the default of '%s' must be %s, was '%s'", name, type.allowed(), value);
        }

        private static void require(boolean holds, String rule, Object... args) {
            if (!holds) {
                throw new IllegalArgumentException(rule.formatted(args));
            }
        }

        /** {@code "roomname:string=Untitled"}, with {@code "title:string=Untitled:roomname"} for an internal key. */
        static Field parse(String text) {
            var parts = WRITTEN.matcher(text);
            require(
                    parts.matches(),
                    "'%s' is no field, allowed is name:type=default or name:type=default:internal_key, with a type of"
                            + " string, integer, float or boolean",
                    text);
            var type = Type.valueOf(parts.group(2).toUpperCase(Locale.ROOT));
            return new Field(parts.group(1), type, parts.group(3), Optional.ofNullable(parts.group(4)));
        }

        private boolean means(String key) {
            return internalKey.orElse(name).equals(key);
        }
    }

    Optional<Field> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** The value, if that is a field and the value one that it takes. */
    String require(String name, String value) {
        var field = field(name)
                .orElseThrow(() -> new Refusal(
                        Condition.BAD_REQUEST,
                        "'%s' is no field of a room's configuration, allowed are %s",
                        name,
                        allowed()));
        if (!field.type().accepts(value)) {
            throw new Refusal(
                    Condition.BAD_REQUEST,
                    "'%s' is '%s', %s is allowed",
                    name,
                    value,
                    field.type().allowed());
        }
        return value;
    }

    private String allowed() {
        return String.join(", ", fields.keySet());
    }

    /** Every field, with the default where the room says nothing. */
    Map<String, String> complete(Map<String, String> configuration) {
        var complete = new LinkedHashMap<String, String>();
        fields.values()
                .forEach(field -> complete.put(field.name(), configuration.getOrDefault(field.name(), field.value())));
        return complete;
    }

    /** The value of the field that means {@code key}; empty if the schema has none. */
    Optional<String> meaning(String key, Map<String, String> configuration) {
        return fields.values().stream()
                .filter(field -> field.means(key))
                .findFirst()
                .map(field -> configuration.getOrDefault(field.name(), field.value()));
    }
}
