package io.escalus4j.server.xmpp;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xmpp.FormField.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A data form (XEP-0004), whoever fills it. Immutable.
 *
 * <pre>{@code
 * DataForm.asking("http://jabber.org/protocol/admin", "Adding a User", "Fill out this form to add a user.")
 *     .with(FormField.of("accountjid", Kind.JID_SINGLE, "The Jabber ID for the account to be added").asRequired());
 * }</pre>
 */
public record DataForm(Type type, Optional<String> title, Optional<String> instructions, List<FormField> fields) {
    public static final String NS = "jabber:x:data";
    private static final String FORM_TYPE = "FORM_TYPE";

    /** Who says what with it (section 3.1). */
    public enum Type {
        FORM,
        SUBMIT,
        CANCEL,
        RESULT;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public DataForm {
        fields = List.copyOf(fields);
    }

    /** A form to be filled; {@code formType} says whose fields these are (XEP-0068). */
    public static DataForm asking(String formType, String title, String instructions) {
        return empty(Type.FORM, formType, Optional.of(title), Optional.of(instructions));
    }

    public static DataForm result(String formType) {
        return empty(Type.RESULT, formType, Optional.empty(), Optional.empty());
    }

    private static DataForm empty(Type type, String formType, Optional<String> title, Optional<String> instructions) {
        var hidden = FormField.of(FORM_TYPE, Kind.HIDDEN).with(formType);
        return new DataForm(type, title, instructions, List.of(hidden));
    }

    public DataForm with(FormField field) {
        var more = new ArrayList<>(fields);
        more.add(field);
        return new DataForm(type, title, instructions, more);
    }

    /** The form that {@code parent} holds, if there is one that can be read. */
    public static Optional<DataForm> in(Element parent) {
        return parent.child("x", NS).flatMap(DataForm::read);
    }

    private static Optional<DataForm> read(Element x) {
        var fields = x.elements("field", NS).stream().map(FormField::read).toList();
        return type(x.attribute("type", ""))
                .map(type -> new DataForm(type, x.childText("title"), x.childText("instructions"), fields));
    }

    private static Optional<Type> type(String wire) {
        return List.of(Type.values()).stream()
                .filter(type -> type.wire().equals(wire))
                .findFirst();
    }

    public Optional<FormField> field(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    /** All values of a field, none where there is no such field. */
    public List<String> values(String name) {
        return field(name).map(FormField::values).orElse(List.of());
    }

    /** The first value of a field; an empty one counts as none (section 3.6). */
    public Optional<String> value(String name) {
        return values(name).stream().findFirst().filter(value -> !value.isEmpty());
    }

    /** What keeps {@code submitted} from being an answer to this form (section 4); fields that it has beside are ignored. */
    public Optional<String> faultIn(DataForm submitted) {
        return fields.stream()
                .flatMap(field -> field.faultIn(submitted.field(field.name())).stream())
                .findFirst();
    }

    /** {@code <x xmlns='jabber:x:data' …>…</x>}. */
    public Element toElement() {
        var x = Element.of("x", NS).with("type", type.wire());
        var titled = title.map(text -> x.with(Element.text("title", NS, text))).orElse(x);
        var head = instructions
                .map(text -> titled.with(Element.text("instructions", NS, text)))
                .orElse(titled);
        return head.with(fields.stream().map(FormField::toElement).toList());
    }
}
