package io.escalus4j.wire;

import io.escalus4j.exml.Element;
import io.escalus4j.exml.XmlLimits;
import io.escalus4j.exml.XmlWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.SocketFactory;

/**
 * How to connect whom to which server. Immutable; every {@code with} returns a copy.
 *
 * <pre>{@code
 * ConnectionSettings.to("localhost", address)
 *     .withCredentials("alice", password).withResource("res1")
 *     .withTls(Tls.REQUIRED).withTrust(Trust.certificate(Path.of("ca.pem")))
 *     .withMechanism("SCRAM-SHA-256");
 * }</pre>
 */
public final class ConnectionSettings {
    private static final Element SERVER_HEADER =
            Element.parse("<stream:stream xmlns='%s' xmlns:stream='%s' xmlns:db='%s'/>"
                    .formatted(Ns.SERVER, Ns.STREAMS, Dialback.NS));

    private final String domain;
    private InetSocketAddress address;
    private Credentials credentials = Credentials.NONE;
    private String authorization = "";
    private String resource = "";
    private Transport transport = Transport.STARTTLS;
    private String path = "";
    private Tls tls = Tls.REQUIRED;
    private Trust trust = Trust.system();
    private Mechanisms mechanisms = Mechanisms.STRONGEST_FIRST;
    private Optional<ChannelBinding> channelBinding = Optional.empty();
    private Iterations iterations = Iterations.ANY;
    private XmlLimits limits = XmlLimits.STANDARD;
    private Duration timeout = Duration.ofSeconds(30);
    private Duration keepAlive = Deadline.FOREVER;
    private SocketFactory sockets = SocketFactory.getDefault();
    private Optional<Link> link = Optional.empty();
    private String content = Ns.CLIENT;
    private String origin = "";
    private List<ConnectionStep> steps = Steps.STANDARD;

    private ConnectionSettings(String domain, InetSocketAddress address) {
        this.domain = domain;
        this.address = address;
    }

    /**
     * STARTTLS is required, the JVM's authorities are trusted, the strongest mechanism is chosen, each step has 5 seconds.
     *
     * @param domain the XMPP domain: the stream's {@code to}, and whom the certificate must name
     */
    public static ConnectionSettings to(String domain, InetSocketAddress address) {
        return new ConnectionSettings(domain, address);
    }

    /** Only a copy that nobody has seen yet is ever changed. */
    private ConnectionSettings copy(Consumer<ConnectionSettings> change) {
        var copy = new ConnectionSettings(domain, address);
        copy.credentials = credentials;
        copy.authorization = authorization;
        copy.resource = resource;
        copy.transport = transport;
        copy.path = path;
        copy.tls = tls;
        copy.trust = trust;
        copy.mechanisms = mechanisms;
        copy.channelBinding = channelBinding;
        copy.iterations = iterations;
        copy.limits = limits;
        copy.timeout = timeout;
        copy.keepAlive = keepAlive;
        copy.sockets = sockets;
        copy.link = link;
        copy.content = content;
        copy.origin = origin;
        copy.steps = steps;
        change.accept(copy);
        return copy;
    }

    public String domain() {
        return domain;
    }

    public InetSocketAddress address() {
        return address;
    }

    public ConnectionSettings withAddress(InetSocketAddress address) {
        return copy(copy -> copy.address = address);
    }

    public Credentials credentials() {
        return credentials;
    }

    public ConnectionSettings withCredentials(String username, String password) {
        return copy(copy -> copy.credentials = new Credentials(username, password));
    }

    public ConnectionSettings withPassword(String password) {
        return withCredentials(credentials.username(), password);
    }

    /** Whom to act for, a bare JID; empty for oneself (RFC 6120 section 6.3.8). */
    public String authorization() {
        return authorization;
    }

    public ConnectionSettings withAuthorization(String bareJid) {
        return copy(copy -> copy.authorization = bareJid);
    }

    /** What to bind; empty lets the server choose (RFC 6120 section 7). */
    public String resource() {
        return resource;
    }

    public ConnectionSettings withResource(String resource) {
        return copy(copy -> copy.resource = resource);
    }

    /** What carries the stream; how it is encrypted is up to {@link #tls()}. */
    public Transport transport() {
        return transport;
    }

    /** Goes another way, encrypted as that is; the address must be the one where it is spoken. */
    public ConnectionSettings withTransport(Transport transport) {
        return copy(copy -> {
            copy.transport = transport;
            copy.tls = transport.tls();
        });
    }

    /** Where on a web server, for example {@code /xmpp-websocket}. */
    public String path() {
        return path.isEmpty() ? transport.path() : path;
    }

    public ConnectionSettings withPath(String path) {
        return copy(copy -> copy.path = path);
    }

    /** What HTTP is told whom it talks to. */
    String hostHeader() {
        return domain + ':' + address.getPort();
    }

    public Tls tls() {
        return tls;
    }

    public ConnectionSettings withTls(Tls tls) {
        return copy(copy -> copy.tls = tls);
    }

    public Trust trust() {
        return trust;
    }

