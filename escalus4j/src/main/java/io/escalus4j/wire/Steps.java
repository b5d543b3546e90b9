package io.escalus4j.wire;

import io.escalus4j.exml.Element;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.List;

/**
 * The steps of RFC 6120; a list of them, or of any part of them with steps of your own between, makes a connection.
 *
 * <pre>{@code
 * settings.withSteps(Steps.openStream(), Steps.startTls())   // stops before authentication
 * }</pre>
 */
public final class Steps {
    /** Stream, TLS, authentication, resource, and the session of RFC 3921 where a server still wants one. */
    public static final List<ConnectionStep> STANDARD =
            List.of(openStream(), startTls(), authenticate(), bind(), session());

    private Steps() {}

    record Named(String name, ConnectionStep.Body body) implements ConnectionStep {
        @Override
        public Features run(Connection connection, Features features) throws Exception {
            return body.run(connection, features);
        }
    }

    /** Opens the stream (section 4); over direct TLS it encrypts first (XEP-0368). */
    public static ConnectionStep openStream() {
        return ConnectionStep.of("open stream", (connection, features) -> {
            if (connection.settings().tls() == Tls.DIRECT && !connection.wire().isSecure()) {
                connection.secure();
            }
            return connection.openStream();
        });
    }

    /** Encrypts as {@link ConnectionSettings#tls()} says (section 5); not over HTTP (RFC 7395 section 3.9, XEP-0206 section 6). */
    public static ConnectionStep startTls() {
        return ConnectionStep.of("starttls", Steps::startTls);
    }

    private static Features startTls(Connection connection, Features features) throws IOException {
        Tls policy = connection.settings().tls();
        if (policy == Tls.OFF && connection.settings().transport().isOverHttp()) {
            return features;
        }
        if (policy == Tls.OFF && features.requiresStartTls()) {
            throw new IOException("the server requires starttls, we have tls OFF (RFC 6120 section 5.3.1)");
        }
        if (policy == Tls.REQUIRED && !features.offersStartTls()) {
            throw new IOException("the server does not offer starttls, we have tls REQUIRED (RFC 6120 section 5.3.1)");
        }
        boolean wanted = policy == Tls.REQUIRED || policy == Tls.OPTIONAL && features.offersStartTls();
        return wanted ? encrypted(connection) : features;
    }

    private static Features encrypted(Connection connection) throws IOException {
        connection.send(Element.of("starttls", Ns.TLS));
        connection.receive("<proceed/> (RFC 6120 section 5.4.2.3)", element -> element.is("proceed", Ns.TLS));
        connection.secure();
        return connection.openStream();
    }

    /**
     * Compresses the stream with zlib (XEP-0138); to be put behind {@link #authenticate} or {@link #startTls}.
     *
     * <p>What an attacker can put next to a secret tells that secret by its size: for streams whose servers want it.
     */
    public static ConnectionStep compress() {
        return ConnectionStep.of("compress", (connection, features) -> {
            if (!features.offersCompression("zlib")) {
                throw new IOException("the server does not offer compression with zlib (XEP-0138 section 3)");
            }
            connection.send(
                    Element.of("compress", Features.COMPRESS).with(Element.text("method", Features.COMPRESS, "zlib")));
            Element answer = connection.receive("an answer to <compress/> (XEP-0138 section 3)");
            if (!answer.is("compressed", Features.COMPRESS)) {
                throw new IOException("the server refused compression: %s"
                        .formatted(Errors.condition(answer, Features.COMPRESS).orElse(answer.name())));
            }
            connection.wire().compress();
            connection.log("zlib");
            return connection.openStream();
        });
    }

    /**
     * Says before anything else where the connection comes from, as a proxy of HAProxy's kind does.
     *
     * <pre>{@code
     * settings.withSteps(Steps.proxyHeader(new InetSocketAddress("192.0.2.7", 50000)), Steps.openStream())
     * }</pre>
     *
     * <p>Version 1 of the PROXY protocol; on TCP only, since other wires speak before the first step. What is sent
     * otherwise than this is sent by {@link #raw}.
     */
    public static ConnectionStep proxyHeader(InetSocketAddress from) {
        return ConnectionStep.of("proxy header", (connection, features) -> {
            connection
                    .wire()
                    .sendRaw(ProxyHeader.text(from, connection.settings().address()));
            return features;
        });
    }

