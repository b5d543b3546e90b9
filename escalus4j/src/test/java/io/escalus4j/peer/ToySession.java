package io.escalus4j.peer;

import io.escalus4j.exml.Element;
import io.escalus4j.exml.StreamEvent;
import io.escalus4j.exml.StreamParser;
import io.escalus4j.exml.XmlLimits;
import io.escalus4j.exml.XmlWriter;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** One connection to the toy server. Reading is confined to its thread; sending is thread-safe. */
public final class ToySession {
    private static final String SASL = "urn:ietf:params:xml:ns:xmpp-sasl";
    private static final String BIND = "urn:ietf:params:xml:ns:xmpp-bind";
    private static final String REGISTER = "jabber:iq:register";
    private final ToyServer server;
    private final Socket socket;
    private final StreamParser parser = StreamParser.ofStream(XmlLimits.STANDARD);
    private final XmlWriter writer = XmlWriter.inStream(
            XmlWriter.streamHeader("stream", "stream", "http://etherx.jabber.org/streams", ToyServer.CLIENT));
    private volatile String local = "";
    private volatile String resource = "";
    private volatile boolean available;

    ToySession(ToyServer server, Socket socket) {
        this.server = server;
        this.socket = socket;
    }

    public String bare() {
        return local + "@localhost";
    }

    public String jid() {
        return bare() + '/' + resource;
    }

    boolean isAvailable() {
        return available;
    }

    void available(boolean now) {
        available = now;
    }

    void run() {
        try {
            var buffer = new byte[8192];
            for (int length = 0; length >= 0; length = socket.getInputStream().read(buffer)) {
                parser.feed(buffer, 0, length);
                for (Optional<StreamEvent> event = parser.next(); event.isPresent(); event = parser.next()) {
                    on(event.get());
                }
            }
        } catch (IOException | RuntimeException gone) {
            // the client has left
        } finally {
            server.gone(this);
            drop();
        }
    }

    private void on(StreamEvent event) {
        if (event instanceof StreamEvent.Start) {
            raw(new String(writer.open(), StandardCharsets.UTF_8));
            send(features());
        } else if (event instanceof StreamEvent.End) {
            raw("</stream:stream>");
            drop();
        } else if (event instanceof StreamEvent.Whole whole) {
            on(whole.element());
        }
    }

    private Element features() {
        Element features = Element.of("stream", "features", "http://etherx.jabber.org/streams");
        return local.isEmpty()
                ? features.with(Element.of("mechanisms", SASL)
                        .with(Element.of("mechanism").withText("PLAIN")))
                : features.with(Element.of("bind", BIND));
    }

    private void on(Element element) {
        if (element.is("auth", SASL)) {
            authenticate(element);
        } else if (element.has("query", REGISTER)) {
            register(element, element.child("query", REGISTER).orElseThrow());
        } else if (element.has("bind", BIND)) {
            resource = element.child("bind", BIND)
                    .orElseThrow()
                    .childText("resource")
                    .orElse("any");
            send(ToyServer.answer(element, "result")
                    .with(Element.of("bind", BIND).with(Element.of("jid").withText(jid()))));
        } else {
            server.handle(this, element);
        }
    }

    private void authenticate(Element auth) {
        String[] told = new String(Base64.getDecoder().decode(auth.text()), StandardCharsets.UTF_8).split("\0");
        if (server.knows(told[1], told[2])) {
            local = told[1];
            send(Element.of("success", SASL));
            parser.reset();
        } else {
            send(Element.of("failure", SASL).with(Element.of("not-authorized")));
        }
    }

    private void register(Element iq, Element query) {
        String name = query.childText("username").orElse("");
        if (query.has("remove", REGISTER)) {
            server.remove(local);
            send(ToyServer.answer(iq, "result"));
        } else if (name.isEmpty()) {
            Element form = Element.of("query", REGISTER)
                    .with(
                            Element.of("instructions").withText("please"),
                            Element.of("username"),
                            Element.of("password"),
                            Element.of("email"));
            send(ToyServer.answer(iq, "result").with(form));
        } else if (query.childText("email").filter(email -> email.contains("@")).isPresent()
                && server.register(name, query.childText("password").orElse(""))) {
            send(ToyServer.answer(iq, "result"));
        } else {
            send(ToyServer.answer(iq, "error").with(ToyServer.error("conflict")));
        }
    }

    public void send(Element element) {
        raw(new String(writer.write(element), StandardCharsets.UTF_8));
    }

    public synchronized void raw(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException gone) {
            drop();
        }
    }

    public void drop() {
        try {
            socket.close();
        } catch (IOException ignored) {
            // closed
        }
    }
}
