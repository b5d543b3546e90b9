package io.escalus4j.server.xep.mam;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.ArchiveId;
import io.escalus4j.server.store.ArchiveIds;
import io.escalus4j.server.store.ArchivePage;
import io.escalus4j.server.store.Archived;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import io.escalus4j.server.xmpp.Ns;
import io.escalus4j.server.xmpp.ResultSet;
import java.util.List;
import java.util.Optional;

/** Archives as they are on the wire, in the namespace of who asks. Immutable. */
final class ArchiveXml {
    private final ArchiveIds ids;
    private final String namespace;

    ArchiveXml(ArchiveIds ids, String namespace) {
        this.ids = ids;
        this.namespace = namespace;
    }

    /** Section 4.2: a message of the archive itself, with the archived one in it and when that came. */
    Message result(Jid archive, Jid to, Archived message, Optional<String> queryId) {
        Element forwarded = Element.of("forwarded", Mam.FORWARD)
                .with(
                        Element.of("delay", "urn:xmpp:delay")
                                .with("stamp", message.time().toString()),
                        message.stanza());
        Element result = Element.of("result", namespace)
                .with("queryid", queryId)
                .with("id", ids.show(message.id()))
                .with(forwarded);
        Element element = Element.of("message", Ns.CLIENT)
                .with("from", archive.toString())
                .with("to", to.toString())
                .with(result);
        return new Message(element, archive, Optional.of(to), Message.Type.NORMAL);
    }

    /** Section 4.3: where the page is, and whether there is more in its direction. */
    Element fin(ArchivePage page) {
        Element fin = Element.of("fin", namespace)
                .with("complete", Boolean.toString(page.complete()))
                .with("stable", "true");
        return fin.with(set(page));
    }

    private Element set(ArchivePage page) {
        var messages = page.messages();
        Element set = Element.of("set", ResultSet.NS);
        if (!messages.isEmpty()) {
            Element first = end("first", messages.get(0))
                    .with("index", page.count().map(count -> Integer.toString(count.index())));
            set = set.with(first, end("last", messages.get(messages.size() - 1)));
        }
        return set.with(page.count().stream()
                .map(count -> Element.text("count", ResultSet.NS, Integer.toString(count.total())))
                .toList());
    }

    private Element end(String name, Archived message) {
        return Element.text(name, ResultSet.NS, ids.show(message.id()));
    }

    /** Section 5. */
    Element metadata(List<ArchiveId> ends) {
        Element metadata = Element.of("metadata", namespace);
        return ends.isEmpty() ? metadata : metadata.with(end("start", ends.get(0)), end("end", ends.get(1)));
    }

    private Element end(String name, ArchiveId id) {
        return Element.of(name, namespace)
                .with("id", ids.show(id))
                .with("timestamp", id.time().toString());
    }

    Element form() {
        return Element.of("query", namespace).with(QueryForm.empty(namespace));
    }
}
