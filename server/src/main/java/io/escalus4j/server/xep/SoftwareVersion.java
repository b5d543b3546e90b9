package io.escalus4j.server.xep;

import io.escalus4j.exml.Element;
import io.escalus4j.server.module.Hooks;
import io.escalus4j.server.module.Module;
import io.escalus4j.server.module.Reply;
import io.escalus4j.server.module.To;
import io.escalus4j.server.module.Xep;
import io.escalus4j.server.xmpp.Iq;
import java.util.Optional;

/** Tells any entity which software this is. Immutable. */
public final class SoftwareVersion implements Module {
    static final String NS = "jabber:iq:version";
    private static final String NAME = "escalus4j";

    private final Config config;

    /**
     * How much is told.
     *
     * @param os whether the operating system is named, which may help an attacker (XEP-0092 section 5)
     */
    public record Config(boolean os) {
        public static final Config STANDARD = new Config(false);
    }

    SoftwareVersion(Config config) {
        this.config = config;
    }

    @Override
    public Xep xep() {
        return new Xep(92, "Software Version", "1.1");
    }

    @Override
    public void install(Hooks hooks) {
        hooks.feature(NS).iq(Iq.Type.GET, To.SERVER, NS, "query", this::tell);
    }

    private Reply tell(Iq iq) {
        Element query = Element.of("query", NS)
                .with(Element.text("name", NS, NAME))
                .with(Element.text("version", NS, version()));
        return Reply.result(config.os() ? query.with(Element.text("os", NS, os())) : query);
    }

    /** As the jar's manifest says; classes that were not packed have none. */
    private static String version() {
        return Optional.ofNullable(SoftwareVersion.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    private static String os() {
        return System.getProperty("os.name") + ' ' + System.getProperty("os.version");
    }
}
