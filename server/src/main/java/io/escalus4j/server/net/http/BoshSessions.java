package io.escalus4j.server.net.http;

import io.escalus4j.exml.XmlLimits;
import io.escalus4j.server.stream.StreamContext;
import io.escalus4j.server.xmpp.Jid;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The BOSH sessions of one server, by their ids (XEP-0124 section 7). Thread-safe. */
final class BoshSessions {
    private final EventLoopGroup loops;
    private final StreamContext context;
    private final XmlLimits limits;
    private final ConcurrentHashMap<String, BoshSession> byId = new ConcurrentHashMap<>();

    BoshSessions(EventLoopGroup loops, StreamContext context) {
        this.loops = loops;
        this.context = context;
        this.limits = limits(context.limits(true));
    }

    /** A body has what a stanza may have, and itself around it. */
    private static XmlLimits limits(XmlLimits stanza) {
        return new XmlLimits(
                stanza.elementBytes() + HttpListener.ENVELOPE_BYTES,
                stanza.depth() + 1,
                stanza.attributes(),
                stanza.nameBytes());
    }

    void received(byte[] content, InetAddress address, boolean secure, HttpAnswer answer) {
        BoshBody.parse(content, limits)
                .filter(body -> body.rid().isPresent())
                .map(body -> new BoshRequest(body, address, secure, answer))
                .ifPresentOrElse(
                        this::received,
                        () -> answer.ok(
                                BoshRequest.CONTENT_TYPE,
                                BoshBody.terminate("bad-request").element().toBytes()));
    }

    private void received(BoshRequest request) {
        request.body().sid().ifPresentOrElse(sid -> goOn(sid, request), () -> begin(request));
    }

    private void goOn(String sid, BoshRequest request) {
        Optional.ofNullable(byId.get(sid))
                .ifPresentOrElse(session -> session.received(request), () -> request.refuse("item-not-found"));
    }

    private void begin(BoshRequest request) {
        var to = request.body().attribute("to");
        if (to.isEmpty()) {
            request.refuse("improper-addressing");
        } else if (to.flatMap(Jid::parse)
                .filter(domain -> context.config().domains().contains(domain.toString()))
                .isEmpty()) {
            request.refuse("host-unknown");
        } else if (byId.size() >= context.config().bosh().sessions()) {
            context.metrics().limitHit("bosh-sessions");
            request.answer().text(HttpResponseStatus.SERVICE_UNAVAILABLE, "there are too many sessions\n");
        } else {
            var terms = BoshTerms.agreed(
                    request, context.randomId(), context.config().bosh());
            var session = new BoshSession(terms, loops.next(), context, () -> byId.remove(terms.sid()));
            byId.put(terms.sid(), session);
            session.received(request);
        }
    }
}