    public ConnectionSettings withTrust(Trust trust) {
        return copy(copy -> copy.trust = trust);
    }

    /** Shows this certificate to a server that asks for one, so that SASL EXTERNAL can be used (XEP-0178). */
    public ConnectionSettings withClientCertificate(ClientCertificate certificate) {
        return withTrust(trust.with(certificate));
    }

    /** The SASL mechanisms that may be used, best first. */
    public Mechanisms mechanisms() {
        return mechanisms;
    }

    public ConnectionSettings withMechanisms(Mechanisms mechanisms) {
        return copy(copy -> copy.mechanisms = mechanisms);
    }

    /** Pins one mechanism, for example {@code SCRAM-SHA-1}. */
    public ConnectionSettings withMechanism(String name) {
        return withMechanisms(Mechanisms.only(name));
    }

    /** The only channel binding that may be used; empty for the strongest. */
    public Optional<ChannelBinding> channelBinding() {
        return channelBinding;
    }

    public ConnectionSettings withChannelBinding(ChannelBinding only) {
        return copy(copy -> copy.channelBinding = Optional.of(only));
    }

    /** How much work a server may demand of a SCRAM password. */
    public Iterations iterations() {
        return iterations;
    }

    public ConnectionSettings withIterations(Iterations iterations) {
        return copy(copy -> copy.iterations = iterations);
    }

    public XmlLimits limits() {
        return limits;
    }

    public ConnectionSettings withLimits(XmlLimits limits) {
        return copy(copy -> copy.limits = limits);
    }

    /** For each step. */
    public Duration timeout() {
        return timeout;
    }

    public ConnectionSettings withTimeout(Duration timeout) {
        return copy(copy -> copy.timeout = timeout);
    }

    /** How long nothing may come until the wire is kept alive; {@link Deadline#FOREVER} for never. */
    public Duration keepAlive() {
        return keepAlive;
    }

    /** White space on TCP (RFC 6120 section 4.6.1), pings on WebSocket. */
    public ConnectionSettings withKeepAlive(Duration interval) {
        return copy(copy -> copy.keepAlive = interval);
    }

    /** Connects from this address of the machine, on any port. */
    public ConnectionSettings withLocalAddress(InetAddress from) {
        return withSockets(new SourceAddress(from, sockets));
    }

    /** Makes the TCP sockets: the place for source addresses; a link has no faults of bytes on such sockets. */
    public SocketFactory sockets() {
        return sockets;
    }

    public ConnectionSettings withSockets(SocketFactory sockets) {
        return copy(copy -> copy.sockets = sockets);
    }

    /** What is between the client and the server, where faults are made; for one connection. */
    public Optional<Link> link() {
        return link;
    }

    public ConnectionSettings withLink(Link link) {
        return copy(copy -> copy.link = Optional.of(link));
    }

    /** The namespace of the stanzas on the wire. */
    String content() {
        return content;
    }

    /** The stream of a component (XEP-0114): the domain is its own, and who knows the secret may serve it. In the clear. */
    public ConnectionSettings asComponent(String secret) {
        return copy(copy -> {
            copy.content = ComponentSteps.NS;
            copy.tls = Tls.OFF;
            copy.steps = List.of(ComponentSteps.handshake(secret));
        });
    }

    /**
     * The stream of another server (RFC 6120 section 4.7), encrypted if both sides can.
     *
     * @param origin whose domain it serves; each of its stanzas must name one of its addresses as {@code from}
     * @param proof {@link Dialback#prove()}, or {@link Steps#authenticate()} with a certificate (SASL EXTERNAL)
     */
    public ConnectionSettings asServer(String origin, ConnectionStep proof) {
        return copy(copy -> {
            copy.content = Ns.SERVER;
            copy.origin = origin;
            copy.authorization = origin;
            copy.tls = Tls.OPTIONAL;
            copy.steps = List.of(Steps.openStream(), Steps.startTls(), proof);
        });
    }

    boolean isServer() {
        return content.equals(Ns.SERVER);
    }

    /** The domain of the server that connects, where it is one; empty for clients and components. */
    public String origin() {
        return origin;
    }

    /** A stream's header without its addresses; servers say that they know dialback (XEP-0220 section 2.1.1). */
    Element header() {
        return isServer() ? SERVER_HEADER : XmlWriter.streamHeader("stream", "stream", Ns.STREAMS, content);
    }

    /** From the open socket on. */
    public List<ConnectionStep> steps() {
        return steps;
    }

    public ConnectionSettings withSteps(List<ConnectionStep> steps) {
        return copy(copy -> copy.steps = List.copyOf(steps));
    }

    public ConnectionSettings withSteps(ConnectionStep... steps) {
        return withSteps(List.of(steps));
    }

    /** The bare JID that these are the settings of, the domain if they have no user. */
    public String who() {
        return isServer() ? origin : credentials.username().isEmpty() ? domain : credentials.username() + '@' + domain;
    }

    /** For example {@code alice@localhost at 127.0.0.1:5222}; without the password. */
    @Override
    public String toString() {
        return "%s at %s:%d".formatted(who(), address.getHostString(), address.getPort());
    }
}
