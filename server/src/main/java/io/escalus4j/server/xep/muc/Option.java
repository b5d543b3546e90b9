package io.escalus4j.server.xep.muc;

import io.escalus4j.server.xmpp.FormField;
import io.escalus4j.server.xmpp.FormField.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The options of a room, as its form has them (section 16.5.3); those that are not registered begin with {@code x-} (XEP-0068). */
enum Option {
    NAME("muc#roomconfig_roomname", Kind.TEXT_SINGLE, "Name of the room", List.of("")),
    DESCRIPTION("muc#roomconfig_roomdesc", Kind.TEXT_SINGLE, "Short description", List.of("")),
    LANGUAGE("muc#roomconfig_lang", Kind.TEXT_SINGLE, "Language of the discussion", List.of("")),
    PERSISTENT("muc#roomconfig_persistentroom", Kind.BOOLEAN, "The room stays when all have left", List.of("0")),
    PUBLIC("muc#roomconfig_publicroom", Kind.BOOLEAN, "The room can be found in lists", List.of("1")),
    MODERATED("muc#roomconfig_moderatedroom", Kind.BOOLEAN, "Only who has voice may speak", List.of("0")),
    MEMBERS_ONLY("muc#roomconfig_membersonly", Kind.BOOLEAN, "Only members may enter", List.of("0")),
    PROTECTED("muc#roomconfig_passwordprotectedroom", Kind.BOOLEAN, "A password is needed to enter", List.of("0")),
    SECRET("muc#roomconfig_roomsecret", Kind.TEXT_PRIVATE, "The password", List.of("")),
    WHOIS(
            "muc#roomconfig_whois",
            Kind.LIST_SINGLE,
            "Who sees real addresses",
            List.of("moderators"),
            "moderators",
            "anyone"),
    PRIVATE_MESSAGES(
            "muc#roomconfig_allowpm",
            Kind.LIST_SINGLE,
            "Who may send private messages",
            List.of("anyone"),
            "anyone",
            "participants",
            "moderators",
            "none"),
    INVITES("muc#roomconfig_allowinvites", Kind.BOOLEAN, "Members may invite others", List.of("0")),
    SUBJECT("muc#roomconfig_changesubject", Kind.BOOLEAN, "Participants may change the subject", List.of("0")),
    LOGGING("muc#roomconfig_enablelogging", Kind.BOOLEAN, "The discussion is logged for the public", List.of("0")),
    MEMBER_LIST(
            "muc#roomconfig_getmemberlist",
            Kind.LIST_MULTI,
            "Who may get the list of members",
            List.of("moderator"),
            "moderator",
            "participant",
            "visitor"),
    MAX_USERS(
            "muc#roomconfig_maxusers",
            Kind.LIST_SINGLE,
            "How many may be in the room",
            List.of("none"),
            "10",
            "50",
            "200",
            "1000",
            "none"),
    BROADCAST(
            "muc#roomconfig_presencebroadcast",
            Kind.LIST_MULTI,
            "Whose presence all see",
            List.of("moderator", "participant", "visitor"),
            "moderator",
            "participant",
            "visitor"),
    HISTORY("muc#maxhistoryfetch", Kind.TEXT_SINGLE, "How many messages who enters is shown", List.of("20")),
    PUBSUB("muc#roomconfig_pubsub", Kind.TEXT_SINGLE, "XMPP URI of a node of publish-subscribe", List.of("")),
    REGISTRATION("x-allow_registration", Kind.BOOLEAN, "Users may register with the room", List.of("1")),
    LOCKED_NICKS("x-lock_nicks", Kind.BOOLEAN, "Who has registered a nickname must use it", List.of("0"));

    /** Of the name, which stands in every list of rooms. */
    private static final int NAME_CHARACTERS = 255;

    /** Of any other text. */
    private static final int TEXT_CHARACTERS = 4000;

    private static final Set<String> BOOLEANS = Set.of("0", "1", "false", "true");

    private final String field;
    private final Kind kind;
    private final String label;
    private final List<String> standard;
    private final List<String> choices;

    Option(String field, Kind kind, String label, List<String> standard, String... choices) {
        this.field = field;
        this.kind = kind;
        this.label = label;
        this.standard = standard;
        this.choices = List.of(choices);
    }

    String field() {
        return field;
    }

    List<String> standard() {
        return standard;
    }

    static Optional<Option> of(String field) {
        return List.of(values()).stream()
                .filter(option -> option.field.equals(field))
                .findFirst();
    }

    FormField toField(List<String> values) {
        return FormField.of(field, kind, label).with(values).withOptions(choices.toArray(String[]::new));
    }

    /** What is wrong with these values, if anything is. */
    Optional<String> faultIn(List<String> values) {
        if (values.size() > 1 && kind != Kind.LIST_MULTI) {
            return Optional.of("field '%s' has %d values, one is allowed".formatted(field, values.size()));
        }
        int most = this == NAME ? NAME_CHARACTERS : TEXT_CHARACTERS;
        return values.stream()
                .filter(value -> value.length() > most)
                .findFirst()
                .map(value -> "field '%s' has %d characters, %d are allowed".formatted(field, value.length(), most))
                .or(() -> strangeIn(values));
    }

    private Optional<String> strangeIn(List<String> values) {
        return values.stream()
                .filter(value -> !accepts(value))
                .findFirst()
                .map(value -> "field '%s' is '%s', %s is allowed".formatted(field, value, allowed()));
    }

    private boolean accepts(String value) {
        if (isNumber()) {
            return choices.contains(value) || value.matches("[0-9]{1,6}");
        }
        return switch (kind) {
            case BOOLEAN -> BOOLEANS.contains(value);
            case LIST_SINGLE, LIST_MULTI -> choices.contains(value);
            default -> true;
        };
    }

    private boolean isNumber() {
        return this == MAX_USERS || this == HISTORY;
    }

    private String allowed() {
        if (isNumber()) {
            return this == MAX_USERS ? "a number or none" : "a number";
        }
        return kind == Kind.BOOLEAN ? "0, 1, false or true" : String.join(", ", choices);
    }

    /** The one way to write these values. */
    List<String> normal(List<String> values) {
        if (kind == Kind.LIST_MULTI) {
            return choices.stream().filter(values::contains).toList();
        }
        String value = values.isEmpty() ? "" : values.get(0);
        return List.of(
                kind != Kind.BOOLEAN
                        ? value.isEmpty() && !choices.isEmpty() ? standard.get(0) : value
                        : value.equals("1") || value.equals("true") ? "1" : "0");
    }
}
