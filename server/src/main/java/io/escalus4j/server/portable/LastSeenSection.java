package io.escalus4j.server.portable;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.LastSeen;
import io.escalus4j.server.store.Stores;
import io.escalus4j.server.xmpp.Jid;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** When the account was last there (XEP-0012), which XEP-0227 has no place for: {@code <departure stamp='…'>status</departure>}. */
final class LastSeenSection implements Section {
    @Override
    public CompletionStage<List<Element>> export(Stores stores, Jid account) {
        return stores.lastSeen()
                .of(account)
                .thenApply(departure ->
                        departure.map(LastSeenSection::element).stream().toList());
    }

    private static Element element(LastSeen.Departure departure) {
        return Element.text("departure", Portable.OURS, departure.status()).with("stamp", "" + departure.at());
    }

    @Override
    public boolean takes(Element child) {
        return child.is("departure", Portable.OURS);
    }

    @Override
    public Supplier<CompletionStage<?>> read(Stores stores, Jid account, Element child, Notes notes) {
        var departure = new LastSeen.Departure(stamp(child), child.text());
        return () -> stores.lastSeen().put(account, departure);
    }

    static Instant stamp(Element element) {
        String text = element.attribute("stamp", "");
        try {
            return Instant.from(java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text));
        } catch (DateTimeParseException noTime) {
            throw new Portable.Unreadable(
                    element, "stamp is '%s', allowed is a time as in 2010-07-10T23:08:25Z (XEP-0082)", text);
        }
    }
}
