package io.escalus4j.stanza;

import static io.escalus4j.stanza.Builders.iqGet;
import static io.escalus4j.stanza.Builders.iqSet;

import io.escalus4j.exml.Element;
import java.util.Arrays;
import java.util.List;

/**
 * What is asked of message archives (XEP-0313), for static import. An archive is the own one, or that of {@code archive}: a
 * room, or somebody else, who will not like it.
 *
 * <pre>{@code
 * alice.iq(archiveQuery());
 * ArchivePage.read(alice, archiveQuery(filter("with", bob.account()), lastPage(10)));
 * alice.iq(setArchivePreferences("roster", List.of(), List.of(kate.account())));
 * }</pre>
 */
public final class ArchiveBuilders {
    public static final String MAM = "urn:xmpp:mam:2";
    private static final String RSM = "http://jabber.org/protocol/rsm";
    private static final String PREFS = "prefs";

    private ArchiveBuilders() {}

    // ---- queries

    /** @param parts filters, a page, {@link #flipped}; all of it in any order */
    public static Element archiveQuery(Element... parts) {
        return iqSet(query(parts));
    }

    /** The same of another archive. */
    public static Element archiveQueryOf(Object archive, Element... parts) {
        return iqSet(archive, query(parts));
    }

    private static Element query(Element... parts) {
        var filters = Arrays.stream(parts).filter(ArchiveBuilders::isFilter).toArray(Element[]::new);
        var others = Arrays.stream(parts).filter(part -> !isFilter(part)).toList();
        Element query = Element.of("query", MAM);
        return (filters.length == 0 ? query : query.with(FormBuilders.form(MAM, filters))).with(others);
    }

    private static boolean isFilter(Element part) {
        return part.name().equals("field");
    }

    /** The same query, whose results are marked with {@code queryId}. */
    public static Element marked(String queryId, Element query) {
        Element payload = query.firstElement().orElseThrow().with("queryid", queryId);
        return query.withOnly(List.of(payload));
    }

    /** For example {@code with}, {@code start}, {@code after-id} or {@code ids} (XEP-0313 section 4.1). */
    public static Element filter(String variable, Object... values) {
        return FormBuilders.field(variable, values);
    }

    // ---- pages (XEP-0059)

    public static Element firstPage(int max) {
        return page(max);
    }

    public static Element lastPage(int max) {
        return page(max, "before", "");
    }

    public static Element pageAfter(String id, int max) {
        return page(max, "after", id);
    }

    public static Element pageBefore(String id, int max) {
        return page(max, "before", id);
    }

    /** What begins with the message of this index, counted from 0. */
    public static Element pageFrom(int index, int max) {
        return page(max, "index", Integer.toString(index));
    }

    /** In the order of the schema. */
    private static Element page(int max, Element... where) {
        return Element.of("set", RSM).with(where).with(Element.text("max", RSM, Integer.toString(max)));
    }

    private static Element page(int max, String name, String value) {
        return page(max, Element.text(name, RSM, value));
    }

    /** The page is to come newest first (XEP-0313 section 4.3.4). */
    public static Element flipped() {
        return Element.of("flip-page", MAM);
    }

    // ---- other questions

    /** Which fields the archive can be filtered by. */
    public static Element getArchiveFields() {
        return iqGet(Element.of("query", MAM));
    }

    public static Element getArchiveFields(Object archive) {
        return iqGet(archive, Element.of("query", MAM));
    }

    /** What is at the ends of the archive (XEP-0313 section 5). */
    public static Element getArchiveMetadata() {
        return iqGet(Element.of("metadata", MAM));
    }

    public static Element getArchiveMetadata(Object archive) {
        return iqGet(archive, Element.of("metadata", MAM));
    }

    // ---- preferences (XEP-0441)

    public static Element getArchivePreferences() {
        return iqGet(Element.of(PREFS, MAM));
    }

    public static Element getArchivePreferences(Object archive) {
        return iqGet(archive, Element.of(PREFS, MAM));
    }

    /** @param standard {@code always}, {@code never} or {@code roster} */
    public static Element setArchivePreferences(String standard, List<?> always, List<?> never) {
        return iqSet(preferences(standard, always, never));
    }

    public static Element setArchivePreferences(Object archive, String standard, List<?> always, List<?> never) {
        return iqSet(archive, preferences(standard, always, never));
    }

    private static Element preferences(String standard, List<?> always, List<?> never) {
        return Element.of(PREFS, MAM).with("default", standard).with(jids("always", always), jids("never", never));
    }

    private static Element jids(String name, List<?> parties) {
        Element list = Element.of(name, MAM);
        for (Object party : parties) {
            list = list.with(Element.text("jid", MAM, Builders.jid(party)));
        }
        return list;
    }

    // ---- retraction (XEP-0424)

    /** Takes back what {@code message} has said, which was sent to the same recipient before. */
    public static Element retraction(Element message) {
        return retraction(message, message.attribute("id", ""));
    }

    /** Takes back what a room has given {@code stanzaId}. */
    public static Element retraction(Element message, String stanzaId) {
        String retract = "urn:xmpp:message-retract:1";
        return Ids.on(Element.of("message", message.namespace())
                .with("to", message.attribute("to"))
                .with("type", message.attribute("type"))
                .with(Element.of("retract", retract).with("id", stanzaId), Element.of("store", "urn:xmpp:hints")));
    }
}
