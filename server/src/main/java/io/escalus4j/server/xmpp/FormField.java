package io.escalus4j.server.xmpp;

import io.escalus4j.exml.Element;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One field of a data form (XEP-0004 section 3.2). Immutable.
 *
 * @param name the {@code var} of the field, empty where there is none
 * @param options that there are to choose from, where it is a list
 */
public record FormField(
        String name, Kind kind, Optional<String> label, boolean required, List<String> values, List<String> options) {
    private static final Set<String> BOOLEANS = Set.of("0", "1", "false", "true");

    /** The field types (section 3.3). */
    public enum Kind {
        BOOLEAN,
        FIXED,
        HIDDEN,
        JID_MULTI,
        JID_SINGLE,
        LIST_MULTI,
        LIST_SINGLE,
        TEXT_MULTI,
        TEXT_PRIVATE,
        TEXT_SINGLE;

        public String wire() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        boolean isMulti() {
            return this == JID_MULTI || this == LIST_MULTI || this == TEXT_MULTI || this == HIDDEN;
        }

        private static Kind of(String wire) {
            return List.of(values()).stream()
                    .filter(kind -> kind.wire().equals(wire))
                    .findFirst()
                    .orElse(TEXT_SINGLE);
        }
    }

    public FormField {
        values = List.copyOf(values);
        options = List.copyOf(options);
    }

    public static FormField of(String name, Kind kind) {
        return new FormField(name, kind, Optional.empty(), false, List.of(), List.of());
    }

    public static FormField of(String name, Kind kind, String label) {
        return new FormField(name, kind, Optional.of(label), false, List.of(), List.of());
    }

    public FormField asRequired() {
        return new FormField(name, kind, label, true, values, options);
    }

    public FormField with(String value) {
        return with(List.of(value));
    }

    public FormField with(List<String> all) {
        return new FormField(name, kind, label, required, all, options);
    }

    public FormField withOptions(String... choices) {
        return new FormField(name, kind, label, required, values, List.of(choices));
    }

    static FormField read(Element field) {
        var values =
                field.elements("value", DataForm.NS).stream().map(Element::text).toList();
        return new FormField(
                field.attribute("var", ""),
                Kind.of(field.attribute("type", "")),
                field.attribute("label"),
                field.has("required", DataForm.NS),
                values,
                List.of());
    }

    /** What is wrong with {@code submitted} as the answer to this field. */
    Optional<String> faultIn(Optional<FormField> submitted) {
        var given = submitted.map(FormField::values).orElse(List.of());
        if (required && given.stream().allMatch(String::isEmpty)) {
            return Optional.of("field '%s' is missing, it is required".formatted(name));
        }
        if (given.size() > 1 && !kind.isMulti()) {
            return Optional.of("field '%s' has %d values, one is allowed".formatted(name, given.size()));
        }
        return given.stream()
                .filter(value -> !value.isEmpty() && !accepts(value))
                .findFirst()
                .map(value -> "field '%s' is '%s', %s is allowed".formatted(name, value, allowed()));
    }

    private boolean accepts(String value) {
        return switch (kind) {
            case BOOLEAN -> BOOLEANS.contains(value);
            case JID_SINGLE, JID_MULTI -> Jid.parse(value).isPresent();
            case LIST_SINGLE, LIST_MULTI -> options.contains(value);
            case HIDDEN -> values.contains(value);
            case FIXED, TEXT_MULTI, TEXT_PRIVATE, TEXT_SINGLE -> true;
        };
    }

    private String allowed() {
        return switch (kind) {
            case BOOLEAN -> "0, 1, false or true";
            case JID_SINGLE, JID_MULTI -> "a JID (RFC 7622 section 3)";
            case HIDDEN -> String.join(", ", values);
            default -> String.join(", ", options);
        };
    }

    Element toElement() {
        var field = Element.of("field", DataForm.NS)
                .with("var", Optional.of(name).filter(var -> !var.isEmpty()))
                .with("type", kind.wire())
                .with("label", label)
                .with(required ? List.of(Element.of("required")) : List.of());
        var valued =
                field.with(values.stream().map(value -> valueElement(value)).toList());
        return valued.with(options.stream()
                .map(choice -> Element.of("option", DataForm.NS).with(valueElement(choice)))
                .toList());
    }

    private static Element valueElement(String value) {
        return Element.text("value", DataForm.NS, value);
    }
}
