package io.escalus4j.server.xmpp;

import io.escalus4j.exml.Element;
import java.util.Locale;
import java.util.Optional;

/** A presence of RFC 6121 sections 3 and 4; without a type it is {@link Type#AVAILABLE}. */
public record Presence(Element element, Jid from, Optional<Jid> to, Type type) implements Stanza {

    public enum Type {
        AVAILABLE,
        UNAVAILABLE,
        SUBSCRIBE,
        SUBSCRIBED,
        UNSUBSCRIBE,
        UNSUBSCRIBED,
        PROBE,
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
    public Presence to(Jid recipient) {
        return new Presence(element.with("to", recipient.toString()), from, Optional.of(recipient), type);
    }

    @Override
    public Presence with(Element changed) {
        return new Presence(changed, from, to, type);
    }

    /** The same presence with other addresses. */
    public Presence between(Jid sender, Jid recipient) {
        var stamped = element.with("from", sender.toString()).with("to", recipient.toString());
        return new Presence(stamped, sender, Optional.of(recipient), type);
    }

    /** With the id of the stanza that it answers. */
    public Presence answering(Stanza asked) {
        return with(element.with("id", asked.id()));
    }

    /** From -128 to 127, 0 where nothing is said; ingress has seen to it that it is a number. */
    public int priority() {
        return element.childText("priority")
                .map(text -> Integer.parseInt(text.strip()))
                .orElse(0);
    }

    /** Whether this manages a subscription (RFC 6121 section 3). */
    public boolean isSubscription() {
        return switch (type) {
            case SUBSCRIBE, SUBSCRIBED, UNSUBSCRIBE, UNSUBSCRIBED -> true;
            default -> false;
        };
    }

    /** {@code <presence from='…' to='…' type='unavailable'/>} and its like, made by the server. */
    public static Presence of(Type type, Jid from, Jid to) {
        Element bare =
                Element.of("presence", Ns.CLIENT).with("from", from.toString()).with("to", to.toString());
        return new Presence(
                type == Type.AVAILABLE ? bare : bare.with("type", type.wire()), from, Optional.of(to), type);
    }
}
