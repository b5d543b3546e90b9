package io.escalus4j.server.stream;

import io.escalus4j.exml.Element;
import io.escalus4j.server.module.InitiatingEntity;
import io.escalus4j.server.xmpp.Ns;

/** What a stream offers next (RFC 6120 section 4.3.2). */
final class StreamFeatures {
    private static final String LIMITS = "urn:xmpp:stream-limits:0";

    private StreamFeatures() {}

    /** Before authentication: nothing but STARTTLS where that is a must. */
    static Element toNegotiate(ClientStream stream, InitiatingEntity entity) {
        Element features = features();
        if (!entity.secure() && stream.wire().framing().hasStartTls()) {
            Element starttls = Element.of("starttls", Ns.TLS);
            boolean required = stream.context().requiresTls();
            features = features.with(required ? starttls.with(Element.of("required")) : starttls);
        }
        if (stream.mayAuthenticate()) {
            features = features.with(mechanisms(stream))
                    .with(stream.context().modules().preAuthFeatures(entity));
        }
        return features.with(limits(stream.context().config().streams().preAuthBytes()));
    }

    private static Element mechanisms(ClientStream stream) {
        return Element.of("mechanisms", Ns.SASL)
                .with(stream.context().sasl().offered().stream()
                        .map(name -> Element.text("mechanism", Ns.SASL, name))
                        .toList());
    }

    static Element toBind(StreamContext context) {
        return features()
                .with(Element.of("bind", Ns.BIND))
                .with(context.modules().streamFeatures())
                .with(limits(context.config().streams().stanzaBytes()));
    }

    private static Element features() {
        return Element.of("stream", "features", Ns.STREAMS);
    }

    /** XEP-0478: what is bigger ends the stream. */
    private static Element limits(int bytes) {
        return Element.of("limits", LIMITS).with(Element.text("max-bytes", LIMITS, Integer.toString(bytes)));
    }
}
