package io.escalus4j.server.xmpp;

import io.escalus4j.exml.Element;
import java.util.Locale;
import java.util.Optional;

/** A message of RFC 6121 section 5; an unknown type counts as normal. */
public record Message(Element element, Jid from, Optional<Jid> to, Type type) implements Stanza {

    public enum Type {
        NORMAL,
        CHAT,
        GROUPCHAT,
        HEADLINE,
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
    public Message to(Jid recipient) {
        return new Message(element.with("to", recipient.toString()), from, Optional.of(recipient), type);
    }

    @Override
    public Message with(Element changed) {
        return new Message(changed, from, to, type);
    }

    public Optional<String> body() {
        return element.child("body", Ns.CLIENT).map(Element::text);
    }
}
