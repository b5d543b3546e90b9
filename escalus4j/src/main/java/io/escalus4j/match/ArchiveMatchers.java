package io.escalus4j.match;

import static io.escalus4j.match.ExtensionMatchers.forwarded;
import static io.escalus4j.match.Matchers.element;
import static io.escalus4j.match.Matchers.iqResult;
import static io.escalus4j.match.Matchers.message;

/**
 * What message archives say (XEP-0313), for static import.
 *
 * <pre>{@code
 * alice.expect(archived(chatMessage("Hi!").from(bob)));
 * bob.expect(chatMessage("Hi!").that(stanzaId(bob.account())));
 * }</pre>
 */
public final class ArchiveMatchers {
    private static final String MAM = "urn:xmpp:mam:2";
    private static final String SID = "urn:xmpp:sid:0";

    private ArchiveMatchers() {}

    /** A message out of the archive. */
    public static StanzaMatcher archived(Matcher message) {
        return message()
                .holding(
                        "from the archive: " + message.describe(),
                        element("result", MAM).withChild(forwarded(message)));
    }

    /** The same with this id. */
    public static StanzaMatcher archived(String id, Matcher message) {
        return message()
                .holding(
                        "from the archive as '%s': %s".formatted(id, message.describe()),
                        element("result", MAM).withId(id).withChild(forwarded(message)));
    }

    /** The end of a page of the archive (section 4.3). */
    public static StanzaMatcher archiveFin() {
        return iqResult().withChild("fin", MAM);
    }

    /** The end of the last page. */
    public static Matcher archiveComplete() {
        StanzaMatcher fin = element("fin", MAM);
        return iqResult()
                .withChild(fin.withAttribute("complete", "true"))
                .or(iqResult().withChild(fin.withAttribute("complete", "1")));
    }

    /** A message that {@code archive} has given an id (XEP-0359). */
    public static StanzaMatcher stanzaId(Object archive) {
        return message()
                .withChild(element("stanza-id", SID)
                        .withAttribute("by", archive instanceof Addressed some ? some.address() : archive.toString())
                        .withAttribute("id"));
    }

    /** What is left of a message that was taken back (XEP-0424 section 4) by the message {@code retraction}. */
    public static StanzaMatcher tombstone(String retraction) {
        return message()
                .withChild(element("retracted", "urn:xmpp:message-retract:1")
                        .withId(retraction)
                        .withAttribute("stamp"))
                .withoutChild("body", "jabber:client");
    }
}
