package io.escalus4j.server.xep;

import io.escalus4j.exml.Element;
import io.escalus4j.server.ServerContext;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Reply;
import io.escalus4j.server.module.To;
import io.escalus4j.server.module.Xep;
import io.escalus4j.server.xmpp.Iq;
import io.escalus4j.server.xmpp.StanzaError;
import io.escalus4j.server.xmpp.StanzaError.Condition;
import java.util.List;
import java.util.Optional;

/**
 * Keeps any XML for its owner, one document per namespace. Thread-safe.
 *
 * <p>The document is the query as it was set: a namespace may have several elements (XEP-0049 section 2.3). Others are
 * refused by the router: all requests here are for the own account.
 */
public final class PrivateStorage implements Module {
    static final String NS = "jabber:iq:private";
    private static final List<String> RESERVED = List.of("jabber:", "http://jabber.org/", "vcard-temp");

    private final Limits limits;
    private final OwnDocuments documents;

    /** @param documents per account, one per namespace */
    public record Limits(int documents, int bytesPerDocument) {
        public static final Limits STANDARD = new Limits(100, 64 * 1024);

        public Limits {
            if (documents < 1 || bytesPerDocument < 1) {
                throw new IllegalArgumentException("documents and bytes_per_document must be at least 1, were %d and %d"
                        .formatted(documents, bytesPerDocument));
            }
        }
    }

    PrivateStorage(ServerContext context, Limits limits) {
        this.limits = limits;
        this.documents = new OwnDocuments(context, "private", context.stores().privateStorage(), limits.documents());
    }

    @Override
    public Xep xep() {
        return new Xep(49, "Private XML Storage", "1.2");
    }

    @Override
    public void install(Hooks hooks) {
        hooks.feature(NS)
                .iq(Iq.Type.GET, To.OWN_ACCOUNT, NS, "query", this::get)
                .iq(Iq.Type.SET, To.OWN_ACCOUNT, NS, "query", this::set);
    }

    private Reply get(Iq iq) {
        var asked = iq.payload().elements();
        return fault(asked, Condition.BAD_REQUEST)
                .map(Reply::refused)
                .orElseGet(() -> Reply.later(documents
                        .find(iq.from().bare(), asked.get(0).namespace())
                        .thenApply(kept -> Reply.result(kept.orElseGet(() -> nothingOf(asked))))));
    }

    private static Element nothingOf(List<Element> asked) {
        return Element.of("query", NS)
                .with(asked.stream()
                        .map(element -> Element.of(element.name(), element.namespace()))
                        .toList());
    }

    private Reply set(Iq iq) {
        var given = iq.payload().elements();
        return fault(given, Condition.NOT_ACCEPTABLE)
                .map(Reply::refused)
                .or(() -> tooBig(iq.payload()).map(documents::refused))
                .orElseGet(() -> keep(iq, given));
    }

    private Reply keep(Iq iq, List<Element> given) {
        Element document = Element.of("query", NS).with(given);
        return documents.put(iq.from().bare(), given.get(0).namespace(), document, tooMany());
    }

    /** @param withoutChild what it is called to ask for nothing (section 3), or to set nothing (section 2.3) */
    private static Optional<StanzaError> fault(List<Element> elements, Condition withoutChild) {
        var namespaces = elements.stream().map(Element::namespace).distinct().toList();
        if (namespaces.isEmpty()) {
            return Optional.of(StanzaError.of(
                    withoutChild, "no element in the query, at least one is needed (XEP-0049 section 2.3)"));
        }
        if (namespaces.size() > 1) {
            return Optional.of(StanzaError.of(
                    Condition.BAD_REQUEST,
                    "%d namespaces in the query, one is allowed (XEP-0049 section 2.3)",
                    namespaces.size()));
        }
        return Optional.of(namespaces.get(0)).filter(PrivateStorage::isReserved).map(PrivateStorage::reserved);
    }

    /** An element without a namespace of its own is in that of the query, which is reserved too. */
    private static boolean isReserved(String namespace) {
        return namespace.isEmpty() || RESERVED.stream().anyMatch(namespace::startsWith);
    }

    private static StanzaError reserved(String namespace) {
        return StanzaError.of(
                Condition.NOT_ACCEPTABLE,
                "namespace '%s' is reserved, any is allowed that does not start with %s (XEP-0049 section 3)",
                namespace,
                String.join(", ", RESERVED));
    }

    private Optional<StanzaError> tooBig(Element query) {
        int bytes = query.toBytes().length;
        return bytes <= limits.bytesPerDocument()
                ? Optional.empty()
                : Optional.of(StanzaError.of(
                        Condition.POLICY_VIOLATION,
                        "%d bytes to store, %d are allowed",
                        bytes,
                        limits.bytesPerDocument()));
    }

    private StanzaError tooMany() {
        return StanzaError.of(
                Condition.POLICY_VIOLATION, "%d namespaces are stored, no more are allowed", limits.documents());
    }
}
