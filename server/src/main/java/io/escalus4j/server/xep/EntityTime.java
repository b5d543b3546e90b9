package io.escalus4j.server.xep;

import io.escalus4j.exml.Element;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Reply;
import io.escalus4j.server.module.To;
import io.escalus4j.server.module.Xep;
import io.escalus4j.server.xmpp.Iq;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Tells any entity the server's clock and its offset from UTC. Thread-safe. */
final class EntityTime implements Module {
    static final String NS = "urn:xmpp:time";
    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("xxx");

    private final Clock clock;

    EntityTime(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Xep xep() {
        return new Xep(202, "Entity Time", "2.0");
    }

    @Override
    public void install(Hooks hooks) {
        hooks.feature(NS).iq(Iq.Type.GET, To.SERVER, NS, "time", this::tell);
    }

    /** In the formats of XEP-0082 section 3.2. */
    private Reply tell(Iq iq) {
        var now = OffsetDateTime.now(clock).truncatedTo(ChronoUnit.SECONDS);
        return Reply.result(Element.of("time", NS)
                .with(Element.text("tzo", NS, now.format(OFFSET)))
                .with(Element.text("utc", NS, now.toInstant().toString())));
    }
}
