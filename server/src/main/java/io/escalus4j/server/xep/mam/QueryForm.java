package io.escalus4j.server.xep.mam;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.ArchiveId;
import io.escalus4j.server.store.ArchiveQuery;
import io.escalus4j.server.xmpp.DataForm;
import io.escalus4j.server.xmpp.FormField;
import io.escalus4j.server.xmpp.FormField.Kind;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The form that says which messages are wanted (XEP-0313 section 4.1).
 *
 * @param simple whether nobody wants to know how many there are
 */
record QueryForm(ArchiveQuery query, boolean simple) {
    static final String FULL_TEXT = "{urn:xmpp:fulltext:0}fulltext";
    private static final String FULL_TEXT_SEARCH = "full-text-search";
    private static final String FORM_TYPE = "FORM_TYPE";
    private static final int MAX_IDS = 1000;
    private static final int MAX_SEARCH = 256;
    private static final String DATE_TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)";

    /** All fields, in the order of the form. */
    private static final Map<String, Kind> FIELDS = fields();

    private static Map<String, Kind> fields() {
        var fields = new LinkedHashMap<String, Kind>();
        fields.put("with", Kind.JID_SINGLE);
        List.of("start", "end", "before-id", "after-id").forEach(name -> fields.put(name, Kind.TEXT_SINGLE));
        fields.put("ids", Kind.LIST_MULTI);
        fields.put("include-groupchat", Kind.BOOLEAN);
        fields.put(FULL_TEXT, Kind.TEXT_SINGLE);
        fields.put(FULL_TEXT_SEARCH, Kind.TEXT_SINGLE);
        List.of("from-id", "to-id").forEach(name -> fields.put(name, Kind.TEXT_SINGLE));
        fields.put("simple", Kind.BOOLEAN);
        return fields;
    }

    // ---- the empty form

    /** Section 4.1.5: all ids are allowed, which are too many to be told. */
    static Element empty(String namespace) {
        Element x = Element.of("x", DataForm.NS)
                .with("type", "form")
                .with(field(FORM_TYPE, Kind.HIDDEN).with(Element.text("value", DataForm.NS, namespace)));
        return x.with(FIELDS.entrySet().stream()
                .map(entry -> field(entry.getKey(), entry.getValue()).with(validation(entry.getKey())))
                .toList());
    }

    private static Element field(String name, Kind kind) {
        return Element.of("field", DataForm.NS).with("var", name).with("type", kind.wire());
    }

    private static List<Element> validation(String name) {
        String validate = "http://jabber.org/protocol/xdata-validate";
        return name.equals("ids")
                ? List.of(Element.of("validate", validate)
                        .with("datatype", "xs:string")
                        .with(Element.of("open", validate)))
                : List.of();
    }

    // ---- the filled one

    /**
     * @param id reads an id, or refuses
     * @throws Refusal if it cannot be read
     */
    static QueryForm read(Element query, Function<String, ArchiveId> id) {
        var forms = query.elements("x", DataForm.NS);
        Refusal.unless(forms.size() <= 1, "%d forms, one is allowed (XEP-0313 section 4.1)", forms.size());
        if (forms.isEmpty()) {
            return new QueryForm(ArchiveQuery.ALL, false);
        }
        String type = forms.get(0).attribute("type", "");
        Refusal.unless(type.equals("submit"), "a form of type '%s', allowed is submit (XEP-0004 section 3.1)", type);
        var fields = named(DataForm.in(query).orElseThrow(), query.namespace());
        boolean simple = fields.containsKey("simple") && flag(fields.get("simple"));
        return new QueryForm(filled(fields, id), simple);
    }

    private static Map<String, FormField> named(DataForm form, String namespace) {
        var fields = new LinkedHashMap<String, FormField>();
        for (FormField field : form.fields()) {
            requireKnown(field.name());
            Refusal.unless(fields.put(field.name(), field) == null, "field '%s' is there twice", field.name());
        }
        String type = form.value(FORM_TYPE).orElse("");
        Refusal.unless(
                type.equals(namespace), "FORM_TYPE is '%s', allowed is '%s' (XEP-0313 section 4.1)", type, namespace);
        fields.values().removeIf(field -> field.values().stream().allMatch(String::isEmpty));
        return fields;
    }

    private static void requireKnown(String name) {
        if (!name.equals(FORM_TYPE) && !FIELDS.containsKey(name)) {
            throw new Refusal(
                    Condition.FEATURE_NOT_IMPLEMENTED,
                    "field '%s' is unknown, known are %s (XEP-0313 section 4.1.5)",
                    name,
                    String.join(", ", FIELDS.keySet()));
        }
    }

    private static ArchiveQuery filled(Map<String, FormField> fields, Function<String, ArchiveId> id) {
        var query = ArchiveQuery.ALL;
        for (FormField field : fields.values()) {
            query = filled(query, field, id);
        }
        return query;
    }

    private static ArchiveQuery filled(ArchiveQuery query, FormField field, Function<String, ArchiveId> id) {
        return switch (field.name()) {
            case "with" -> query.with(jid(field));
            case "start" -> query.from(time(field));
            case "end" -> query.until(time(field));
            case "after-id" -> query.after(id.apply(single(field)));
            case "before-id" -> query.before(id.apply(single(field)));
            case "from-id" -> query.from(id.apply(single(field)));
            case "to-id" -> query.to(id.apply(single(field)));
            case "ids" -> query.only(ids(field, id));
            case "include-groupchat" -> flag(field) ? query : query.withoutGroupchat();
            case FULL_TEXT, FULL_TEXT_SEARCH -> query.saying(search(field));
            default -> query;
        };
    }

    // ---- values

    private static String single(FormField field) {
        Refusal.unless(
                field.values().size() == 1,
                "field '%s' has %d values, one is allowed",
                field.name(),
                field.values().size());
        return field.values().get(0);
    }

    private static Jid jid(FormField field) {
        String text = single(field);
        return Jid.parse(text)
                .orElseThrow(() -> Refusal.badRequest(
                        "field '%s' is '%s', which is no JID (RFC 7622 section 3)", field.name(), text));
    }

    private static Instant time(FormField field) {
        String text = single(field);
        try {
            if (text.matches(DATE_TIME)) {
                return OffsetDateTime.parse(text).toInstant();
            }
        } catch (DateTimeException noSuchTime) {
            // said below
        }
        throw Refusal.badRequest(
                "field '%s' is '%s', allowed is a time as in 2026-11-25T18:30:00Z (XEP-0082 section 3.2)",
                field.name(), text);
    }

    private static boolean flag(FormField field) {
        return switch (single(field)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default ->
                throw Refusal.badRequest(
                        "field '%s' is '%s', allowed are true, false, 1 and 0", field.name(), single(field));
        };
    }

    private static HashSet<ArchiveId> ids(FormField field, Function<String, ArchiveId> id) {
        if (field.values().size() > MAX_IDS) {
            throw new Refusal(
                    Condition.POLICY_VIOLATION,
                    "%d ids, %d are allowed",
                    field.values().size(),
                    MAX_IDS);
        }
        return field.values().stream().map(id).collect(Collectors.toCollection(HashSet::new));
    }

    private static String search(FormField field) {
        String text = single(field);
        if (text.length() > MAX_SEARCH) {
            throw new Refusal(
                    Condition.POLICY_VIOLATION,
                    "%d characters to search for, %d are allowed",
                    text.length(),
                    MAX_SEARCH);
        }
        return text;
    }
}
