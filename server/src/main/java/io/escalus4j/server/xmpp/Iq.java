package io.escalus4j.server.xmpp;

import io.escalus4j.exml.Element;
import java.util.Locale;
import java.util.Optional;

/** A request or the answer to one (RFC 6120 section 8.2.3). */
public record Iq(Element element, Jid from, Optional<Jid> to, Type type) implements Stanza {

    public enum Type {
        GET,
        SET,
        RESULT,
        ERROR;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public boolean isError() {
        return type == Type.ERROR;
    }

    @Override
    public Iq to(Jid recipient) {
        return new Iq(element.with("to", recipient.toString()), from, Optional.of(recipient), type);
    }

    @Override
    public Iq with(Element changed) {
        return new Iq(changed, from, to, type);
    }

    /** Whether an answer is due. */
    public boolean isRequest() {
        return type == Type.GET || type == Type.SET;
    }

    /** The one child of a request; ingress has seen to it that it is there. */
    public Element payload() {
        return element.firstElement().orElseThrow();
    }

    /** The result that answers this request. */
    public Iq result() {
        return (Iq) answer("result");
    }

    public Iq result(Element payload) {
        return result().with(result().element().with(payload));
    }
}
