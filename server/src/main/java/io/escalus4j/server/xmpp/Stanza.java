package io.escalus4j.server.xmpp;

import io.escalus4j.exml.Element;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A first-level child that is routed (RFC 6120 section 8): its addresses and type are read and valid, its sender is known.
 * Immutable.
 */
public sealed interface Stanza permits Iq, Message, Presence {
    /** The stanza as it goes on the wire, in {@code jabber:client}, with {@code from} stamped. */
    Element element();

    /** Who sent it: stamped at ingress, never taken from the peer (RFC 6120 section 8.1.2.1). */
    Jid from();

    /** Whom it is for; empty for what a client sends to its own server without an address. */
    Optional<Jid> to();

    default Optional<String> id() {
        return element().attribute("id");
    }

    boolean isError();

    Stanza to(Jid recipient);

    /** The same stanza with another content, whose {@code from}, {@code to} and {@code type} do not differ. */
    Stanza with(Element changed);

    /**
     * The error that answers this stanza: addresses swapped, the content returned (section 8.3.1). Never to be called on
     * an error: an error is not answered.
     */
    default Stanza refusedWith(StanzaError error) {
        return answer("error").with(reply -> reply.with(element().children()).with(error.toElement()));
    }

    /** An empty stanza of the same kind and id that goes back to the sender. */
    default Stanza answer(String type) {
        Element skeleton = Element.of(element().name(), Ns.CLIENT)
                .with("type", type)
                .with("id", id())
                .with("from", element().attribute("to"))
                .with("to", from().toString());
        return Stanzas.trusted(skeleton, to().orElse(from().bare()), Optional.of(from()));
    }

    default Stanza with(UnaryOperator<Element> change) {
        return with(change.apply(element()));
    }
}
