package io.escalus4j.server.portable;

import io.escalus4j.exml.Element;
import io.escalus4j.server.store.Stores;
import io.escalus4j.server.xmpp.Jid;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** What one port keeps for an account, as children of XEP-0227's {@code <user/>}. */
interface Section {
    /** In the order of the file; empty if nothing is kept. */
    CompletionStage<List<Element>> export(Stores stores, Jid account);

    /** Whether this child of {@code <user/>} is to be read here. */
    boolean takes(Element child);

    /**
     * Checks a child, and says what is to be done to keep it.
     *
     * @throws Portable.Unreadable if it is not as the specification has it
     */
    Supplier<CompletionStage<?>> read(Stores stores, Jid account, Element child, Notes notes);
}
