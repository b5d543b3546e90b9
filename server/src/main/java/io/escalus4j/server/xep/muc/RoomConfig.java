package io.escalus4j.server.xep.muc;

import static io.escalus4j.server.xep.muc.Option.*;

import io.escalus4j.server.store.MucRoom.Affiliation;
import io.escalus4j.server.xmpp.DataForm;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a room is like (section 4.2): the values of its options. Immutable. */
record RoomConfig(Map<Option, List<String>> values) {
    static final RoomConfig STANDARD = new RoomConfig(Map.of());

    RoomConfig {
        var all = new EnumMap<Option, List<String>>(Option.class);
        for (Option option : Option.values()) {
            all.put(option, List.copyOf(values.getOrDefault(option, option.standard())));
        }
        values = Collections.unmodifiableMap(all);
    }

    /** With what {@code changed} says, and otherwise as it is. */
    RoomConfig with(Map<Option, List<String>> changed) {
        var all = new EnumMap<>(values);
        changed.forEach((option, given) -> all.put(option, option.normal(given)));
        return new RoomConfig(all);
    }

    RoomConfig with(Option option, String value) {
        return with(Map.of(option, List.of(value)));
    }

    /** Those options of a form that there are here. */
    RoomConfig with(DataForm form) {
        var changed = new EnumMap<Option, List<String>>(Option.class);
        form.fields()
                .forEach(field -> Option.of(field.name()).ifPresent(option -> changed.put(option, field.values())));
        return with(changed);
    }

    DataForm addTo(DataForm form) {
        var filled = form;
        for (var entry : values.entrySet()) {
            filled = filled.with(entry.getKey().toField(entry.getValue()));
        }
        return filled;
    }

    // ---- one by one

    String text(Option option) {
        return values.get(option).isEmpty() ? "" : values.get(option).get(0);
    }

    boolean is(Option option) {
        return text(option).equals("1");
    }

    /** Whether everybody sees everybody's real JID. */
    boolean isNonAnonymous() {
        return text(WHOIS).equals("anyone");
    }

    boolean isPersistent() {
        return is(PERSISTENT);
    }

    boolean isMembersOnly() {
        return is(MEMBERS_ONLY);
    }

    boolean isModerated() {
        return is(MODERATED);
    }

    /** Empty where none is needed. */
    Optional<String> password() {
        return Optional.of(text(SECRET)).filter(secret -> is(PROTECTED));
    }

    Optional<Integer> maxUsers() {
        return Optional.of(text(MAX_USERS)).filter(most -> !most.equals("none")).map(Integer::valueOf);
    }

    int historyLength() {
        return text(HISTORY).isEmpty() ? 0 : Integer.parseInt(text(HISTORY));
    }

    boolean broadcasts(Role role) {
        return values.get(BROADCAST).contains(role.wire());
    }

    boolean givesMemberListTo(Role role) {
        return values.get(MEMBER_LIST).contains(role.wire());
    }

    boolean letsSendPrivately(Role role) {
        return switch (text(PRIVATE_MESSAGES)) {
            case "anyone" -> true;
            case "participants" -> role.isAtLeast(Role.PARTICIPANT);
            case "moderators" -> role == Role.MODERATOR;
            default -> false;
        };
    }

    /** What somebody is on entering (section 5.1.2). */
    Role initialRole(Affiliation affiliation) {
        if (affiliation.isAtLeast(Affiliation.ADMIN)) {
            return Role.MODERATOR;
        }
        return isModerated() && affiliation == Affiliation.NONE ? Role.VISITOR : Role.PARTICIPANT;
    }
}
