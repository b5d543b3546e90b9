package io.escalus4j.stanza;

import static io.escalus4j.stanza.Builders.iqGet;
import static io.escalus4j.stanza.Builders.iqSet;

import io.escalus4j.exml.Element;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Data forms (XEP-0004) and what is asked with them, for static import.
 *
 * <pre>{@code
 * form("http://jabber.org/protocol/muc#roomconfig", field("muc#roomconfig_persistentroom", "1"));
 * alice.iq(archiveQuery("q1", Map.of("with", bob.account().toString()), Page.last(10)));
 * }</pre>
 */
public final class FormBuilders {
    private static final String FORM = "jabber:x:data";
    private static final String MAM = "urn:xmpp:mam:2";
    private static final String RSM = "http://jabber.org/protocol/rsm";
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

    // ---- pages (XEP-0059)

    /**
     * Which part of a result is wanted.
     *
     * @param before empty text for the last page
     */
    public record Page(Optional<Integer> max, Optional<String> after, Optional<String> before) {
        public static final Page ALL = new Page(Optional.empty(), Optional.empty(), Optional.empty());

        public static Page first(int max) {
            return new Page(Optional.of(max), Optional.empty(), Optional.empty());
        }

        public static Page last(int max) {
            return new Page(Optional.of(max), Optional.empty(), Optional.of(""));
        }

        public static Page after(String id, int max) {
            return new Page(Optional.of(max), Optional.of(id), Optional.empty());
        }

        public static Page before(String id, int max) {
            return new Page(Optional.of(max), Optional.empty(), Optional.of(id));
        }

        Optional<Element> element() {
            if (equals(ALL)) {
                return Optional.empty();
            }
            Element set = Element.of("set", RSM);
            set = after.map(id -> Element.text("after", RSM, id)).map(set::with).orElse(set);
            set = before.map(id -> Element.text("before", RSM, id))
                    .map(set::with)
                    .orElse(set);
            return Optional.of(max.map(most -> Element.text("max", RSM, most.toString()))
                    .map(set::with)
                    .orElse(set));
        }
    }

    // ---- archives (XEP-0313)

    /** All of the own archive. */
    public static Element archiveQuery() {
        return archiveQuery("", Map.of(), Page.ALL);
    }

    /**
     * The messages of the own archive that the filter lets through; of a room's with {@code to}.
     *
     * @param queryId what each message will carry, or empty
     * @param filter for example {@code with}, {@code start} and {@code end} (XEP-0313 section 4.1)
     */
    public static Element archiveQuery(String queryId, Map<String, String> filter, Page page) {
        Element query = Element.of("query", MAM);
        query = queryId.isEmpty() ? query : query.with("queryid", queryId);
        if (!filter.isEmpty()) {
            query = query.with(form(MAM, fields(filter)));
        }
        return iqSet(page.element().map(query::with).orElse(query));
    }

    private static Element[] fields(Map<String, String> values) {
        return values.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(value -> field(value.getKey(), value.getValue()))
                .toArray(Element[]::new);
    }

    /** Which fields the archive can filter by. */
    public static Element getArchiveFields() {
        return iqGet(Element.of("query", MAM));
    }

    public static Element getArchivePreferences() {
        return iqGet(Element.of("prefs", "urn:xmpp:mam:2"));
    }

    /** @param standard {@code always}, {@code never} or {@code roster} (XEP-0441) */
    public static Element setArchivePreferences(String standard, List<?> always, List<?> never) {
        return iqSet(
                Element.of("prefs", MAM).with("default", standard).with(jids("always", always), jids("never", never)));
    }

    private static Element jids(String name, List<?> parties) {
        Element list = Element.of(name, MAM);
        for (Object party : parties) {
            list = list.with(Element.text("jid", MAM, Builders.jid(party)));
        }
        return list;
    }

    // ---- searching (XEP-0055)

    public static Element getSearchFields(Object service) {
        return iqGet(service, Element.of("query", SEARCH));
    }

    /** With a form of these fields. */
    public static Element search(Object service, Map<String, String> fields) {
        return iqSet(service, Element.of("query", SEARCH).with(form(SEARCH, fields(fields))));
    }
}
