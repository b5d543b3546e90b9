package io.escalus4j;

import io.escalus4j.exml.Element;
import io.escalus4j.match.Matcher;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A page of an archive as a client has read it (XEP-0313 section 4).
 *
 * <pre>{@code
 * var page = ArchivePage.read(alice, archiveQuery(lastPage(10)));
 * assertThat(page.bodies()).containsExactly("one", "two");
 * assertThat(page.isComplete()).isTrue();
 * }</pre>
 *
 * @param results the messages, each with its {@code <result/>}, in the order in which they came
 * @param fin what the archive said at the end
 */
public record ArchivePage(List<Element> results, Element fin) {
    private static final String FORWARD = "urn:xmpp:forward:0";
    private static final String RSM = "http://jabber.org/protocol/rsm";
    private static final String MAM = "urn:xmpp:mam:";
    private static final Matcher RESULT = Matcher.that("a message of the archive", ArchivePage::isResult);

    public ArchivePage {
        results = List.copyOf(results);
    }

    /** Asks, and takes the results, all of which come before the answer (section 4). */
    public static ArchivePage read(Client client, Element query) {
        Element answer = client.iq(query);
        long came = client.peek().stream().filter(ArchivePage::isResult).count();
        var results = Stream.generate(() -> client.expect(RESULT)).limit(came).toList();
        return new ArchivePage(results, answer.firstElement().orElseThrow());
    }

    private static boolean isResult(Element stanza) {
        return stanza.elements().stream()
                .anyMatch(child ->
                        child.name().equals("result") && child.namespace().startsWith(MAM));
    }

    // ---- what was found

    private Stream<Element> marks() {
        return results.stream().map(message -> message.firstElement().orElseThrow());
    }

    /** How the archive calls them. */
    public List<String> ids() {
        return marks().map(result -> result.attribute("id", "")).toList();
    }

    /** The messages themselves. */
    public List<Element> messages() {
        return marks().map(result ->
                        forwarded(result).child("message", "jabber:client").orElseThrow())
                .toList();
    }

    /** What they say, nothing where nothing is said. */
    public List<String> bodies() {
        return messages().stream()
                .map(message -> message.childText("body").orElse(""))
                .toList();
    }

    /** When they came, as the archive writes it. */
    public List<String> stamps() {
        return marks().map(result -> forwarded(result)
                        .child("delay", "urn:xmpp:delay")
                        .orElseThrow()
                        .attribute("stamp", ""))
                .toList();
    }

    private static Element forwarded(Element result) {
        return result.child("forwarded", FORWARD).orElseThrow();
    }

    // ---- where it was

    public boolean isComplete() {
        return fin.attribute("complete", "").equals("true");
    }

    private Element set() {
        return fin.child("set", RSM).orElseThrow();
    }

    /** The id of the oldest message of the page. */
    public Optional<String> first() {
        return set().child("first", RSM).map(Element::text);
    }

    /** The id of the newest message of the page. */
    public Optional<String> last() {
        return set().child("last", RSM).map(Element::text);
    }

    /** How many the query has chosen, if the archive says so. */
    public Optional<Integer> count() {
        return set().child("count", RSM).map(Element::text).map(Integer::valueOf);
    }

    /** How many of those come before this page, if the archive says so. */
    public Optional<Integer> index() {
        return set().child("first", RSM)
                .flatMap(first -> first.attribute("index"))
                .map(Integer::valueOf);
    }
}