    /** Sends these bytes just as they are, wherever among the steps. */
    public static ConnectionStep raw(String name, byte[] bytes) {
        return ConnectionStep.of(name, (connection, features) -> {
            connection.wire().sendRaw(bytes);
            return features;
        });
    }

    /** Proves who we are with the best mechanism that both sides know (section 6). */
    public static ConnectionStep authenticate() {
        return ConnectionStep.of("authenticate", Steps::authenticate);
    }

    private static Features authenticate(Connection connection, Features features) throws IOException {
        connection.offered(SaslOffer.of(features));
        SaslMechanism mechanism = connection.settings().mechanisms().choose(connection);
        SaslExchange exchange = mechanism.begin(connection);
        connection.send(exchange.initialResponse()
                .map(first -> Element.text("auth", Ns.SASL, encoded(first)))
                .orElseGet(() -> Element.of("auth", Ns.SASL))
                .with("mechanism", mechanism.name()));
        Element answer = connection.receive("an answer to <auth/>");
        while (answer.is("challenge", Ns.SASL)) {
            byte[] response = exchange.respond(decoded(answer));
            connection.send(Element.text("response", Ns.SASL, encoded(response)));
            answer = connection.receive("an answer to <response/>");
        }
        if (!answer.is("success", Ns.SASL)) {
            throw RefusedException.authentication(mechanism.name(), answer);
        }
        exchange.finish(decoded(answer));
        connection.log(mechanism.name());
        return connection.openStream();
    }

    /** A single equals sign stands for no bytes (section 6.4.2). */
    private static String encoded(byte[] bytes) {
        return bytes.length == 0 ? "=" : wrapped(bytes);
    }

    static String wrapped(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] decoded(Element element) {
        return element.text().strip().equals("=") ? new byte[0] : unwrapped(element);
    }

    static byte[] unwrapped(Element element) {
        try {
            return Base64.getDecoder().decode(element.text().strip());
        } catch (IllegalArgumentException e) {
            throw new SaslViolation("<%s/> is not Base64 (RFC 6120 section 6.4)".formatted(element.name()));
        }
    }

    /** Binds the resource that the settings ask for, or one that the server chooses (section 7). */
    public static ConnectionStep bind() {
        return ConnectionStep.of("bind", Steps::bind);
    }

    private static Features bind(Connection connection, Features features) throws IOException {
        if (!features.offersBind()) {
            throw new IOException("the server does not offer bind (RFC 6120 section 7.4)");
        }
        Element bind = Element.of("bind", Ns.BIND);
        String resource = connection.settings().resource();
        Element request =
                resource.isEmpty() ? bind : bind.with(Element.of("resource").withText(resource));
        Element answer = connection.ask("bind", "set", request);
        String jid = answer.child("bind", Ns.BIND)
                .flatMap(bound -> bound.childText("jid"))
                .orElseThrow(() -> new IOException("the answer to bind has no <jid/> (RFC 6120 section 7.6.1)"));
        connection.bound(jid);
        return features;
    }

    /** Starts a session if the server says that it needs one (RFC 3921 section 3). */
    public static ConnectionStep session() {
        return ConnectionStep.of("session", (connection, features) -> {
            if (features.requiresSession()) {
                connection.ask("session", "set", Element.of("session", Ns.SESSION));
            }
            return features;
        });
    }

    /** Enables carbons (XEP-0280 section 4); to be put behind {@link #bind}. */
    public static ConnectionStep carbons() {
        return ConnectionStep.of("carbons", (connection, features) -> {
            connection.ask("carbons", "set", Element.of("enable", "urn:xmpp:carbons:2"));
            return features;
        });
    }

    /**
     * Has the stream managed (XEP-0198 section 3); to be put behind {@link #bind}.
     *
     * @param resume whether it shall be possible to resume it
     */
    public static ConnectionStep streamManagement(boolean resume) {
        return ManagementSteps.enable(resume);
    }

    /**
     * Resumes a session instead of {@link #bind binding} a resource (XEP-0198 section 5), and sends again what the server
     * has not got.
     *
     * @param former of the stream before
     * @param h how many stanzas we say that we have got, {@code former.h()} if we are honest
     */
    public static ConnectionStep resume(StreamManagement former, long h) {
        return ManagementSteps.resume(former, h);
    }
}
