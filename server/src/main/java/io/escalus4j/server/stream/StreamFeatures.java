package io.escalus4j.server.stream;

import io.escalus4j.exml.Element;
import io.escalus4j.server.auth.FastTokens;
import io.escalus4j.server.auth.SaslOffer;
import io.escalus4j.server.module.InitiatingEntity;
import io.escalus4j.server.module.StreamOption;
import io.escalus4j.server.xmpp.Ns;
import java.util.ArrayList;
import java.util.List;

/** What a stream offers next (RFC 6120 section 4.3.2). */
final class StreamFeatures {
    private static final String LIMITS = "urn:xmpp:stream-limits:0";
    private static final String CHANNEL_BINDING = "urn:xmpp:sasl-cb:0";

    private StreamFeatures() {}

    /** Before authentication: nothing but STARTTLS where that is a must. */
    static Element toNegotiate(ClientStream stream, InitiatingEntity entity, SaslOffer offer) {
        Element features = features();
        if (!entity.secure() && stream.wire().framing().hasStartTls()) {
            Element starttls = Element.of("starttls", Ns.TLS);
            boolean required = stream.context().requiresTls();
            features = features.with(required ? starttls.with(Element.of("required")) : starttls);
        }
        if (stream.mayAuthenticate()) {
            features = features.with(toAuthenticate(stream, offer))
                    .with(stream.context().modules().preAuthFeatures(entity));
        }
        return features.with(limits(stream.context().config().streams().preAuthBytes()));
    }

    private static List<Element> toAuthenticate(ClientStream stream, SaslOffer offer) {
        var features = new ArrayList<Element>();
        features.add(Element.of("mechanisms", Ns.SASL).with(mechanisms(offer, Ns.SASL)));
        if (!offer.bindings().isEmpty()) {
            features.add(bindings(offer));
        }
        if (ExtensibleSasl.isOffered(stream) && !offer.mechanisms().isEmpty()) {
            features.add(authentication(stream, offer));
        }
        return features;
    }

    private static List<Element> mechanisms(SaslOffer offer, String namespace) {
        return offer.mechanisms().stream()
                .map(name -> Element.text("mechanism", namespace, name))
                .toList();
    }

    /** XEP-0440 section 2. */
    private static Element bindings(SaslOffer offer) {
        return Element.of("sasl-channel-binding", CHANNEL_BINDING)
                .with(offer.bindings().stream()
                        .map(type ->
                                Element.of("channel-binding", CHANNEL_BINDING).with("type", type))
                        .toList());
    }

    /** XEP-0388 section 2.1, with what may come along. */
    private static Element authentication(ClientStream stream, SaslOffer offer) {
        Element authentication = Element.of("authentication", Ns.SASL2).with(mechanisms(offer, Ns.SASL2));
        var inline = inline(stream.context(), offer);
        return inline.isEmpty()
                ? authentication
                : authentication.with(Element.of("inline", Ns.SASL2).with(inline));
    }

    private static List<Element> inline(StreamContext context, SaslOffer offer) {
        var inline = new ArrayList<Element>();
        if (context.offersManagement()) {
            inline.add(Element.of("sm", Ns.SM));
        }
        if (context.modules().allows(StreamOption.BIND2)) {
            inline.add(bind2(context));
        }
        if (context.modules().allows(StreamOption.FAST)) {
            inline.add(fast(offer));
        }
        return inline;
    }

    /** XEP-0484 section 3.1; authentication in early data is not invited. */
    private static Element fast(SaslOffer offer) {
        return Element.of("fast", Ns.FAST)
                .with(FastTokens.mechanisms(offer.channel()).stream()
                        .map(name -> Element.text("mechanism", Ns.FAST, name))
                        .toList());
    }

    /** XEP-0386 section 3.1. */
    private static Element bind2(StreamContext context) {
        var features = new ArrayList<>(context.modules().inlineFeatures());
        if (context.offersManagement()) {
            features.add(Ns.SM);
        }
        Element bind = Element.of("bind", Ns.BIND2);
        return features.isEmpty()
                ? bind
                : bind.with(Element.of("inline", Ns.BIND2)
                        .with(features.stream()
                                .sorted()
                                .map(var -> Element.of("feature", Ns.BIND2).with("var", var))
                                .toList()));
    }

    static Element toBind(StreamContext context) {
        return features()
                .with(Element.of("bind", Ns.BIND))
                .with(context.modules().streamFeatures())
                .with(limits(context.config().streams().stanzaBytes()));
    }

    /** Of a stream that has its resource already. */
    static Element ofSession(StreamContext context) {
        return features()
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
