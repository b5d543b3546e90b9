package io.escalus4j.server.stream;

import static io.escalus4j.server.xmpp.StanzaError.Condition.RECIPIENT_UNAVAILABLE;

import io.escalus4j.exml.Element;
import io.escalus4j.exml.NamespaceChange;
import io.escalus4j.exml.StreamEvent;
import io.escalus4j.exml.StreamParser;
import io.escalus4j.exml.XmlException;
import io.escalus4j.exml.XmlWriter;
import io.escalus4j.server.module.StanzaHandler;
import io.escalus4j.server.stream.StreamMetrics.Direction;
import io.escalus4j.server.time.Timer;
import io.escalus4j.server.xmpp.Jid;
import io.escalus4j.server.xmpp.Ns;
import io.escalus4j.server.xmpp.Stanza;
import io.escalus4j.server.xmpp.StanzaError;
import io.escalus4j.server.xmpp.Stanzas;
import io.escalus4j.server.xmpp.StreamError;
import io.escalus4j.server.xmpp.StreamError.Condition;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream of a component (XEP-0114): another program that serves a domain.
 *
 * <pre>
 * OPENING -- header --> GREETED -- handshake --> ACCEPTED --> CLOSED
 * </pre>
 *
 * <p>Its stanzas are in a namespace of their own; inside of the server they are like all others. Confined to the wire's
 * event loop, except for {@link #deliver} and {@link #close}. A component that reads too slowly is cut off, as a client
 * is; one that sends too fast is not read before its last stanza is dealt with.
 */
public final class ComponentStream implements InboundStream {
    static final String NS = "jabber:component:accept";
    private static final Logger LOG = LoggerFactory.getLogger(ComponentStream.class);
    private static final NamespaceChange INWARD = new NamespaceChange(NS, Ns.CLIENT);
    private static final NamespaceChange OUTWARD = new NamespaceChange(Ns.CLIENT, NS);
    private static final Element HEADER = XmlWriter.streamHeader("stream", "stream", Ns.STREAMS, NS);
    private static final XmlWriter WRITER = XmlWriter.inStream(HEADER);

    private enum Stage {
        OPENING,
        GREETED,
        ACCEPTED,
        CLOSED
    }

    private final ComponentContext context;
    private final Wire wire;
    private final Outbox outbox;
    private final StreamParser parser;
    private final Timer deadline;
    private final StanzaHandler handler = this::deliver;
    private final String id;
    private Stage stage = Stage.OPENING;
    private String domain = "";
    private boolean pending;

    private ComponentStream(Wire wire, ComponentContext context) {
        this.wire = wire;
        this.context = context;
        var streams = context.streams();
        this.outbox = new Outbox(wire, streams.config().sessions(), streams.activity(), () -> wire.execute(this::cut));
        this.parser = StreamParser.ofStream(streams.limits(false));
        this.id = streams.randomId();
        this.deadline = streams.time().after(streams.config().streams().loginTime(), () -> wire.execute(this::expire));
    }

    /** A stream for a connection that was just made. */
    public static ComponentStream on(Wire wire, ComponentContext context) {
        var stream = new ComponentStream(wire, context);
        context.open().add(stream);
        context.streams().metrics().connected(wire.transport());
        return stream;
    }

    // ---- in

    @Override
    public void received(ByteBuffer bytes) {
        if (isOpen()) {
            parser.feed(bytes);
            pump();
        }
    }

    private void pump() {
        context.streams().activity().begin();
        try {
            while (isOpen() && !pending) {
                Optional<StreamEvent> event = parser.next();
                if (event.isEmpty()) {
                    break;
                }
                handle(event.get());
            }
        } catch (XmlException broken) {
            end(StreamErrors.of(broken));
        } catch (RuntimeException bug) {
            LOG.error("event=component-failed domain={}", domain, bug);
            end(StreamError.of(Condition.INTERNAL_SERVER_ERROR));
        } finally {
            context.streams().activity().end();
        }
    }

    private void handle(StreamEvent event) {
        if (event instanceof StreamEvent.Start start) {
            opened(start.header());
        } else if (event instanceof StreamEvent.Whole whole) {
            child(whole.element());
        } else {
            finish();
        }
    }

    /** The stream is for the component's own domain, not for the server's. */
    private void opened(Element header) {
        String to = header.attribute("to")
                .flatMap(Jid::parse)
                .filter(Jid::isDomain)
                .map(Jid::domain)
                .orElse("");
        var fault = fault(header, to);
        greet(fault.isPresent() ? context.streams().config().domains().get(0) : to);
        domain = to;
        stage = Stage.GREETED;
        fault.ifPresent(this::end);
    }

    private Optional<StreamError> fault(Element header, String to) {
        if (stage != Stage.OPENING) {
            return Optional.of(StreamErrors.streamInStream());
        }
        if (!header.is("stream", Ns.STREAMS) || !header.attribute("xmlns", "").equals(NS)) {
            return Optional.of(StreamError.of(
                    Condition.INVALID_NAMESPACE,
                    "content namespace '%s', '%s' is allowed (XEP-0114 section 3)",
                    header.attribute("xmlns", ""),
                    NS));
        }
        return context.components().secret(to).isPresent()
                ? Optional.empty()
                : Optional.of(StreamError.of(
                        Condition.HOST_UNKNOWN,
                        "no component may serve '%s' (XEP-0114 section 3)",
                        header.attribute("to", "")));
    }

    private void greet(String from) {
        if (stage == Stage.OPENING) {
            outbox.offer(
                    XmlWriter.inStream(HEADER.with("from", from).with("id", id)).open());
        }
    }

    private void child(Element child) {
        if (stage == Stage.ACCEPTED) {
            stanza(child);
        } else if (stage == Stage.GREETED && child.is("handshake", NS)) {
            handshake(child.text().strip());
        } else {
            end(StreamError.of(
                    Condition.NOT_AUTHORIZED, "'%s' before the handshake (XEP-0114 section 3)", child.name()));
        }
    }

    private void handshake(String proof) {
        boolean right = context.components()
                .secret(domain)
                .filter(secret -> Handshake.of(id, secret).matches(proof))
                .isPresent();
        context.streams().metrics().authentication("component", right ? "success" : "failure");
        if (!right) {
            end(StreamError.of(
                    Condition.NOT_AUTHORIZED, "the handshake proves no secret of ours (XEP-0114 section 3)"));
        } else if (context.components().add(domain, handler)) {
            accept();
        } else {
            end(StreamError.of(Condition.CONFLICT, "'%s' is served already (XEP-0114 section 3)", domain));
        }
    }

    private void accept() {
        LOG.debug("event=component-accepted domain={} address={}", domain, wire.address());
        stage = Stage.ACCEPTED;
        deadline.cancel();
        parser.limits(context.streams().limits(true));
        outbox.offer(WRITER.write(Element.of("handshake", NS)));
    }

    // ---- stanzas

    private void stanza(Element sent) {
        context.streams().metrics().stanza(Direction.IN, sent);
        Optional<Jid> from = sent.attribute("from")
                .flatMap(Jid::parse)
                .filter(jid -> jid.domain().equals(domain));
        if (from.isEmpty()) {
            end(StreamError.of(
                    Condition.INVALID_FROM,
                    "from '%s', an address at '%s' is allowed (XEP-0114 section 3)",
                    StreamErrors.shortened(sent.attribute("from", "")),
                    domain));
        } else if (sent.attribute("to").isEmpty()) {
            end(StreamError.of(Condition.IMPROPER_ADDRESSING, "a stanza without 'to' (XEP-0114 section 3)"));
        } else {
            take(Stanzas.read(INWARD.of(sent), from.get()));
        }
    }

    private void take(Stanzas.Reading reading) {
        if (reading instanceof Stanzas.Reading.Accepted accepted) {
            await(context.router().route(accepted.stanza()));
        } else if (reading instanceof Stanzas.Reading.Refused refused) {
            refused.answer().ifPresent(this::deliver);
        } else if (reading instanceof Stanzas.Reading.NoStanza none) {
            end(none.error());
        }
    }

    /** What it sends is dealt with in its order (RFC 6120 section 10.1). */
    private void await(CompletionStage<Void> routed) {
        var done = routed.toCompletableFuture();
        if (done.isDone()) {
            return;
        }
        pending = true;
        context.streams().activity().begin();
        wire.reading(false);
        done.whenComplete((nothing, bug) -> wire.execute(this::resume));
    }

    private void resume() {
        pending = false;
        if (isOpen()) {
            wire.reading(true);
            pump();
        }
        context.streams().activity().end();
    }

    /** Writes a stanza behind all that was delivered before; who sends to one that is leaving hears of it. Thread-safe. */
    private CompletionStage<Void> deliver(Stanza stanza) {
        if (!outbox.offer(WRITER.write(OUTWARD.of(stanza.element())))) {
            return context.router()
                    .refuse(stanza, StanzaError.of(RECIPIENT_UNAVAILABLE, "the component '%s' has left", domain));
        }
        context.streams().metrics().stanza(Direction.OUT, stanza.element());
        return CompletableFuture.completedFuture(null);
    }

    private void cut() {
        if (isOpen()) {
            LOG.warn("event=queue-full component={} lost={}", domain, outbox.size());
            context.streams().metrics().limitHit("queue");
            context.streams().metrics().lost(outbox.size());
            over();
            wire.abort();
        }
    }

    // ---- the end

    private boolean isOpen() {
        return stage != Stage.CLOSED;
    }

    private void expire() {
        if (isOpen() && stage != Stage.ACCEPTED) {
            context.streams().metrics().limitHit("login-time");
            end(StreamError.of(Condition.CONNECTION_TIMEOUT, "no handshake in time"));
        }
    }

    /** Ends the stream with an error. Thread-safe. */
    public void close(StreamError error) {
        if (wire.inEventLoop()) {
            end(error);
        } else {
            wire.execute(() -> end(error));
        }
    }

    private void end(StreamError error) {
        if (isOpen()) {
            greet(context.streams().config().domains().get(0));
            outbox.offer(WRITER.write(error.toElement()));
            finish();
        }
    }

    private void finish() {
        outbox.end(WRITER.close());
        over();
        wire.finish();
    }

    private void over() {
        stage = Stage.CLOSED;
        deadline.cancel();
        outbox.close();
        context.components().remove(domain, handler);
    }

    @Override
    public void disconnected() {
        context.streams().metrics().disconnected(wire.transport());
        context.open().remove(this);
        if (isOpen()) {
            over();
        }
    }
}
