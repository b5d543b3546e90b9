package io.escalus4j.server.xep.muc;

import io.escalus4j.exml.Element;
import io.escalus4j.server.xep.DelayedDelivery;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Message;
import io.escalus4j.server.xmpp.Ns;
import java.time.Instant;
import java.util.Optional;

/**
 * What a room talks about (section 8.1), as who enters is told. Immutable.
 *
 * @param message as it was said, to nobody; empty if nobody ever said any
 * @param since when that was
 */
record Subject(Optional<Element> message, Instant since) {
    static final Subject NONE = new Subject(Optional.empty(), Instant.EPOCH);

    static Subject of(Message said, Instant since) {
        return new Subject(Optional.of(said.element()), since);
    }

    /** A subject and nothing that is said with it (section 7.2.15). */
    static boolean isChange(Message message) {
        Element element = message.element();
        return element.has("subject", Ns.CLIENT)
                && !element.has("body", Ns.CLIENT)
                && !element.has("thread", Ns.CLIENT);
    }

    String text() {
        return message.flatMap(said -> said.childText("subject")).orElse("");
    }

    /** What comes last on entering. */
    Message told(Jid room) {
        return message.map(said -> delayed(room, said))
                .orElseGet(() -> MucXml.message(room, Message.Type.GROUPCHAT, Element.of("subject", Ns.CLIENT)));
    }

    private Message delayed(Jid room, Element said) {
        Element noted = said.with(DelayedDelivery.note(room.toString(), since, ""));
        return new Message(noted, Jid.of(said.attribute("from", "")), Optional.empty(), Message.Type.GROUPCHAT);
    }
}
