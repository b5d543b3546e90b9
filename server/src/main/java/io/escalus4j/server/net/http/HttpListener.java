package io.escalus4j.server.net.http;

import io.escalus4j.server.config.Profile;
import io.escalus4j.server.net.Listener;
import io.escalus4j.server.net.Tls;
import io.escalus4j.server.stream.StreamContext;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Opens ports for HTTP/1.1. Immutable and thread-safe. */
public final class HttpListener {
    /** What a request may have around the biggest stanza. */
    static final int ENVELOPE_BYTES = 4096;

    private final EventLoopGroup loops;
    private final StreamContext context;
    private final BoshSessions sessions;

    /** The ports of one server share their sessions: a session begun on one of them can go on over another. */
    public HttpListener(EventLoopGroup loops, StreamContext context) {
        this.loops = loops;
        this.context = context;
        this.sessions = new BoshSessions(loops, context);
    }

    /** Without TLS, which serves nobody in production (RFC 7395 section 3.9). */
    public Listener plain(InetSocketAddress address) {
        boolean usable = context.config().profile() == Profile.TEST;
        return listener(address, Optional.empty(), usable);
    }

    public Listener secure(InetSocketAddress address, Tls tls) {
        return listener(address, Optional.of(tls), true);
    }

    private Listener listener(InetSocketAddress address, Optional<Tls> tls, boolean usable) {
        return Listener.of(address, loops, context, made -> {
            tls.ifPresent(secure -> made.pipeline().addLast(secure.underHttp(made.alloc())));
            begin(made, tls, usable);
        });
    }

    private void begin(Channel made, Optional<Tls> tls, boolean usable) {
        made.pipeline()
                .addLast(new HttpServerCodec())
                .addLast(new WholeRequests(context.config().streams().stanzaBytes() + ENVELOPE_BYTES))
                .addLast(new HttpRequests(context, sessions, tls, usable));
    }
}
