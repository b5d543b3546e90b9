package io.escalus4j.stanza;

import static io.escalus4j.stanza.Builders.iqGet;
import static io.escalus4j.stanza.Builders.iqSet;

import io.escalus4j.exml.Element;
import java.util.Map;

/**
 * Data forms (XEP-0004) and what is asked with them, for static import.
 *
 * <pre>{@code
 * form("http://jabber.org/protocol/muc#roomconfig", field("muc#roomconfig_persistentroom", "1"));
 * alice.iq(search("users.localhost", Map.of("email", "bob@localhost")));
 * }</pre>
 */
public final class FormBuilders {
    private static final String FORM = "jabber:x:data";
    private static final String SEARCH = "jabber:iq:search";

    private FormBuilders() {}

    /** A form that is sent off. */
    public static Element form(Element... fields) {
        return Element.of("x", FORM).with("type", "submit").with(fields);
    }

    /** A form that is sent off, with its {@code FORM_TYPE} (XEP-0068). */
    public static Element form(String formType, Element... fields) {
        return form(field("FORM_TYPE", formType).with("type", "hidden")).with(fields);
    }

    /** Says that the form will not be filled in. */
    public static Element cancelledForm() {
        return Element.of("x", FORM).with("type", "cancel");
    }

    /** A field with these values. */
    public static Element field(String variable, Object... values) {
        Element field = Element.of("field", FORM).with("var", variable);
        for (Object value : values) {
            field = field.with(Element.text("value", FORM, Builders.jid(value)));
        }
        return field;
    }

    // ---- searching (XEP-0055)

    public static Element getSearchFields(Object service) {
        return iqGet(service, Element.of("query", SEARCH));
    }

    /** With a form of these fields. */
    public static Element search(Object service, Map<String, String> fields) {
        return iqSet(service, Element.of("query", SEARCH).with(form(SEARCH, fields(fields))));
    }

    private static Element[] fields(Map<String, String> values) {
        return values.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(value -> field(value.getKey(), value.getValue()))
                .toArray(Element[]::new);
    }
}
